//! One request as it went over the wire and what came back: facts, no judgement.

use std::fmt;
use std::net::SocketAddr;

use corsac_fetch::{HeaderList, HttpRequestKind, HttpResponse, NetworkFailure};
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
    /// The answer as the state machine takes it.
    ///
    /// # Errors
    /// The kind of failure, when there is no answer.
    pub fn response(&self) -> Result<HttpResponse, NetworkFailure> {
        match &self.answer {
            Ok(answer) => Ok(HttpResponse {
                status: answer.status,
                headers: answer.headers.clone(),
                body_start: None,
            }),
            Err(failure) => Err(failure.kind),
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
    /// How long the body is, as far as it was read.
    pub body: BodyLength,
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
}

impl Failure {
    pub(crate) fn new(kind: NetworkFailure, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
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
