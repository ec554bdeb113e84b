//! Host patterns as a policy lists them: `api.example.com`, `*.example.com` (one or more labels),
//! `{label}.example.com` (exactly one).

use alloc::string::{String, ToString};

use url::Host;

use crate::policy_error_reason::PolicyErrorReason as Reason;

/// A pattern, parsed: the domain or address, and what may stand before it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct HostPattern {
    pub(crate) extent: HostExtent,
    /// As URLs write it, without a final dot.
    pub(crate) host: String,
}

/// Which hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum HostExtent {
    /// The host itself.
    Exact,
    /// One label before it.
    OneLabel,
    /// One or more labels before it.
    Subdomains,
}

impl HostPattern {
    /// Parse a pattern as written.
    pub(crate) fn parse(text: &str) -> Result<Self, Reason> {
        if text.is_empty() {
            return Err(Reason::HostEmpty);
        }
        let (extent, host) = match (text.strip_prefix("*."), text.strip_prefix("{label}.")) {
            (Some(domain), _) => (HostExtent::Subdomains, domain),
            (_, Some(domain)) => (HostExtent::OneLabel, domain),
            _ => (HostExtent::Exact, text),
        };
        if host.contains(['*', '{', '}']) {
            return Err(Reason::HostWildcardMisplaced);
        }
        let is_bracketed = host.starts_with('[') && host.ends_with(']');
        if host.contains(['/', '\\', '@', '?', '#']) || (host.contains(':') && !is_bracketed) {
            return Err(Reason::HostNotAlone);
        }
        let parsed = Host::parse(host).map_err(|_| Reason::HostInvalid)?;
        if extent != HostExtent::Exact && !matches!(parsed, Host::Domain(_)) {
            return Err(Reason::HostWildcardOverAddress);
        }
        let serialized = parsed.to_string();
        let serialized = serialized.strip_suffix('.').unwrap_or(&serialized);
        if serialized != host {
            return Err(Reason::HostNotSerialized);
        }
        Ok(Self {
            extent,
            host: host.into(),
        })
    }
}

/// The pattern as it should have been written, when the host in it leaves no doubt.
pub(crate) fn suggestion(text: &str) -> Option<String> {
    let text = text.trim();
    let (prefix, host) = ["*.", "{label}."]
        .into_iter()
        .find_map(|prefix| Some((prefix, text.strip_prefix(prefix)?)))
        .unwrap_or(("", text));
    let after_scheme = host.split_once("://").map_or(host, |(_, rest)| rest);
    let authority = after_scheme.split(['/', '?', '#']).next()?;
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let serialized = Host::parse(host).ok()?.to_string();
    let host = serialized.strip_suffix('.').unwrap_or(&serialized);
    let suggestion = alloc::format!("{prefix}{host}");
    (suggestion != text && HostPattern::parse(&suggestion).is_ok()).then_some(suggestion)
}
