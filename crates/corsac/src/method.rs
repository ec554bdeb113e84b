//! Methods, <https://fetch.spec.whatwg.org/#methods>.

use crate::header::is_token;

/// Whether this is a method: "a byte sequence that matches the method token production".
#[must_use]
pub fn is_method(method: &[u8]) -> bool {
    is_token(method)
}

/// A CORS-safelisted method is `GET`, `HEAD`, or `POST`,
/// <https://fetch.spec.whatwg.org/#cors-safelisted-method>. Case counts.
#[must_use]
pub fn is_cors_safelisted_method(method: &[u8]) -> bool {
    matches!(method, b"GET" | b"HEAD" | b"POST")
}

/// A forbidden method is "a byte-case-insensitive match for `CONNECT`, `TRACE`, or `TRACK`",
/// <https://fetch.spec.whatwg.org/#forbidden-method>.
#[must_use]
pub fn is_forbidden_method(method: &[u8]) -> bool {
    ["CONNECT", "TRACE", "TRACK"]
        .iter()
        .any(|name| method.eq_ignore_ascii_case(name.as_bytes()))
}

/// Normalise a method, <https://fetch.spec.whatwg.org/#concept-method-normalize>: `DELETE`,
/// `GET`, `HEAD`, `OPTIONS`, `POST` and `PUT` are byte-uppercased, all others stay as they are
/// (`patch` stays `patch`).
#[must_use]
pub fn normalize(method: &[u8]) -> &[u8] {
    NORMALIZED
        .iter()
        .find(|name| method.eq_ignore_ascii_case(name.as_bytes()))
        .map_or(method, |name| name.as_bytes())
}

/// Whether this is the name of a registered method in another case than it is registered in, which
/// normalising leaves alone: `patch`.
pub(crate) fn is_registered_method_in_other_case(method: &[u8]) -> bool {
    REGISTERED
        .iter()
        .any(|name| method.eq_ignore_ascii_case(name.as_bytes()) && method != name.as_bytes())
}

/// <https://www.iana.org/assignments/http-methods/>, without those that are normalised or forbidden.
const REGISTERED: [&str; 31] = [
    "ACL",
    "BASELINE-CONTROL",
    "BIND",
    "CHECKIN",
    "CHECKOUT",
    "COPY",
    "LABEL",
    "LINK",
    "LOCK",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKCOL",
    "MKREDIRECTREF",
    "MKWORKSPACE",
    "MOVE",
    "ORDERPATCH",
    "PATCH",
    "PROPFIND",
    "PROPPATCH",
    "QUERY",
    "REBIND",
    "REPORT",
    "SEARCH",
    "UNBIND",
    "UNCHECKOUT",
    "UNLINK",
    "UNLOCK",
    "UPDATE",
    "UPDATEREDIRECTREF",
    "VERSION-CONTROL",
];

const NORMALIZED: [&str; 6] = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];
