//! Why the API throws instead of fetching.

use alloc::string::String;

use crate::request_modes::Mode;

/// Why the API throws instead of fetching.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TypeErrorReason {
    /// The URL does not parse.
    InvalidUrl(String),
    /// The URL has user info.
    UrlWithCredentials(String),
    /// The method is not a token.
    InvalidMethod(String),
    /// `CONNECT`, `TRACE` or `TRACK`.
    ForbiddenMethod(String),
    /// A method that no-cors does not allow.
    NoCorsMethod(String),
    /// A header name that is not a token.
    InvalidHeaderName(String),
    /// A header value with NUL, CR or LF, or a character above U+00FF.
    InvalidHeaderValue {
        /// The header's name.
        name: String,
        /// The value as written.
        value: String,
    },
    /// GET or HEAD with a body.
    BodyWithGetOrHead,
    /// A stream body in no-cors mode, or one that the user agent does not support.
    StreamBody,
    /// Mode `navigate`, `websocket` or `webtransport` from a script.
    Mode(Mode),
    /// A worker's script from another origin.
    CrossOriginWorker(String),
    /// Cache mode `only-if-cached` in another mode than `same-origin`.
    OnlyIfCached,
}
