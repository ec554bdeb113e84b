//! The console texts of Chromium 156, as recorded. `{name}` is filled in.

/// Before every reason of the CORS protocol.
pub(super) const ACCESS: &str = "Access to {kind} at '{url}' {redirected_from}from origin '{origin}' has been blocked by CORS policy: {reason}";
pub(super) const REDIRECTED_FROM: &str = "(redirected from '{url}') ";
/// Before the reasons that a CORS check and the status of a preflight give.
pub(super) const PREFLIGHT: &str =
    "Response to preflight request doesn't pass access control check: {reason}";

pub(super) const ALLOW_ORIGIN_MISSING: &str =
    "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
pub(super) const ALLOW_ORIGIN_MULTIPLE: &str =
    "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed.";
pub(super) const ALLOW_ORIGIN_INVALID: &str =
    "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'.";
pub(super) const ALLOW_ORIGIN_MISMATCH: &str = "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin.";
/// After the three before, for `fetch()`.
pub(super) const VALID_VALUE: &str = " Have the server send the header with a valid value.";
pub(super) const WILDCARD: &str = "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.";
pub(super) const ALLOW_CREDENTIALS: &str = "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'.";
/// After the two before, for `XMLHttpRequest`.
pub(super) const WITH_CREDENTIALS: &str = " The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.";

pub(super) const PREFLIGHT_REDIRECT: &str = "Redirect is not allowed for a preflight request.";
pub(super) const PREFLIGHT_STATUS: &str = "It does not have HTTP ok status.";
pub(super) const ALLOW_METHODS_SYNTAX: &str =
    "Cannot parse Access-Control-Allow-Methods response header field in preflight response.";
pub(super) const ALLOW_HEADERS_SYNTAX: &str =
    "Cannot parse Access-Control-Allow-Headers response header field in preflight response.";
pub(super) const METHOD: &str =
    "Method {value} is not allowed by Access-Control-Allow-Methods in preflight response.";
pub(super) const HEADER: &str =
    "Request header field {value} is not allowed by Access-Control-Allow-Headers in preflight response.";
/// Chromium leaves the location empty.
pub(super) const LOCATION_CREDENTIALS: &str =
    "Redirect location '' contains a username and password, which is disallowed for cross-origin requests.";
/// The schemes are those of a build without extensions of its own.
pub(super) const SCHEMES: &str = "Cross origin requests are only supported for protocol schemes: chrome, chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, isolated-app.";
pub(super) const LOCAL_NETWORK_INSECURE: &str =
    "The request client is not a secure context and the resource is in more-private address space `{value}`.";
pub(super) const LOCAL_NETWORK_DENIED: &str =
    "Permission was denied for this request to access the `{value}` address space.";

pub(super) const SAME_ORIGIN_MODE: &str = "Fetch API cannot load {url}. Request mode is \"same-origin\" but the URL's origin is not same as the request origin {origin}.";
pub(super) const NO_CORS_REDIRECT_MODE: &str =
    "Fetch API cannot load {url}. Request mode is \"no-cors\" but the redirect mode is not \"follow\".";
pub(super) const SCHEME: &str = "Fetch API cannot load {url}. URL scheme \"{value}\" is not supported.";
pub(super) const UNSAFE_ATTEMPT: &str = "Unsafe attempt to load URL {url} from frame with URL {page_url}. Domains, protocols and ports must match.\n";
pub(super) const FTP: &str = "FTP is not supported.";
pub(super) const LOCAL_RESOURCE: &str = "Not allowed to load local resource: {url}";
pub(super) const MIXED_CONTENT: &str = "Mixed Content: The page at '{page_url}' was loaded over HTTPS, but requested an insecure {resource} '{url}'. This request has been blocked; the content must be served over HTTPS.";

/// Below most of the others, with the network stack's own name of the error.
pub(super) const FAILED_TO_LOAD: &str = "Failed to load resource: {error}";
