//! The value of a request's `Origin` header, taken apart without allocating,
//! <https://fetch.spec.whatwg.org/#origin-header>.
//!
//! A pattern never lets anything through that this module does not take for an origin: whatever a
//! wildcard matches is handed back in Access-Control-Allow-Origin.

use crate::origin_pattern::parse_port;

/// A serialised tuple origin: scheme, host and port as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SerializedOrigin<'a> {
    pub(crate) scheme: &'a [u8],
    pub(crate) host: &'a [u8],
    /// `None`: the scheme's default.
    pub(crate) port: Option<u16>,
}

impl<'a> SerializedOrigin<'a> {
    /// "serialized-origin = scheme "://" host [ ":" port ]"
    ///
    /// Host bytes are those that the URL standard lets a host have; which of them a wildcard
    /// stands for is [`is_wildcard_label`]'s business.
    pub(crate) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (scheme, authority) = split_scheme(bytes)?;
        let host_length = match authority.first()? {
            b'[' => authority.iter().position(|&byte| byte == b']')? + 1,
            _ => authority
                .iter()
                .position(|&byte| !is_in(&HOST_BYTES, byte))
                .unwrap_or(authority.len()),
        };
        let (host, port) = authority.split_at_checked(host_length)?;
        let port = match port {
            [] => None,
            [b':', digits @ ..] => Some(parse_port(digits)?),
            _ => return None,
        };
        let is_default = match scheme {
            b"http" => port == Some(80),
            b"https" => port == Some(443),
            _ => false,
        };
        (is_host(host) && !is_default).then_some(Self { scheme, host, port })
    }
}

/// Whether a wildcard stands for this label: letters, digits, `-` and `_`, at most 63 of them.
///
/// DIFFERS: the URL standard lets a host have more bytes (`!`, `'`, `(`) and longer labels. No name
/// in DNS has them, and an allowed value goes back into a header.
pub(crate) fn is_wildcard_label(label: &[u8]) -> bool {
    (1..=MAX_LABEL_BYTES).contains(&label.len()) && label.iter().all(|&byte| is_in(&LABEL_BYTES, byte))
}

fn is_scheme(scheme: &[u8]) -> bool {
    scheme.first().is_some_and(u8::is_ascii_lowercase)
        && scheme.iter().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.')
        })
}

/// Scheme, and what follows `://`.
fn split_scheme(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    if let Some(authority) = bytes.strip_prefix(b"https://") {
        return Some((b"https", authority));
    }
    let colon = bytes.iter().position(|&byte| byte == b':')?;
    let (scheme, rest) = bytes.split_at_checked(colon)?;
    let authority = rest.strip_prefix(b"://")?;
    is_scheme(scheme).then_some((scheme, authority))
}

/// Whether a host that has host bytes only, or is in brackets, is one.
fn is_host(host: &[u8]) -> bool {
    match host {
        [b'[', address @ .., b']'] => address
            .iter()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b':')),
        _ => !host.is_empty(),
    }
}

/// One load per byte: these loops run over what a stranger sent.
fn is_in(set: &[bool; 256], byte: u8) -> bool {
    set.get(usize::from(byte)).copied().unwrap_or(false)
}

static HOST_BYTES: [bool; 256] = {
    let mut set = [false; 256];
    let (mut byte, mut rest) = (0_u8, set.as_mut_slice());
    while let [entry, others @ ..] = rest {
        *entry = is_host_byte(byte);
        (byte, rest) = (byte.wrapping_add(1), others);
    }
    set
};

static LABEL_BYTES: [bool; 256] = {
    let mut set = [false; 256];
    let (mut byte, mut rest) = (0_u8, set.as_mut_slice());
    while let [entry, others @ ..] = rest {
        *entry = is_label_byte(byte);
        (byte, rest) = (byte.wrapping_add(1), others);
    }
    set
};

/// Not a forbidden domain code point, <https://url.spec.whatwg.org/#forbidden-domain-code-point>,
/// not upper case, and ASCII.
const fn is_host_byte(byte: u8) -> bool {
    matches!(byte, b'!'..=b'~')
        && !matches!(
            byte,
            b'A'..=b'Z'
                | b'#'
                | b'%'
                | b'/'
                | b':'
                | b'<'
                | b'>'
                | b'?'
                | b'@'
                | b'['
                | b'\\'
                | b']'
                | b'^'
                | b'|'
        )
}

const fn is_label_byte(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_')
}

const MAX_LABEL_BYTES: usize = 63;

#[cfg(test)]
mod tests {
    use super::SerializedOrigin;

    #[test]
    fn what_a_url_serialises_to_is_taken_apart() {
        let origin = SerializedOrigin::parse(b"https://[2001:db8::1]:8443").unwrap();
        assert_eq!(
            (origin.scheme, origin.host, origin.port),
            (&b"https"[..], &b"[2001:db8::1]"[..], Some(8443))
        );
        for text in [
            "http://localhost",
            "https://a.example.",
            "moz-extension://8c2f",
            "app://.",
            "https://xn--bcher-kva.example",
        ] {
            assert!(SerializedOrigin::parse(text.as_bytes()).is_some(), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_an_origin() {
        for text in [
            "",
            "null",
            "*",
            "a.example",
            "https://",
            "https:///",
            "https://a.example/",
            "https://a.example:443",
            "http://a.example:80",
            "https://a.example:",
            "https://a.example:08",
            "https://a.example:65536",
            "https://A.example",
            "HTTPS://a.example",
            "https://u@a.example",
            "https://a b.example",
            "https://a.example https://b.example",
            "https://a.example,https://b.example:1",
            "https://[::1",
            "https://[::1]x",
            "https://[::g]",
            "https://evil.com/.example.com",
            "https://\"><x>.example.com",
            "https://é.example",
            "https://a%20.example",
            "1https://a.example",
        ] {
            assert_eq!(SerializedOrigin::parse(text.as_bytes()), None, "{text}");
        }
    }
}
