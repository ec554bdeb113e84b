//! Why the page gets a network error: one variant for each place where the standard says so on
//! the CORS path.

use alloc::string::String;
use alloc::vec::Vec;

/// The step that said no.
///
/// Byte strings of the wire are `Vec<u8>`: they need not be UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockReason {
    /// Port blocking, <https://fetch.spec.whatwg.org/#block-bad-port>.
    BadPort(u16),
    /// <https://w3c.github.io/webappsec-mixed-content/#should-block-fetch>.
    MixedContent,
    /// Request mode is `same-origin` and the URL is not.
    SameOriginMode,
    /// Request mode is `no-cors` and redirect mode is not `follow`.
    NoCorsRedirectMode,
    /// The URL's scheme is not an HTTP(S) scheme.
    SchemeNotHttp(String),
    /// The CORS check of the answer itself, <https://fetch.spec.whatwg.org/#concept-cors-check>.
    CorsCheck(CorsCheckFailure),
    /// The CORS check of the preflight's answer.
    PreflightCorsCheck(CorsCheckFailure),
    /// The preflight's status is not an ok status (200-299).
    PreflightStatus(u16),
    /// Access-Control-Allow-Methods does not parse; the first bad item.
    PreflightAllowMethodsSyntax(Vec<u8>),
    /// Access-Control-Allow-Headers does not parse; the first bad item.
    PreflightAllowHeadersSyntax(Vec<u8>),
    /// The preflight does not allow the method.
    PreflightMethod(Vec<u8>),
    /// `Authorization` is not listed by name; `*` does not cover it.
    PreflightNonWildcardHeader(Vec<u8>),
    /// The preflight does not allow this header name.
    PreflightHeader(Vec<u8>),
    /// No usable HTTP answer to the preflight.
    PreflightNetwork(NetworkFailure),
    /// No usable HTTP answer.
    Network(NetworkFailure),
    /// Redirect mode is `error` and the answer is a redirect.
    RedirectModeError,
    /// Location does not parse as a URL.
    LocationInvalid(Vec<u8>),
    /// Several Location lines.
    LocationMultiple,
    /// Location leads to a scheme that is not HTTP(S).
    LocationScheme(String),
    /// Location has user info where the standard forbids it.
    LocationCredentials,
    /// More than twenty redirects.
    TooManyRedirects,
    /// A redirect other than 303 for a body that cannot be sent again.
    RedirectStreamBody,
    /// Cross-Origin-Resource-Policy, <https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header>.
    CrossOriginResourcePolicy,
    /// Local Network Access: no secure context, or no permission.
    LocalNetworkAccess,
    /// Opaque Response Blocking: an element got an answer that is none of its kind,
    /// <https://github.com/annevk/orb>.
    OpaqueResponseBlocking,
    /// Something a browser refuses outside the standard; the profile's entry names it.
    UserAgentRefusal(&'static str),
}

/// Each "return failure" of the CORS check, <https://fetch.spec.whatwg.org/#concept-cors-check>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CorsCheckFailure {
    /// "If origin is null, then return failure."
    AllowOriginMissing,
    /// The value (lines joined by `, `) is not the serialised request origin.
    AllowOriginMismatch {
        /// The combined header value.
        value: Vec<u8>,
        /// The serialised request origin.
        origin: String,
        /// How many header lines there were.
        lines: usize,
    },
    /// The value is `*` and the credentials mode is `include`.
    WildcardWithCredentials,
    /// Access-Control-Allow-Credentials is not `true`.
    AllowCredentialsNotTrue {
        /// The combined value; `None` when the header is absent.
        value: Option<Vec<u8>>,
    },
}

/// Why there is no HTTP answer. The caller that does the I/O says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NetworkFailure {
    /// The name does not resolve.
    Dns,
    /// Nothing listens there, or the network refused.
    Connect,
    /// TLS failed: certificate, name or protocol.
    Tls,
    /// Closed or reset before a whole answer.
    Closed,
    /// No answer in time.
    Timeout,
    /// The answer is not HTTP.
    Malformed,
}
