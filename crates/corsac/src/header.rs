//! Header names and list syntax that both halves share,
//! <https://fetch.spec.whatwg.org/#terminology-headers>.
//!
//! The value rules of safelisted request-headers belong to the browser half.

/// Whether this is a token, <https://httpwg.org/specs/rfc9110.html#tokens>: the grammar of methods
/// and of field names.
#[must_use]
pub fn is_token(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(|&byte| is_token_byte(byte))
}

/// `tchar` of <https://httpwg.org/specs/rfc9110.html#tokens>.
#[must_use]
pub const fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
        )
}

/// HTTP tab or space, <https://fetch.spec.whatwg.org/#http-tab-or-space>.
#[must_use]
pub const fn is_http_tab_or_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b' ')
}

/// The bytes without leading and trailing HTTP tabs and spaces.
#[must_use]
pub fn trim_http_tab_or_space(mut bytes: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = bytes {
        if !is_http_tab_or_space(*first) {
            break;
        }
        bytes = rest;
    }
    while let [rest @ .., last] = bytes {
        if !is_http_tab_or_space(*last) {
            break;
        }
        bytes = rest;
    }
    bytes
}

/// A header name that no value makes safe for a script to set: the names of a forbidden
/// request-header, <https://fetch.spec.whatwg.org/#forbidden-request-header>.
///
/// The three method-override names are forbidden for some values only; they are not in here.
#[must_use]
pub fn is_forbidden_request_header_name(name: &[u8]) -> bool {
    FORBIDDEN_REQUEST_HEADER_NAMES
        .iter()
        .any(|forbidden| name.eq_ignore_ascii_case(forbidden.as_bytes()))
        || FORBIDDEN_REQUEST_HEADER_PREFIXES.iter().any(|prefix| {
            name.get(..prefix.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
        })
}

/// A forbidden response-header name is `Set-Cookie` or `Set-Cookie2`,
/// <https://fetch.spec.whatwg.org/#forbidden-response-header-name>.
#[must_use]
pub fn is_forbidden_response_header_name(name: &[u8]) -> bool {
    ["set-cookie", "set-cookie2"]
        .iter()
        .any(|forbidden| name.eq_ignore_ascii_case(forbidden.as_bytes()))
}

/// The names every page may read of a CORS response,
/// <https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name>.
#[must_use]
pub fn is_cors_safelisted_response_header_name(name: &[u8]) -> bool {
    CORS_SAFELISTED_RESPONSE_HEADER_NAMES
        .iter()
        .any(|listed| name.eq_ignore_ascii_case(listed.as_bytes()))
}

/// A CORS non-wildcard request-header name is `Authorization`,
/// <https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name>.
#[must_use]
pub fn is_cors_non_wildcard_request_header_name(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"authorization")
}

/// The exact names in the definition of a forbidden request-header, lower case.
pub const FORBIDDEN_REQUEST_HEADER_NAMES: [&str; 21] = [
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// The prefixes in the definition of a forbidden request-header, lower case.
pub const FORBIDDEN_REQUEST_HEADER_PREFIXES: [&str; 2] = ["proxy-", "sec-"];

/// The seven CORS-safelisted response-header names, lower case.
pub const CORS_SAFELISTED_RESPONSE_HEADER_NAMES: [&str; 7] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];
