//! The console texts of Firefox 153, as its properties files have them. `{name}` is filled in.

/// Around every reason of the CORS protocol.
pub(super) const BLOCKED: &str = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}. (Reason: {reason}).";
/// The same with quotes around the URL, for one reason only.
pub(super) const BLOCKED_QUOTED: &str = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ‘{url}’. (Reason: {reason}).";
/// After the reasons that name a status.
pub(super) const STATUS: &str = " Status code: {status}.";
/// The status where there is none.
pub(super) const NO_STATUS: &str = "(null)";

pub(super) const ALLOW_ORIGIN_MISSING: &str = "CORS header ‘Access-Control-Allow-Origin’ missing";
pub(super) const ALLOW_ORIGIN_MULTIPLE: &str =
    "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed";
pub(super) const ALLOW_ORIGIN_MISMATCH: &str =
    "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’";
pub(super) const WILDCARD: &str =
    "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’";
pub(super) const ALLOW_CREDENTIALS: &str =
    "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’";
pub(super) const EXTERNAL_REDIRECT: &str = "CORS request external redirect not allowed";
pub(super) const PREFLIGHT_STATUS: &str = "CORS preflight response did not succeed";
pub(super) const ALLOW_METHODS_SYNTAX: &str =
    "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Methods’";
pub(super) const ALLOW_HEADERS_SYNTAX: &str =
    "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Headers’";
pub(super) const METHOD: &str = "Did not find method in CORS header ‘Access-Control-Allow-Methods’";
pub(super) const HEADER: &str = "header ‘{value}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response";
pub(super) const NOT_HTTP: &str = "CORS request not http";
pub(super) const DID_NOT_SUCCEED: &str = "CORS request did not succeed";

/// A warning, not an error: the request goes on.
pub(super) const WILDCARD_AUTHORIZATION: &str = "Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote resource at {url} soon. (Reason: When the `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not covered. To include the `Authorization` header, it must be explicitly listed in CORS header `Access-Control-Allow-Headers`).";

pub(super) const SAME_ORIGIN_MODE: &str =
    "Security Error: Content at {page_url} may not load data from {url}.";
pub(super) const LINK_FORBIDDEN: &str =
    "Security Error: Content at {page_url} may not load or link to {url}.";
pub(super) const MIXED_CONTENT: &str = "Blocked loading mixed active content “{url}”";
pub(super) const RESOURCE_POLICY: &str = "The resource at “{url}” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof). See https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#";
pub(super) const DATA_REDIRECT: &str = "Redirecting to data: URI not allowed (Blocked loading of: “{url}”)";

pub(super) const SCRIPT: &str = "<script> source URI is not allowed in this document: “{url}”.";
pub(super) const MODULE_SCRIPT: &str = "Module source URI is not allowed in this document: “{url}”.";
pub(super) const EVENT_SOURCE: &str = "Firefox can’t establish a connection to the server at {url}.";
