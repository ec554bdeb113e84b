//! The ABNF of the `Origin` header, <https://fetch.spec.whatwg.org/#origin-header>.
//!
//! Browsers send origins that do not match it (hosts with `_`, an empty label, a trailing dot), so it
//! describes a value; it is not a test that a server should make of one. For that there is
//! [`Origin::from_serialization`](crate::Origin::from_serialization).

/// `origin-or-null = serialized-origin / %s"null"`
#[must_use]
pub fn is_origin_or_null(value: &[u8]) -> bool {
    value == b"null" || is_serialized_origin(value)
}

/// `serialized-origin = serialized-scheme "://" serialized-host [ ":" serialized-port ]`
fn is_serialized_origin(value: &[u8]) -> bool {
    let Some(colon) = value.iter().position(|&byte| byte == b':') else {
        return false;
    };
    let (scheme, rest) = value.split_at(colon);
    let Some(rest) = rest.strip_prefix(b"://") else {
        return false;
    };
    // Only the bracketed host has colons of its own.
    let host_length = match rest.strip_prefix(b"[") {
        Some(ipv6) => ipv6.iter().position(|&byte| byte == b']').map(|end| end + 2),
        None => Some(rest.iter().position(|&byte| byte == b':').unwrap_or(rest.len())),
    };
    let Some((host, port)) = host_length.and_then(|length| rest.split_at_checked(length)) else {
        return false;
    };
    is_serialized_scheme(scheme) && is_serialized_host(host) && (port.is_empty() || is_colon_and_port(port))
}

/// `serialized-scheme = lower-alpha *( lower-alphanum / "+" / "-" / "." )`
fn is_serialized_scheme(scheme: &[u8]) -> bool {
    matches!(scheme, [first, rest @ ..] if first.is_ascii_lowercase()
        && rest.iter().all(|&byte| is_lower_alphanum(byte) || matches!(byte, b'+' | b'-' | b'.')))
}

/// `serialized-host = serialized-ipv4 / "[" serialized-ipv6 "]" / serialized-domain`. Whatever
/// matches serialized-ipv4 matches serialized-domain too.
fn is_serialized_host(host: &[u8]) -> bool {
    match host {
        [b'[', ipv6 @ .., b']'] => is_serialized_ipv6(ipv6),
        domain => domain.split(|&byte| byte == b'.').all(is_domain_label),
    }
}

/// `domain-label = lower-alphanum / ( lower-alphanum *( lower-alphanum / "-" ) lower-alphanum )`
fn is_domain_label(label: &[u8]) -> bool {
    label.iter().all(|&byte| is_lower_alphanum(byte) || byte == b'-')
        && label.first().is_some_and(|&byte| byte != b'-')
        && label.last().is_some_and(|&byte| byte != b'-')
}

/// `serialized-ipv6`: eight pieces, or at most six around one `::`.
fn is_serialized_ipv6(address: &[u8]) -> bool {
    match address.windows(2).position(|pair| pair == b"::") {
        None => count_h16(address) == Some(8),
        Some(position) => {
            let (before, rest) = address.split_at(position);
            let after = rest.strip_prefix(b"::").unwrap_or_default();
            match (count_h16(before), count_h16(after)) {
                (Some(before), Some(after)) => before + after <= 6,
                _ => false,
            }
        }
    }
}

/// The number of `h16` between colons; `None` when something there is none.
fn count_h16(pieces: &[u8]) -> Option<usize> {
    if pieces.is_empty() {
        return Some(0);
    }
    pieces
        .split(|&byte| byte == b':')
        .try_fold(0, |count, piece| is_h16(piece).then_some(count + 1))
}

/// `h16 = "0" / ( non-zero-hex 0*3hex )`
fn is_h16(piece: &[u8]) -> bool {
    let is_hex = |&byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    piece == b"0" || (matches!(piece.len(), 1..=4) && !piece.starts_with(b"0") && piece.iter().all(is_hex))
}

/// `":" serialized-port`, where `serialized-port = 1*5DIGIT`
fn is_colon_and_port(text: &[u8]) -> bool {
    matches!(text, [b':', port @ ..] if matches!(port.len(), 1..=5) && port.iter().all(u8::is_ascii_digit))
}

const fn is_lower_alphanum(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}
