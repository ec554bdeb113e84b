//! The `Headers` class: how a script's headers get into a request,
//! <https://fetch.spec.whatwg.org/#headers-class>.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use corsac::header::is_token;

use crate::cors_safelisted_request_header::is_no_cors_safelisted_request_header;
use crate::forbidden_request_header::is_forbidden_request_header;
use crate::header_list::{Header, HeaderList};
use crate::type_error_reason::TypeErrorReason;

/// A headers guard, <https://fetch.spec.whatwg.org/#headers-guard>: those of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum HeadersGuard {
    /// `request`
    Request,
    /// `request-no-cors`
    RequestNoCors,
}

/// Append a header to a `Headers` object, <https://fetch.spec.whatwg.org/#concept-headers-append>.
pub(crate) fn append(
    headers: &mut HeaderList,
    guard: HeadersGuard,
    name: &str,
    value: &str,
) -> Result<(), TypeErrorReason> {
    let Some((name, value)) = validate(guard, name, value)? else {
        return Ok(());
    };
    if guard == HeadersGuard::RequestNoCors {
        // "Otherwise, set temporaryValue to temporaryValue, followed by 0x2C 0x20, followed by
        // value. If (name, temporaryValue) is not a no-CORS-safelisted request-header, then return."
        let mut combined = HeaderList::new();
        for (other_name, other_value) in headers.iter() {
            if other_name.eq_ignore_ascii_case(&name) {
                combined.combine(other_name, other_value);
            }
        }
        combined.combine(&name, &value);
        let is_safelisted = combined
            .iter()
            .all(|(name, value)| is_no_cors_safelisted_request_header(name, value));
        if !is_safelisted {
            return Ok(());
        }
    }
    headers.append(name, value);
    // "Remove privileged no-CORS request-headers from headers." (No `Range` was let in.)
    Ok(())
}

/// `XMLHttpRequest.setRequestHeader`, <https://xhr.spec.whatwg.org/#the-setrequestheader()-method>:
/// a header given again is combined with the first one.
pub(crate) fn set_request_header(
    headers: &mut HeaderList,
    name: &str,
    value: &str,
) -> Result<(), TypeErrorReason> {
    if let Some((name, value)) = validate(HeadersGuard::Request, name, value)? {
        headers.combine(&name, &value);
    }
    Ok(())
}

/// The bytes of a string whose characters are bytes (isomorphic encoding), if they all are.
pub(crate) fn isomorphic_encode(text: &str) -> Option<Vec<u8>> {
    text.chars()
        .map(|character| u8::try_from(character).ok())
        .collect()
}

/// Normalize the value and validate the header,
/// <https://fetch.spec.whatwg.org/#headers-validate>; `None` is false.
fn validate(guard: HeadersGuard, name: &str, value: &str) -> Result<Option<Header>, TypeErrorReason> {
    // "If name is not a header name or value is not a header value, then throw a TypeError."
    let Some(name_bytes) = isomorphic_encode(name).filter(|bytes| is_token(bytes)) else {
        return Err(TypeErrorReason::InvalidHeaderName(name.to_string()));
    };
    let value_bytes = isomorphic_encode(value)
        .map(|bytes| normalize(&bytes).to_vec())
        .filter(|bytes| !bytes.iter().any(|byte| matches!(byte, 0 | b'\r' | b'\n')));
    let Some(value_bytes) = value_bytes else {
        return Err(TypeErrorReason::InvalidHeaderValue {
            name: String::from(name),
            value: String::from(value),
        });
    };
    // "If headers's guard is "request" and (name, value) is a forbidden request-header, then return
    // false."
    if guard == HeadersGuard::Request && is_forbidden_request_header(&name_bytes, &value_bytes) {
        return Ok(None);
    }
    Ok(Some((name_bytes, value_bytes)))
}

/// Normalize a byte sequence, <https://fetch.spec.whatwg.org/#concept-header-value-normalize>:
/// "remove any leading and trailing HTTP whitespace bytes".
fn normalize(potential_value: &[u8]) -> &[u8] {
    let is_http_whitespace = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' ');
    let leading = potential_value
        .iter()
        .take_while(|byte| is_http_whitespace(byte))
        .count();
    let rest = potential_value.split_at(leading).1;
    let trailing = rest
        .iter()
        .rev()
        .take_while(|byte| is_http_whitespace(byte))
        .count();
    rest.split_at(rest.len() - trailing).0
}
