//! The body of an answer as it comes in, before content decoding.

use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;

use crate::exchange::BodyLength;
use crate::network::http1_body::Http1Body;
use crate::service::ServiceBody;

/// The body of an answer.
pub(crate) struct Incoming {
    source: Source,
    /// What was read ahead.
    ahead: Vec<Bytes>,
}

pub(crate) enum Source {
    Http1(Box<Http1Body>),
    Http2(h2::RecvStream),
    Service(ServiceBody),
}

/// Why a body did not come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BodyFailure {
    /// The connection ended first.
    BrokenOff,
    /// What came is not the coding it says it is in.
    Malformed(&'static str),
    /// A service's body failed.
    Service(String),
}

/// What was read of a body that nobody wants.
pub(crate) struct Measured {
    pub(crate) length: BodyLength,
    /// Its first bytes.
    pub(crate) start: Vec<u8>,
}

impl Incoming {
    pub(crate) const fn new(source: Source) -> Self {
        Self {
            source,
            ahead: Vec::new(),
        }
    }

    /// The next bytes; `None` at the end.
    pub(crate) async fn data(&mut self) -> Result<Option<Bytes>, BodyFailure> {
        if !self.ahead.is_empty() {
            return Ok(Some(self.ahead.remove(0)));
        }
        self.read().await
    }

    /// Reads ahead, up to this length or the end; what was read is still to come.
    pub(crate) async fn peek(&mut self, length: usize) -> Vec<u8> {
        let mut start = Vec::new();
        while start.len() < length {
            match self.read().await {
                Ok(Some(data)) => {
                    start.extend_from_slice(&data);
                    self.ahead.push(data);
                }
                // A failure comes again when the body is read.
                Ok(None) | Err(_) => break,
            }
        }
        start
    }

    /// Reads on for a bounded time and length. No verdict depends on more.
    pub(crate) async fn measure(&mut self) -> Measured {
        let mut start = Vec::new();
        let mut length = 0;
        let deadline = tokio::time::sleep(BODY_TIME);
        let mut deadline = pin!(deadline);
        while length < BODY_BYTES {
            let data = tokio::select! {
                biased;
                data = self.data() => data,
                () = &mut deadline => break,
            };
            match data {
                Ok(Some(data)) => {
                    length += data.len() as u64;
                    if start.len() < START {
                        start.extend_from_slice(&data);
                    }
                }
                Ok(None) => return Measured::new(BodyLength::Whole(length), start),
                Err(_) => return Measured::new(BodyLength::BrokenOff(length), start),
            }
        }
        Measured::new(BodyLength::AtLeast(length), start)
    }

    /// Reads what has arrived, and waits for nothing: a connection whose body is over is used again.
    pub(crate) fn drain(&mut self) -> BodyLength {
        let mut context = Context::from_waker(Waker::noop());
        let mut length = 0;
        while length < BODY_BYTES {
            match pin!(self.data()).poll(&mut context) {
                Poll::Ready(Ok(Some(data))) => length += data.len() as u64,
                Poll::Ready(Ok(None)) => return BodyLength::Whole(length),
                Poll::Ready(Err(_)) => return BodyLength::BrokenOff(length),
                Poll::Pending => break,
            }
        }
        BodyLength::AtLeast(length)
    }

    async fn read(&mut self) -> Result<Option<Bytes>, BodyFailure> {
        match &mut self.source {
            Source::Http1(body) => body.data().await,
            Source::Http2(body) => match body.data().await {
                Some(Ok(data)) => {
                    // Fails only when the stream is over, which the next read says.
                    let _ = body.flow_control().release_capacity(data.len());
                    Ok(Some(data))
                }
                Some(Err(_)) => Err(BodyFailure::BrokenOff),
                None => Ok(None),
            },
            Source::Service(body) => poll_fn(|context| body.poll_data(context))
                .await
                .transpose()
                .map_err(BodyFailure::Service),
        }
    }
}

impl Measured {
    const fn new(length: BodyLength, start: Vec<u8>) -> Self {
        Self { length, start }
    }
}

/// No verdict depends on the body; this much is read to say how long it is.
const BODY_BYTES: u64 = 1024 * 1024;

/// And for so long: an event stream never ends.
const BODY_TIME: Duration = Duration::from_secs(1);

/// So much of it is kept: more than Opaque Response Blocking looks at, as it may be compressed.
const START: usize = 4096;
