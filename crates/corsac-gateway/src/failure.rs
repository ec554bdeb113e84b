//! Requests that the gateway itself has to refuse or cannot complete.

use std::fmt;

use http::StatusCode;

/// Why there is no answer of the upstream to pass on.
///
/// The text is for whoever sent the request; it names no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Failure {
    /// `Host` is missing, repeated or not a host, or differs from the request target's.
    BadHost,
    /// Both `Content-Length` and `Transfer-Encoding`.
    AmbiguousFraming,
    /// The request's headers are too large.
    RequestHeadTooLarge,
    /// `CONNECT`, which is for forward proxies.
    Connect,
    /// The client stopped in the middle of its body.
    RequestStalled,
    /// The client broke off in the middle of its body.
    RequestBroken,
    /// The upstream's name does not resolve.
    UpstreamName,
    /// Nothing listens there, or the network refused.
    UpstreamRefused,
    /// No TCP or TLS connection in time.
    UpstreamConnectTimeout,
    /// TLS failed: certificate, name or protocol.
    UpstreamTls,
    /// The upstream closed the connection before a whole response head.
    UpstreamClosed,
    /// The upstream's answer is not HTTP.
    UpstreamMalformed,
    /// The upstream's headers are too large.
    UpstreamHeadTooLarge,
    /// No response head in time.
    UpstreamTimeout,
}

/// A failure, and what the operator may know of its cause.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) failure: Failure,
    pub(crate) cause: Option<String>,
}

impl Failure {
    /// The status of the gateway's answer.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::BadHost | Self::AmbiguousFraming | Self::RequestBroken => StatusCode::BAD_REQUEST,
            Self::RequestHeadTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::Connect => StatusCode::METHOD_NOT_ALLOWED,
            Self::RequestStalled => StatusCode::REQUEST_TIMEOUT,
            Self::UpstreamName
            | Self::UpstreamRefused
            | Self::UpstreamTls
            | Self::UpstreamClosed
            | Self::UpstreamMalformed
            | Self::UpstreamHeadTooLarge => StatusCode::BAD_GATEWAY,
            Self::UpstreamConnectTimeout | Self::UpstreamTimeout => StatusCode::GATEWAY_TIMEOUT,
        }
    }

    /// A stable name in kebab case.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::BadHost => "bad-host",
            Self::AmbiguousFraming => "ambiguous-framing",
            Self::RequestHeadTooLarge => "request-head-too-large",
            Self::Connect => "connect-method",
            Self::RequestStalled => "request-stalled",
            Self::RequestBroken => "request-broken",
            Self::UpstreamName => "upstream-name",
            Self::UpstreamRefused => "upstream-refused",
            Self::UpstreamConnectTimeout => "upstream-connect-timeout",
            Self::UpstreamTls => "upstream-tls",
            Self::UpstreamClosed => "upstream-closed",
            Self::UpstreamMalformed => "upstream-malformed",
            Self::UpstreamHeadTooLarge => "upstream-head-too-large",
            Self::UpstreamTimeout => "upstream-timeout",
        }
    }

    /// Whether the connection to the client has to be closed after the answer: where its next
    /// request begins is not known.
    pub(crate) fn closes_connection(self) -> bool {
        matches!(
            self,
            Self::AmbiguousFraming | Self::RequestStalled | Self::RequestBroken
        )
    }

    /// With what the operator may know.
    pub(crate) fn because(self, cause: impl fmt::Display) -> Failed {
        Failed {
            failure: self,
            cause: Some(cause.to_string()),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BadHost => "the Host header is missing, repeated or not a host",
            Self::AmbiguousFraming => "the request has both Content-Length and Transfer-Encoding",
            Self::RequestHeadTooLarge => "the request's headers are too large",
            Self::Connect => "CONNECT is for forward proxies, and this is none",
            Self::RequestStalled => "the request body did not arrive in time",
            Self::RequestBroken => "the request body broke off",
            Self::UpstreamName => "the upstream's name does not resolve",
            Self::UpstreamRefused => "the upstream refused the connection",
            Self::UpstreamConnectTimeout => "the upstream did not accept a connection in time",
            Self::UpstreamTls => "TLS with the upstream failed",
            Self::UpstreamClosed => "the upstream closed the connection before it answered",
            Self::UpstreamMalformed => "the upstream's answer is not valid HTTP",
            Self::UpstreamHeadTooLarge => "the upstream's headers are too large",
            Self::UpstreamTimeout => "the upstream did not answer in time",
        })
    }
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        Self { failure, cause: None }
    }
}

impl From<hyper::Error> for Failed {
    /// An exchange with the upstream that ended before a response head.
    fn from(error: hyper::Error) -> Self {
        let failure = if error.is_parse_too_large() {
            Failure::UpstreamHeadTooLarge
        } else if error.is_parse() {
            Failure::UpstreamMalformed
        } else if error.is_user() {
            // The only thing of ours that can fail in there is the body that the client sends.
            Failure::RequestBroken
        } else {
            Failure::UpstreamClosed
        };
        let cause = with_sources(&error);
        failure.because(cause)
    }
}

/// What an error says, and what the errors behind it say.
pub(crate) fn with_sources(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}
