//! Headers that scripts cannot set.

use corsac::header::is_forbidden_request_header_name;
use corsac::method::is_forbidden_method;

use crate::get_decode_and_split::decode_and_split;

/// Whether (name, value) is a forbidden request-header,
/// <https://fetch.spec.whatwg.org/#forbidden-request-header>.
#[must_use]
pub fn is_forbidden_request_header(name: &[u8], value: &[u8]) -> bool {
    if is_forbidden_request_header_name(name) {
        return true;
    }
    // "For each method of parsedValues: if the isomorphic encoding of method is a forbidden method,
    // then return true."
    METHOD_OVERRIDES
        .iter()
        .any(|listed| name.eq_ignore_ascii_case(listed.as_bytes()))
        && decode_and_split(value)
            .iter()
            .any(|method| is_forbidden_method(method))
}

const METHOD_OVERRIDES: [&str; 3] = ["x-http-method", "x-http-method-override", "x-method-override"];
