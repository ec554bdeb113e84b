//! Which request headers a script may set without a preflight.

use alloc::string::String;
use alloc::vec::Vec;
use core::str::FromStr;

use corsac::header::trim_http_tab_or_space;
use data_url::mime::Mime;

use crate::profile::Profile;
use crate::range_header::is_simple_range_by;

/// Whether (name, value) is a CORS-safelisted request-header,
/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>.
#[must_use]
pub fn is_cors_safelisted_request_header(name: &[u8], value: &[u8]) -> bool {
    is_safelisted_by(&Profile::STANDARD, name, value)
}

/// Whether this user agent takes (name, value) for a CORS-safelisted request-header.
pub(crate) fn is_safelisted_by(profile: &Profile, name: &[u8], value: &[u8]) -> bool {
    if profile.safelist_has_user_agent && name.eq_ignore_ascii_case(b"user-agent") {
        return true;
    }
    // "If value's length is greater than 128, then return false."
    if value.len() > 128 {
        return false;
    }
    // "Byte-lowercase name and switch on the result"
    let is_unsafe_byte = |&byte: &u8| {
        is_cors_unsafe_request_header_byte(byte) || (profile.safelist_refuses_non_ascii && !byte.is_ascii())
    };
    if name.eq_ignore_ascii_case(b"accept") {
        !value.iter().any(is_unsafe_byte)
    } else if name.eq_ignore_ascii_case(b"accept-language") || name.eq_ignore_ascii_case(b"content-language")
    {
        value.iter().all(|&byte| is_language_byte(byte))
    } else if name.eq_ignore_ascii_case(b"content-type") {
        !value.iter().any(is_unsafe_byte)
            && is_safelisted_content_type(value)
            && !(profile.safelist_refuses_empty_parameters && has_empty_parameter(value))
    } else if name.eq_ignore_ascii_case(b"range") {
        // "If rangeValue is failure, then return false. If rangeValue[0] is null, then return
        // false."
        is_simple_range_by(profile.safelisted_range, value)
    } else {
        profile.safelist_has_client_hints && is_client_hint(name, value)
    }
}

/// Whether (name, value) is a no-CORS-safelisted request-header,
/// <https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header>.
#[must_use]
pub fn is_no_cors_safelisted_request_header(name: &[u8], value: &[u8]) -> bool {
    is_no_cors_safelisted_request_header_name(name) && is_cors_safelisted_request_header(name, value)
}

/// Whether a name is a no-CORS-safelisted request-header name,
/// <https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header-name>.
#[must_use]
pub fn is_no_cors_safelisted_request_header_name(name: &[u8]) -> bool {
    ["accept", "accept-language", "content-language", "content-type"]
        .iter()
        .any(|listed| name.eq_ignore_ascii_case(listed.as_bytes()))
}

/// A CORS-unsafe request-header byte,
/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte>.
#[must_use]
pub const fn is_cors_unsafe_request_header_byte(byte: u8) -> bool {
    // "byte is less than 0x20 and is not 0x09 HT"
    (byte < 0x20 && byte != b'\t')
        || matches!(
            byte,
            b'"' | b'(' | b')' | b':' | b'<' | b'>' | b'?' | b'@' | b'[' | b'\\' | b']' | b'{' | b'}' | 0x7F
        )
}

/// The bytes that Accept-Language and Content-Language may consist of.
const fn is_language_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'*' | b',' | b'-' | b'.' | b';' | b'=')
}

/// Whether a client hint has a value of its kind, as Chromium reads it
/// (`services/network/public/cpp/cors/cors.cc`).
fn is_client_hint(name: &[u8], value: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    match name.as_slice() {
        b"dpr" | b"device-memory" | b"downlink" => is_decimal(value),
        b"width" | b"viewport-width" | b"rtt" => !value.is_empty() && value.iter().all(u8::is_ascii_digit),
        b"save-data" => value.eq_ignore_ascii_case(b"on"),
        b"ect" => matches!(value, b"slow-2g" | b"2g" | b"3g" | b"4g"),
        b"intervention" => true,
        _ => false,
    }
}

/// Digits, and a point between digits at most.
fn is_decimal(value: &[u8]) -> bool {
    let mut parts = value.splitn(2, |&byte| byte == b'.');
    parts.all(|part| !part.is_empty() && part.iter().all(u8::is_ascii_digit))
}

/// Whether nothing stands between two semicolons.
fn has_empty_parameter(value: &[u8]) -> bool {
    let parts: Vec<&[u8]> = value.split(|&byte| byte == b';').collect();
    // The first part is the essence, the last one may be empty.
    parts
        .iter()
        .skip(1)
        .rev()
        .skip(1)
        .any(|part| trim_http_tab_or_space(part).is_empty())
}

/// "If value contains a CORS-unsafe request-header byte, then return false", is the caller's.
fn is_safelisted_content_type(value: &[u8]) -> bool {
    // "Let mimeType be the result of parsing the result of isomorphic decoding value. If mimeType
    // is failure, then return false."
    let value: String = value.iter().copied().map(char::from).collect();
    Mime::from_str(&value).is_ok_and(|mime_type| {
        SAFELISTED_ESSENCES
            .iter()
            .any(|(kind, subtype)| mime_type.matches(kind, subtype))
    })
}

const SAFELISTED_ESSENCES: [(&str, &str); 3] = [
    ("application", "x-www-form-urlencoded"),
    ("multipart", "form-data"),
    ("text", "plain"),
];
