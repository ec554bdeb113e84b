//! How the engine reads a request: three header names, each with its lines in order.

/// A request's headers, in whatever form an adapter has them.
///
/// Implemented for `http::HeaderMap` (feature `http`) and for slices of name-value pairs.
pub trait RequestHeaders {
    /// A header value. Cloning one must be cheap: an allowed origin that a pattern matched is
    /// handed back as such a clone.
    type Value: AsRef<[u8]> + Clone;

    /// Every line of this header, in order.
    fn lines(&self, name: RequestHeaderName) -> impl Iterator<Item = &Self::Value>;
}

/// A request header that CORS reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestHeaderName {
    /// `Origin`
    Origin,
    /// `Access-Control-Request-Method`
    AccessControlRequestMethod,
    /// `Access-Control-Request-Headers`
    AccessControlRequestHeaders,
}

impl RequestHeaderName {
    /// All three.
    pub const ALL: [Self; 3] = [
        Self::Origin,
        Self::AccessControlRequestMethod,
        Self::AccessControlRequestHeaders,
    ];

    /// The name in lower case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::AccessControlRequestMethod => "access-control-request-method",
            Self::AccessControlRequestHeaders => "access-control-request-headers",
        }
    }
}

impl<N: AsRef<[u8]>, V: AsRef<[u8]> + Clone> RequestHeaders for [(N, V)] {
    type Value = V;

    fn lines(&self, name: RequestHeaderName) -> impl Iterator<Item = &V> {
        self.iter()
            .filter(move |(header, _)| header.as_ref().eq_ignore_ascii_case(name.as_str().as_bytes()))
            .map(|(_, value)| value)
    }
}

#[cfg(feature = "http")]
impl RequestHeaders for http::HeaderMap {
    type Value = http::HeaderValue;

    fn lines(&self, name: RequestHeaderName) -> impl Iterator<Item = &http::HeaderValue> {
        self.get_all(match name {
            RequestHeaderName::Origin => http::header::ORIGIN,
            RequestHeaderName::AccessControlRequestMethod => http::header::ACCESS_CONTROL_REQUEST_METHOD,
            RequestHeaderName::AccessControlRequestHeaders => http::header::ACCESS_CONTROL_REQUEST_HEADERS,
        })
        .iter()
    }
}
