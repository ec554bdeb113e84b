//! One request as it went over the wire and what came back: facts, no judgement.

use std::fmt;
use std::net::SocketAddr;

use corsac_fetch::{HeaderList, HttpRequest, HttpRequestKind, HttpResponse, NetworkFailure};
use url::Url;

/// A request as sent and its answer as received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Index into the chain of URLs: 0 is the URL asked for.
    pub hop: usize,
    /// Preflight or actual.
    pub kind: HttpRequestKind,
    /// The method.
    pub method: Vec<u8>,
    /// The URL.
    pub url: Url,
    /// Every header as written to the wire, in order. Without the pseudo-headers of HTTP/2.
    /// Empty when no connection came about.
    pub headers: HeaderList,
    /// The length of the body sent.
    pub body_length: usize,
    /// The other end, when there was a connection.
    pub remote: Option<SocketAddr>,
    /// The TLS session, when there was one.
    pub tls: Option<Tls>,
    /// The answer, or why there is none.
    pub answer: Result<Answer, Failure>,
}

impl Exchange {
    /// A request that has no answer yet.
    pub(crate) fn unanswered(request: &HttpRequest) -> Self {
        Self {
            hop: request.hop,
            kind: request.kind,
            method: request.method.clone(),
            url: request.url.clone(),
            headers: HeaderList::new(),
            body_length: request.body.as_ref().map_or(0, Vec::len),
            remote: None,
            tls: None,
            answer: Err(Failure::new(NetworkFailure::Timeout, "no answer in time")),
        }
    }

    /// The answer as the state machine takes it.
    ///
    /// # Errors
    /// The kind of failure, when there is no answer.
    pub fn response(&self) -> Result<HttpResponse, NetworkFailure> {
        match &self.answer {
            Ok(answer) => Ok(HttpResponse {
                status: answer.status,
                headers: answer.headers.clone(),
                body_start: answer.body_start.clone(),
            }),
            Err(failure) => Err(failure.kind),
        }
    }
}

/// One line: what was sent and what came.
impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = String::from_utf8_lossy(&self.method);
        write!(f, "{method} {}", self.url)?;
        for name in [
            "origin",
            "access-control-request-method",
            "access-control-request-headers",
        ] {
            if let Some(value) = self.headers.get(name) {
                write!(f, ", {name}: {}", String::from_utf8_lossy(&value))?;
            }
        }
        match &self.answer {
            Ok(answer) => write!(f, " -> {}", answer.status),
            Err(failure) => write!(f, " -> {}", failure.detail),
        }
    }
}

/// An HTTP answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The protocol it came in.
    pub protocol: Protocol,
    /// The status.
    pub status: u16,
    /// The reason phrase; empty in HTTP/2.
    pub reason_phrase: Vec<u8>,
    /// All header lines in order, values without surrounding white space.
    pub headers: HeaderList,
    /// How long the body is, as far as it was read. That of a response which a page reads is `AtLeast(0)`.
    pub body: BodyLength,
    /// The first bytes of the body, decoded, where they were read: Opaque Response Blocking looks at
    /// them.
    pub body_start: Option<Vec<u8>>,
}

/// The protocol of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// HTTP/1.0
    Http10,
    /// HTTP/1.1
    Http11,
    /// HTTP/2
    Http2,
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http10 => "HTTP/1.0",
            Self::Http11 => "HTTP/1.1",
            Self::Http2 => "HTTP/2",
        })
    }
}

/// A TLS session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tls {
    /// Whether the certificate was checked. A browser always does.
    pub certificate_checked: bool,
}

/// How much of a body was read. No verdict depends on a body, so reading stops early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BodyLength {
    /// The whole body, of this many bytes (before any content decoding).
    Whole(u64),
    /// Reading stopped here: a long or slow body.
    AtLeast(u64),
    /// The connection ended here, before the body did.
    BrokenOff(u64),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What the state machine is told.
    pub kind: NetworkFailure,
    /// What happened, in words.
    pub detail: String,
    /// No byte of an answer came: the request can go again over another connection.
    pub(crate) is_unanswered: bool,
}

impl Failure {
    pub(crate) fn new(kind: NetworkFailure, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            is_unanswered: false,
        }
    }

    /// The connection ended before a byte of an answer.
    pub(crate) fn unanswered(detail: &str) -> Self {
        Self {
            is_unanswered: true,
            ..Self::new(NetworkFailure::Closed, detail)
        }
    }

    /// A failure of reading or writing an established connection.
    pub(crate) fn io(error: &std::io::Error, doing: &str) -> Self {
        let kind = match error.kind() {
            std::io::ErrorKind::TimedOut => NetworkFailure::Timeout,
            std::io::ErrorKind::InvalidData => NetworkFailure::Malformed,
            _ => NetworkFailure::Closed,
        };
        Self::new(kind, format!("{} while {doing}", error.kind()))
    }
}
