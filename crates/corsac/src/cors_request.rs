//! What kind of request this is, <https://fetch.spec.whatwg.org/#http-requests>, and where it goes.

use crate::request_headers::{RequestHeaderName, RequestHeaders, Single, single};

/// A request, classified. It borrows all it is made of.
///
/// ```
/// use corsac::{CorsRequest, RequestClass, RequestTarget};
///
/// let headers = [("Host", "api.example.com"), ("Origin", "https://app.example.com")];
/// let request = CorsRequest::classify(b"GET", RequestTarget::path("/items?page=2"), headers.as_slice());
/// assert!(matches!(request.class(), RequestClass::Actual { .. }));
/// ```
#[derive(Debug)]
pub struct CorsRequest<'r, H: RequestHeaders + ?Sized> {
    pub(crate) method: &'r [u8],
    pub(crate) target: RequestTarget<'r>,
    pub(crate) headers: &'r H,
    class: RequestClass<'r, H::Value>,
}

/// What a request is to CORS.
#[derive(Debug)]
pub enum RequestClass<'r, V> {
    /// No `Origin`.
    NotCors,
    /// `OPTIONS` with `Origin` and `Access-Control-Request-Method`.
    Preflight {
        /// The value of `Origin`.
        origin: &'r V,
        /// The value of `Access-Control-Request-Method`; `None` when it has more than one line.
        method: Option<&'r V>,
    },
    /// Any other request with `Origin`.
    Actual {
        /// The value of `Origin`.
        origin: &'r V,
    },
    /// A request that no browser sends.
    Malformed(MalformedRequest),
}

/// Where a request goes, as it stands in the request line or in HTTP/2's pseudo-headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestTarget<'r> {
    /// Host and port of an absolute target, or `:authority`. `None`: the `Host` header says.
    pub authority: Option<&'r str>,
    /// The path, its query cut off or not.
    pub path: &'r str,
}

/// Why no browser sends such a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MalformedRequest {
    /// More than one `Origin` line.
    OriginRepeated,
    /// `Origin` is longer than any serialised origin.
    OriginTooLong,
}

impl<'r, H: RequestHeaders + ?Sized> CorsRequest<'r, H> {
    /// Classify a request by its method and headers.
    #[must_use]
    pub fn classify(method: &'r [u8], target: RequestTarget<'r>, headers: &'r H) -> Self {
        Self {
            method,
            target,
            headers,
            class: RequestClass::of(method, headers),
        }
    }

    /// What it is.
    #[must_use]
    pub fn class(&self) -> &RequestClass<'r, H::Value> {
        &self.class
    }

    /// The value of `Origin` in a request that is not malformed.
    pub(crate) fn origin(&self) -> Option<&'r [u8]> {
        match self.class {
            RequestClass::Preflight { origin, .. } | RequestClass::Actual { origin } => Some(origin.as_ref()),
            RequestClass::NotCors | RequestClass::Malformed(_) => None,
        }
    }

    /// Host and port that it asks for; `None` when it names none, or several.
    pub(crate) fn authority(&self) -> Option<&'r [u8]> {
        match self.target.authority {
            // "When an origin server receives a request with an absolute-form of request-target, the
            // origin server MUST ignore the received Host header field (if any) and instead use the
            // host information of the request-target."
            // <https://httpwg.org/specs/rfc9112.html#absolute-form>
            Some(authority) => Some(authority.as_bytes()),
            None => match single(self.headers, RequestHeaderName::Host) {
                Single::One(host) => Some(host.as_ref()),
                Single::Absent | Single::Repeated => None,
            },
        }
    }
}

#[cfg(feature = "http")]
impl<'r> CorsRequest<'r, http::HeaderMap> {
    /// Classify a request of the `http` crate.
    #[must_use]
    pub fn of<B>(request: &'r http::Request<B>) -> Self {
        Self::classify(
            request.method().as_str().as_bytes(),
            RequestTarget::of_uri(request.uri()),
            request.headers(),
        )
    }

    /// Classify the head of a request of the `http` crate.
    #[must_use]
    pub fn of_parts(parts: &'r http::request::Parts) -> Self {
        Self::classify(
            parts.method.as_str().as_bytes(),
            RequestTarget::of_uri(&parts.uri),
            &parts.headers,
        )
    }
}

impl<'r, V: AsRef<[u8]>> RequestClass<'r, V> {
    fn of<H: RequestHeaders<Value = V> + ?Sized>(method: &[u8], headers: &'r H) -> Self {
        let origin = match single(headers, RequestHeaderName::Origin) {
            Single::Absent => return Self::NotCors,
            Single::Repeated => return Self::Malformed(MalformedRequest::OriginRepeated),
            Single::One(origin) if origin.as_ref().len() > MAX_ORIGIN_BYTES => {
                return Self::Malformed(MalformedRequest::OriginTooLong);
            }
            Single::One(origin) => origin,
        };
        if method != b"OPTIONS" {
            return Self::Actual { origin };
        }
        match single(headers, RequestHeaderName::AccessControlRequestMethod) {
            Single::Absent => Self::Actual { origin },
            Single::One(method) => Self::Preflight {
                origin,
                method: Some(method),
            },
            Single::Repeated => Self::Preflight { origin, method: None },
        }
    }
}

impl<'r> RequestTarget<'r> {
    /// A target in origin form: a path, and perhaps a query. The `Host` header says the host.
    #[must_use]
    pub const fn path(path: &'r str) -> Self {
        Self {
            authority: None,
            path,
        }
    }

    #[cfg(feature = "http")]
    /// The target of a URI of the `http` crate.
    #[must_use]
    pub fn of_uri(uri: &'r http::Uri) -> Self {
        Self {
            authority: uri.authority().map(http::uri::Authority::as_str),
            path: uri.path(),
        }
    }
}

/// A scheme of 64 bytes, `://`, a host name of 253 bytes with its final dot, and `:65535`.
pub const MAX_ORIGIN_BYTES: usize = 64 + 3 + 254 + 6;
