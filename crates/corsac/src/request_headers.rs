//! How the engine reads a request: a few header names, each with its lines in order.

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

/// A request header that the engine reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestHeaderName {
    /// `Origin`
    Origin,
    /// `Access-Control-Request-Method`
    AccessControlRequestMethod,
    /// `Access-Control-Request-Headers`
    AccessControlRequestHeaders,
    /// `Access-Control-Request-Private-Network`
    AccessControlRequestPrivateNetwork,
    /// `Host`
    Host,
    /// `Sec-Fetch-Site`
    SecFetchSite,
    /// `Referer`
    Referer,
    /// `Upgrade`
    Upgrade,
}

/// What the lines of a header that has one value come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Single<T> {
    Absent,
    One(T),
    Repeated,
}

impl RequestHeaderName {
    /// The request headers of CORS.
    pub const CORS: [Self; 3] = [
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
            Self::AccessControlRequestPrivateNetwork => "access-control-request-private-network",
            Self::Host => "host",
            Self::SecFetchSite => "sec-fetch-site",
            Self::Referer => "referer",
            Self::Upgrade => "upgrade",
        }
    }
}

/// The only line of this header.
#[inline]
pub(crate) fn single<H: RequestHeaders + ?Sized>(headers: &H, name: RequestHeaderName) -> Single<&H::Value> {
    let mut lines = headers.lines(name);
    match (lines.next(), lines.next()) {
        (None, _) => Single::Absent,
        (Some(line), None) => Single::One(line),
        (Some(_), Some(_)) => Single::Repeated,
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

    #[inline]
    fn lines(&self, name: RequestHeaderName) -> impl Iterator<Item = &http::HeaderValue> {
        self.get_all(name.header_name()).iter()
    }
}

#[cfg(feature = "http")]
impl RequestHeaderName {
    /// By reference: a name that is looked up by value has to be dropped again.
    const fn header_name(self) -> &'static http::HeaderName {
        use http::header::{self, HeaderName};

        static ORIGIN: HeaderName = header::ORIGIN;
        static REQUEST_METHOD: HeaderName = header::ACCESS_CONTROL_REQUEST_METHOD;
        static REQUEST_HEADERS: HeaderName = header::ACCESS_CONTROL_REQUEST_HEADERS;
        static PRIVATE_NETWORK: HeaderName =
            HeaderName::from_static(RequestHeaderName::AccessControlRequestPrivateNetwork.as_str());
        static HOST: HeaderName = header::HOST;
        static SEC_FETCH_SITE: HeaderName = HeaderName::from_static(RequestHeaderName::SecFetchSite.as_str());
        static REFERER: HeaderName = header::REFERER;
        static UPGRADE: HeaderName = header::UPGRADE;
        match self {
            Self::Origin => &ORIGIN,
            Self::AccessControlRequestMethod => &REQUEST_METHOD,
            Self::AccessControlRequestHeaders => &REQUEST_HEADERS,
            Self::AccessControlRequestPrivateNetwork => &PRIVATE_NETWORK,
            Self::Host => &HOST,
            Self::SecFetchSite => &SEC_FETCH_SITE,
            Self::Referer => &REFERER,
            Self::Upgrade => &UPGRADE,
        }
    }
}
