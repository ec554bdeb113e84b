//! What a policy promises, read off its draft in the plainest way: by splitting and comparing text.
//!
//! This is the specification that both engines are held against. It shares no code with them.

use corsac::{AllowOrigins, PolicyDraft};

/// What a page asks for.
#[derive(Clone, Debug)]
pub(crate) struct Ask<'a> {
    /// The page's origin, serialised.
    pub(crate) origin: &'a str,
    /// The method as browsers send it.
    pub(crate) method: &'a str,
    /// The names of the headers that are not safelisted.
    pub(crate) unsafe_header_names: Vec<&'a str>,
    /// Whether the credentials mode is `include`.
    pub(crate) include_credentials: bool,
}

/// Whether the policy promises that the page may read the answer.
pub(crate) fn promises(draft: &PolicyDraft, ask: &Ask<'_>) -> bool {
    allows_origin(draft, ask.origin)
        && allows_method(draft, ask.method)
        && ask
            .unsafe_header_names
            .iter()
            .all(|name| allows_header(draft, name))
        && (draft.allow_credentials || !ask.include_credentials)
}

/// Whether pages of this origin may read anything at all.
pub(crate) fn allows_origin(draft: &PolicyDraft, origin: &str) -> bool {
    match &draft.allow_origins {
        AllowOrigins::Any => true,
        AllowOrigins::List(_) if origin == "null" => draft.dangerously_allow_null_origin.is_some(),
        AllowOrigins::List(entries) => entries.iter().any(|entry| matches(&entry.pattern, origin)),
    }
}

/// Whether some entry that stands for the origin lets its pages reach a private network, and whether all do.
pub(crate) fn private_network(draft: &PolicyDraft, origin: &str) -> (bool, bool) {
    let AllowOrigins::List(entries) = &draft.allow_origins else {
        return (false, false);
    };
    let switches: Vec<bool> = entries
        .iter()
        .filter(|entry| matches(&entry.pattern, origin))
        .map(|entry| entry.allow_private_network)
        .collect();
    (
        switches.contains(&true),
        !switches.is_empty() && !switches.contains(&false),
    )
}

/// Whether a pattern stands for an origin.
pub(crate) fn matches(pattern: &str, origin: &str) -> bool {
    if !pattern.contains(['*', '{']) {
        return pattern == origin;
    }
    let (Some((scheme, host, port)), Some((other_scheme, other_host, other_port))) =
        (split(pattern), split(origin))
    else {
        return false;
    };
    let is_number = |port: &str| port.parse::<u16>().is_ok_and(|number| number.to_string() == port);
    let default = if scheme == "https" { "443" } else { "80" };
    let port_matches = match port {
        _ if origin.ends_with(':') => false,
        "*" => other_port.is_empty() || (is_number(other_port) && other_port != default),
        _ => port == other_port,
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
    };
    let labels_before = |domain: &str| -> Option<Vec<&str>> {
        let labels: Vec<&str> = other_host
            .strip_suffix(domain)?
            .strip_suffix('.')?
            .split('.')
            .collect();
        (labels.iter().all(|label| is_label(label)) && other_host.len() <= 254).then_some(labels)
    };
    let host_matches = if let Some(domain) = host.strip_prefix("*.") {
        labels_before(domain).is_some()
    } else if let Some(domain) = host.strip_prefix("{label}.") {
        labels_before(domain).is_some_and(|labels| labels.len() == 1)
    } else {
        host == other_host
    };
    scheme == other_scheme && host_matches && port_matches
}

/// Scheme, host and port (empty: none).
fn split(origin: &str) -> Option<(&str, &str, &str)> {
    let (scheme, authority) = origin.split_once("://")?;
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (authority, ""),
    };
    Some((scheme, host, port))
}

/// The draft that a policy gives back: the same, its methods as browsers send them.
pub(crate) fn with_normalized_methods(draft: PolicyDraft) -> PolicyDraft {
    PolicyDraft {
        allow_methods: draft
            .allow_methods
            .iter()
            .map(|method| normalized(method))
            .collect(),
        ..draft
    }
}

fn normalized(method: &str) -> String {
    match method.to_ascii_uppercase().as_str() {
        known @ ("DELETE" | "GET" | "HEAD" | "OPTIONS" | "POST" | "PUT") => known.to_owned(),
        _ => method.to_owned(),
    }
}

fn allows_method(draft: &PolicyDraft, method: &str) -> bool {
    let is_forbidden = ["CONNECT", "TRACE", "TRACK"].contains(&method.to_ascii_uppercase().as_str());
    ["GET", "HEAD", "POST"].contains(&method)
        || draft
            .allow_methods
            .iter()
            .any(|listed| (listed == "*" && !is_forbidden) || normalized(listed) == method)
}

fn allows_header(draft: &PolicyDraft, name: &str) -> bool {
    let is_authorization = name.eq_ignore_ascii_case("authorization");
    let covers = |listed: &String| listed.eq_ignore_ascii_case(name) || (listed == "*" && !is_authorization);
    draft.allow_headers.iter().any(covers)
}
