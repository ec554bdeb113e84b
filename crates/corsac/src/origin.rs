//! Origins: <https://html.spec.whatwg.org/#concept-origin> and the origin of a URL,
//! <https://url.spec.whatwg.org/#concept-url-origin>.
//!
//! Does not model `document.domain`: "same origin-domain" plays no part in CORS.

use alloc::string::{String, ToString};
use core::fmt;

use url::{Host, Url};

/// An origin, <https://html.spec.whatwg.org/#concept-origin>.
///
/// `PartialEq` compares values; for the standard's relation use [`Origin::same_origin`].
///
/// ```
/// use corsac::Origin;
/// use url::Url;
///
/// let url = Url::parse("https://api.example.com:443/v1").unwrap();
/// assert_eq!(Origin::of_url(&url).to_string(), "https://api.example.com");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// "An internal value, with no serialization it can be recreated from".
    Opaque(OpaqueOrigin),
    /// Scheme, host and port.
    Tuple(TupleOrigin),
}

/// An opaque origin, told apart from others by a number that its maker chose.
///
/// Number 0 stands for "a new opaque origin": it is same origin with nothing, itself included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OpaqueOrigin(u64);

/// A tuple origin: scheme, host and port (absent when it is the scheme's default).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TupleOrigin {
    scheme: String,
    host: Host<String>,
    port: Option<u16>,
}

impl Origin {
    /// A new opaque origin that is same origin with nothing.
    pub const UNIQUE: Self = Self::Opaque(OpaqueOrigin(0));

    /// The opaque origin with this number; equal numbers are the same origin.
    ///
    /// Number 0 gives [`Origin::UNIQUE`].
    #[must_use]
    pub fn opaque(number: u64) -> Self {
        Self::Opaque(OpaqueOrigin(number))
    }

    /// The origin of a URL, <https://url.spec.whatwg.org/#concept-url-origin>.
    ///
    /// A `blob:` URL is taken to have no blob URL entry. `file:` is "left as an exercise to the
    /// reader"; as the standard advises when in doubt, it is opaque.
    #[must_use]
    pub fn of_url(url: &Url) -> Self {
        match url.scheme() {
            "blob" => match Url::parse(url.path()) {
                // "If pathURL's scheme is "http", "https", or "file", then return pathURL's origin."
                Ok(path_url) if matches!(path_url.scheme(), "http" | "https") => Self::of_url(&path_url),
                _ => Self::UNIQUE,
            },
            "ftp" | "http" | "https" | "ws" | "wss" => match url.host() {
                Some(host) => Self::Tuple(TupleOrigin {
                    scheme: url.scheme().to_string(),
                    host: host.to_owned(),
                    port: url.port(),
                }),
                None => Self::UNIQUE,
            },
            _ => Self::UNIQUE,
        }
    }

    /// The origin that serialises to `text`, when there is exactly one such tuple origin with a
    /// scheme that has origins (`http`, `https`, `ws`, `wss`, `ftp`).
    ///
    /// `None` for everything that no URL serialises to: `null`, another case, a trailing slash,
    /// a default port, user info.
    #[must_use]
    pub fn from_serialization(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        match Self::of_url(&url) {
            origin @ Self::Tuple(_) if origin.to_string() == text => Some(origin),
            _ => None,
        }
    }

    /// Same origin, <https://html.spec.whatwg.org/#same-origin>.
    #[must_use]
    pub fn same_origin(&self, other: &Self) -> bool {
        match (self, other) {
            // "If A and B are the same opaque origin, then return true."
            (Self::Opaque(a), Self::Opaque(b)) => a == b && a.0 != 0,
            // "If A and B are both tuple origins and their schemes, hosts, and port are
            // identical, then return true."
            (Self::Tuple(a), Self::Tuple(b)) => a == b,
            _ => false,
        }
    }

    /// The tuple, unless this is an opaque origin.
    #[must_use]
    pub fn as_tuple(&self) -> Option<&TupleOrigin> {
        match self {
            Self::Tuple(tuple) => Some(tuple),
            Self::Opaque(_) => None,
        }
    }

    /// Whether this is an opaque origin.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        matches!(self, Self::Opaque(_))
    }
}

/// The ASCII serialization of an origin,
/// <https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin>.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // "If origin is an opaque origin, then return "null"."
            Self::Opaque(_) => f.write_str("null"),
            Self::Tuple(tuple) => tuple.fmt(f),
        }
    }
}

impl TupleOrigin {
    /// The scheme, lower case, without the colon.
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The host.
    #[must_use]
    pub fn host(&self) -> &Host<String> {
        &self.host
    }

    /// The port, absent when it is the scheme's default.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.port
    }
}

impl fmt::Display for TupleOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.host)?;
        match self.port {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }
}
