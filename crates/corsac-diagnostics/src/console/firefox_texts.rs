//! The console texts of Firefox 153, as its properties files have them, each with the category that
//! Firefox files it under. `{name}` is filled in.

/// A text and its category.
#[derive(Clone, Copy)]
pub(super) struct Text {
    pub(super) category: &'static str,
    pub(super) text: &'static str,
}

/// Around every reason of the CORS protocol.
pub(super) const BLOCKED: &str = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}. (Reason: {reason}).";
/// The same with quotes around the URL, for one reason only.
pub(super) const BLOCKED_QUOTED: &str = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ‘{url}’. (Reason: {reason}).";
/// After the reasons that name a status.
pub(super) const STATUS: &str = " Status code: {status}.";
/// The status where there is none.
pub(super) const NO_STATUS: &str = "(null)";

pub(super) const ALLOW_ORIGIN_MISSING: Text = Text {
    category: "CORSMissingAllowOrigin2",
    text: "CORS header ‘Access-Control-Allow-Origin’ missing",
};
pub(super) const ALLOW_ORIGIN_MULTIPLE: Text = Text {
    category: "CORSMultipleAllowOriginNotAllowed",
    text: "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed",
};
pub(super) const ALLOW_ORIGIN_MISMATCH: Text = Text {
    category: "CORSAllowOriginNotMatchingOrigin",
    text: "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’",
};
pub(super) const WILDCARD: Text = Text {
    category: "CORSNotSupportingCredentials",
    text: "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’",
};
pub(super) const ALLOW_CREDENTIALS: Text = Text {
    category: "CORSMissingAllowCredentials",
    text: "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’",
};
pub(super) const EXTERNAL_REDIRECT: Text = Text {
    category: "CORSExternalRedirectNotAllowed",
    text: "CORS request external redirect not allowed",
};
pub(super) const PREFLIGHT_STATUS: Text = Text {
    category: "CORSPreflightDidNotSucceed3",
    text: "CORS preflight response did not succeed",
};
pub(super) const ALLOW_METHODS_SYNTAX: Text = Text {
    category: "CORSInvalidAllowMethod",
    text: "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Methods’",
};
pub(super) const ALLOW_HEADERS_SYNTAX: Text = Text {
    category: "CORSInvalidAllowHeader",
    text: "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Headers’",
};
pub(super) const METHOD: Text = Text {
    category: "CORSMethodNotFound",
    text: "Did not find method in CORS header ‘Access-Control-Allow-Methods’",
};
pub(super) const HEADER: Text = Text {
    category: "CORSMissingAllowHeaderFromPreflight2",
    text: "header ‘{value}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response",
};
pub(super) const NOT_HTTP: Text = Text {
    category: "CORSRequestNotHttp",
    text: "CORS request not http",
};
pub(super) const DID_NOT_SUCCEED: Text = Text {
    category: "CORSDidNotSucceed2",
    text: "CORS request did not succeed",
};

/// A warning, not an error: the request goes on.
pub(super) const WILDCARD_AUTHORIZATION: Text = Text {
    category: "CORSAllowHeaderFromPreflightDeprecation",
    text: "Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote resource at {url} soon. (Reason: When the `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not covered. To include the `Authorization` header, it must be explicitly listed in CORS header `Access-Control-Allow-Headers`).",
};

pub(super) const SAME_ORIGIN_MODE: Text = Text {
    category: "SOP",
    text: "Security Error: Content at {page_url} may not load data from {url}.",
};
pub(super) const LINK_FORBIDDEN: Text = Text {
    category: "SOP",
    text: "Security Error: Content at {page_url} may not load or link to {url}.",
};
pub(super) const MIXED_CONTENT: Text = Text {
    category: "Mixed Content Blocker",
    text: "Blocked loading mixed active content “{url}”",
};
pub(super) const RESOURCE_POLICY: Text = Text {
    category: "COEP",
    text: "The resource at “{url}” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof). See https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#",
};
pub(super) const DATA_REDIRECT: Text = Text {
    category: "DATA_URI_BLOCKED",
    text: "Redirecting to data: URI not allowed (Blocked loading of: “{url}”)",
};

pub(super) const SCRIPT: Text = Text {
    category: "Script Loader",
    text: "<script> source URI is not allowed in this document: “{url}”.",
};
pub(super) const MODULE_SCRIPT: Text = Text {
    category: "Script Loader",
    text: "Module source URI is not allowed in this document: “{url}”.",
};
pub(super) const EVENT_SOURCE: Text = Text {
    category: "Event Source",
    text: "Firefox can’t establish a connection to the server at {url}.",
};
