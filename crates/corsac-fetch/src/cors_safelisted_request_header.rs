//! Which request headers a script may set without a preflight.

use alloc::string::String;
use core::str::FromStr;

use data_url::mime::Mime;

use crate::range_header::parse_single_range_header_value;

/// Whether (name, value) is a CORS-safelisted request-header,
/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>.
#[must_use]
pub fn is_cors_safelisted_request_header(name: &[u8], value: &[u8]) -> bool {
    // "If value's length is greater than 128, then return false."
    if value.len() > 128 {
        return false;
    }
    // "Byte-lowercase name and switch on the result"
    if name.eq_ignore_ascii_case(b"accept") {
        !value.iter().any(|&byte| is_cors_unsafe_request_header_byte(byte))
    } else if name.eq_ignore_ascii_case(b"accept-language") || name.eq_ignore_ascii_case(b"content-language")
    {
        value.iter().all(|&byte| is_language_byte(byte))
    } else if name.eq_ignore_ascii_case(b"content-type") {
        is_safelisted_content_type(value)
    } else if name.eq_ignore_ascii_case(b"range") {
        // "If rangeValue is failure, then return false. If rangeValue[0] is null, then return
        // false."
        parse_single_range_header_value(value).is_some_and(|range| range.start.is_some())
    } else {
        false
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

fn is_safelisted_content_type(value: &[u8]) -> bool {
    // "If value contains a CORS-unsafe request-header byte, then return false."
    if value.iter().any(|&byte| is_cors_unsafe_request_header_byte(byte)) {
        return false;
    }
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
