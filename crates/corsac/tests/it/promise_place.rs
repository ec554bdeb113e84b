//! Which policy covers a host and a path, read off the drafts in the plainest way: by listing every
//! pattern that covers them and taking the most specific.
//!
//! Part of the specification that the engine is held against. It shares no code with it.

use corsac::PolicyDraft;

/// Where a request goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    /// Host and port, if the request names one of each.
    pub(crate) authority: Option<&'a str>,
    /// The path as written, its query too.
    pub(crate) path: &'a str,
}

/// The draft that covers this place. `None`: none does, or servers read the place in different ways.
pub(crate) fn covering<'d>(drafts: &'d [PolicyDraft], place: Place<'_>) -> Option<&'d PolicyDraft> {
    let goes_by_host = drafts.iter().any(|draft| !draft.hosts.is_empty());
    let host = match goes_by_host {
        true => Some(host_of(place.authority?)?),
        false => None,
    };
    let [strict, lenient] = readings(place.path).map(|path| {
        let cover = |draft: &&PolicyDraft| rank(draft, host.as_deref(), path.as_deref()?);
        drafts
            .iter()
            .filter(|draft| cover(draft).is_some())
            .max_by_key(cover)
    });
    strict.filter(|strict| lenient == Some(strict))
}

/// Whether every server takes this path for one of these patterns.
fn is_one_of(patterns: &[String], path: &str) -> bool {
    readings(path).iter().all(|path| {
        path.as_ref()
            .is_some_and(|path| patterns.iter().any(|pattern| path_rank(pattern, path).is_some()))
    })
}

/// Whether the guard leaves this path alone: it is one of these patterns to every server, and leaves
/// nothing to clean to any, neither dot segments nor empty ones before the last.
pub(crate) fn is_exempt(patterns: &[String], path: &str) -> bool {
    let written = without_parameters(path);
    let names: Vec<Vec<u8>> = written.split('/').skip(1).map(decode).collect();
    let is_clean = names.iter().enumerate().all(|(position, name)| {
        let is_last = position + 1 == names.len();
        name != b"." && name != b".." && (is_last || !name.is_empty())
    });
    is_clean && is_one_of(patterns, path)
}

/// How specific the draft's best pattern for this place is: its host first, then its path.
fn rank(draft: &PolicyDraft, host: Option<&str>, path: &[Vec<u8>]) -> Option<(Rank, Rank)> {
    let of_host = match (draft.hosts.is_empty(), host) {
        (true, _) => (0, 0),
        (false, host) => draft
            .hosts
            .iter()
            .filter_map(|pattern| host_rank(pattern, host?))
            .max()?,
    };
    let of_path = draft
        .paths
        .iter()
        .filter_map(|pattern| path_rank(pattern, path))
        .max()?;
    Some((of_host, of_path))
}

/// Kind of pattern, then its length.
type Rank = (usize, usize);

fn host_rank(pattern: &str, host: &str) -> Option<Rank> {
    let below = |domain: &str| {
        host.strip_suffix(domain)?
            .strip_suffix('.')
            .filter(|labels| !labels.is_empty())
    };
    if let Some(domain) = pattern.strip_prefix("*.") {
        return below(domain).map(|_| (1, domain.len()));
    }
    if let Some(domain) = pattern.strip_prefix("{label}.") {
        return below(domain).filter(|label| !label.contains('.')).map(|_| (2, 0));
    }
    (pattern == host).then_some((3, 0))
}

/// A host in lower case, without port and final dot. `None`: it is none.
fn host_of(authority: &str) -> Option<String> {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (authority, ""),
    };
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    let is_name = host.split('.').all(|label| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    });
    let is_address = host.starts_with('[')
        && host.ends_with(']')
        && host.len() > 2
        && !host[1..host.len() - 1].contains(|c: char| !c.is_ascii_hexdigit() && c != ':' && c != '.');
    (port.chars().all(|c| c.is_ascii_digit()) && (is_name || is_address)).then_some(host)
}

fn path_rank(pattern: &str, path: &[Vec<u8>]) -> Option<Rank> {
    let of_pattern = |text: &str| readings(text).into_iter().next().flatten().unwrap_or_default();
    match pattern.strip_suffix("/*") {
        Some(parent) => {
            let mut parent = if parent.is_empty() {
                Vec::new()
            } else {
                of_pattern(parent)
            };
            if parent.last().is_some_and(Vec::is_empty) {
                parent.pop();
            }
            (path.len() > parent.len() && path.starts_with(&parent)).then_some((0, parent.len()))
        }
        None => (of_pattern(pattern) == path).then_some((1, 0)),
    }
}

/// The names in a path, as the servers read it that end a name at `/` only, and as those read it that
/// end one at an encoded slash or a backslash too, and know parameters.
fn readings(path: &str) -> [Option<Vec<Vec<u8>>>; 2] {
    let strict = path.split(['?', '#']).next().unwrap_or_default();
    [names(strict), names(&without_parameters(path))]
}

/// The path with an encoded slash or a backslash as a slash, without parameters.
fn without_parameters(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut lenient = path.replace('\\', "/");
    for (escape, byte) in [
        ("%2f", "/"),
        ("%2F", "/"),
        ("%5c", "/"),
        ("%5C", "/"),
        ("%3b", ";"),
        ("%3B", ";"),
    ] {
        lenient = lenient.replace(escape, byte);
    }
    let without_parameters: Vec<&str> = lenient
        .split('/')
        .map(|segment| segment.split(';').next().unwrap_or_default())
        .collect();
    without_parameters.join("/")
}

/// The names from the root, decoded, dot segments resolved. The last is empty behind a final slash.
fn names(path: &str) -> Option<Vec<Vec<u8>>> {
    let mut names: Vec<Vec<u8>> = Vec::new();
    let segments: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    for (position, segment) in segments.iter().enumerate() {
        let is_last = position + 1 == segments.len();
        let name = decode(segment);
        if name == b".." {
            names.pop();
        }
        match name.as_slice() {
            b"" | b"." | b".." if is_last => names.push(Vec::new()),
            b"" | b"." | b".." => {}
            _ => names.push(name),
        }
    }
    Some(names)
}

fn decode(segment: &str) -> Vec<u8> {
    let bytes = segment.as_bytes();
    let mut decoded = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = segment
            .get(at + 1..at + 3)
            .filter(|digits| byte == b'%' && !digits.starts_with('+'));
        match escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(escaped) => {
                decoded.push(escaped);
                at += 3;
            }
            None => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    decoded
}
