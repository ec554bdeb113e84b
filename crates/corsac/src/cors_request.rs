//! What kind of request this is, <https://fetch.spec.whatwg.org/#http-requests>.

use crate::request_headers::{RequestHeaderName, RequestHeaders};

/// A request, classified.
#[derive(Debug)]
pub enum CorsRequest<'r, H: RequestHeaders + ?Sized> {
    /// No `Origin`: nothing to decide.
    NotCors,
    /// `OPTIONS` with `Origin` and `Access-Control-Request-Method`.
    Preflight {
        /// The value of `Origin`.
        origin: &'r H::Value,
        /// The value of `Access-Control-Request-Method`; `None` when it has more than one line.
        method: Option<&'r H::Value>,
        /// Where the lines of `Access-Control-Request-Headers` are.
        headers: &'r H,
    },
    /// Any other request with `Origin`.
    Actual {
        /// The value of `Origin`.
        origin: &'r H::Value,
    },
    /// A request that no browser sends.
    Malformed(MalformedRequest),
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
    pub fn classify(method: &[u8], headers: &'r H) -> Self {
        let mut origins = headers.lines(RequestHeaderName::Origin);
        let Some(origin) = origins.next() else {
            return Self::NotCors;
        };
        if origins.next().is_some() {
            return Self::Malformed(MalformedRequest::OriginRepeated);
        }
        if origin.as_ref().len() > MAX_ORIGIN_BYTES {
            return Self::Malformed(MalformedRequest::OriginTooLong);
        }
        if method != b"OPTIONS" {
            return Self::Actual { origin };
        }
        let mut methods = headers.lines(RequestHeaderName::AccessControlRequestMethod);
        match (methods.next(), methods.next()) {
            (None, _) => Self::Actual { origin },
            (Some(method), None) => Self::Preflight {
                origin,
                method: Some(method),
                headers,
            },
            (Some(_), Some(_)) => Self::Preflight {
                origin,
                method: None,
                headers,
            },
        }
    }
}

/// A scheme of 64 bytes, `://`, a host name of 253 bytes with its final dot, and `:65535`.
pub const MAX_ORIGIN_BYTES: usize = 64 + 3 + 254 + 6;
