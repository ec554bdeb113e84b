//! The console texts of WebKitGTK 2.50, as recorded. `{name}` is filled in.

pub(super) const ALLOW_ORIGIN: &str =
    "Origin {origin} is not allowed by Access-Control-Allow-Origin. Status code: {status}";
pub(super) const ALLOW_ORIGIN_MULTIPLE: &str =
    "Access-Control-Allow-Origin cannot contain more than one origin.";
pub(super) const WILDCARD: &str =
    "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.";
pub(super) const ALLOW_CREDENTIALS: &str =
    "Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\".";
pub(super) const PREFLIGHT_STATUS: &str = "Preflight response is not successful. Status code: {status}";
pub(super) const ALLOW_METHODS_SYNTAX: &str =
    "Header Access-Control-Allow-Methods has an invalid value: {value}";
pub(super) const ALLOW_HEADERS_SYNTAX: &str =
    "Header Access-Control-Allow-Headers has an invalid value: {value}";
pub(super) const METHOD: &str = "Method {value} is not allowed by Access-Control-Allow-Methods.";
pub(super) const HEADER: &str =
    "Request header field {value} is not allowed by Access-Control-Allow-Headers.";

/// Around a reason that refuses a redirect.
pub(super) const REDIRECTION: &str =
    "Cross-origin redirection to {location} denied by Cross-Origin Resource Sharing policy: {reason}";
pub(super) const LOCATION_SCHEME: &str =
    "not allowed to follow a cross-origin CORS redirection with non CORS scheme";
pub(super) const LOCATION_CREDENTIALS: &str = "redirection URL {location} has credentials";
pub(super) const REDIRECT_MODE_ERROR: &str = "Not allowed to follow a redirection while loading {url}";
pub(super) const TOO_MANY_REDIRECTS: &str = "Load cannot follow more than 20 redirections";
pub(super) const NO_CORS_REDIRECT_MODE: &str = "No-Cors mode requires follow redirect mode";
pub(super) const UNSAFE_ATTEMPT: &str =
    "Unsafe attempt to load URL {url} from origin {origin}. Domains, protocols and ports must match.";
pub(super) const NOT_ALLOWED: &str = "Not allowed to request resource";
pub(super) const NOT_HTTP: &str = "Cross origin requests are only supported for HTTP.";
pub(super) const REDIRECT_NOT_HTTP: &str = "Redirection to URL with a scheme that is not HTTP(S).";
pub(super) const FTP: &str = "FTP URLs are disabled";
pub(super) const RESTRICTED_PORT: &str = "Not allowed to use restricted network port {value}: {url}";
pub(super) const RESTRICTED_HOST: &str = "Not allowed to use restricted network host \"0.0.0.0\": {url}";
pub(super) const LOCAL_RESOURCE: &str = "Not allowed to load local resource: {url}";
pub(super) const MIXED_CONTENT: &str = "[blocked] The page at {page_url} requested insecure content from {url}. This content was blocked and must be served over HTTPS.";
pub(super) const RESOURCE_POLICY: &str = "Cancelled load to {url} because it violates the resource's Cross-Origin-Resource-Policy response header.";
pub(super) const CLOSED: &str = "Connection terminated unexpectedly";
pub(super) const MALFORMED: &str = "Could not parse HTTP response";
pub(super) const REFUSED: &str = "Could not connect to {value}: Connection refused";
pub(super) const UNKNOWN_NAME: &str = "Error resolving “{value}”: Name or service not known";

/// The last line, by who asked.
pub(super) const FETCH: &str = "Fetch API cannot load {url} due to access control checks.";
pub(super) const XHR: &str = "XMLHttpRequest cannot load {url} due to access control checks.";
pub(super) const EVENT_SOURCE: &str = "EventSource cannot load {url} due to access control checks.";
pub(super) const IMAGE: &str = "Cannot load image {url} due to access control checks.";
pub(super) const SCRIPT: &str = "Cross-origin script load denied by Cross-Origin Resource Sharing policy.";
pub(super) const BEACON: &str = "Beacon API cannot load {url}. {reason}";
/// The only line of a request whose mode is `same-origin`.
pub(super) const SAME_ORIGIN_MODE: &str = "Fetch API cannot load {url}.";
