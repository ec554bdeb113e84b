//! HTTP/1.1, one exchange at a time on a connection.
//!
//! Written here rather than given to hyper, because the report shows what was on the wire: hyper
//! writes header names in one case of its own, groups repeated lines, and refuses answers that
//! browsers accept (folded lines, more than a hundred headers).

use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use bytes::{Buf as _, Bytes, BytesMut};
use corsac_fetch::{HeaderList, NetworkFailure};
use tokio::io::{AsyncReadExt as _, AsyncWrite as _};
use url::Url;

use crate::exchange::Failure;
use crate::network::response_head::{self, ResponseHead};
use crate::network::stream::Stream;
use crate::network::web_socket::check_upgrade;

/// An open connection.
pub(crate) struct Connection {
    stream: Stream,
    /// What came and was not yet taken.
    pub(crate) received: BytesMut,
    /// What is still to be written of the request.
    unsent: Bytes,
    is_flushed: bool,
    /// Writing failed: what the server has to say is read, and then this connection is over.
    is_broken: bool,
}

impl Connection {
    pub(crate) fn new(stream: Stream) -> Self {
        Self {
            stream,
            received: BytesMut::new(),
            unsent: Bytes::new(),
            is_flushed: true,
            is_broken: false,
        }
    }

    /// Whether nothing of the last exchange is left on either side.
    pub(crate) fn is_at_rest(&self) -> bool {
        self.unsent.is_empty() && self.is_flushed && self.received.is_empty() && !self.is_broken
    }

    /// Whether the server has closed a connection at rest. It has nothing to say before it is asked:
    /// whatever can be read is its end, or noise.
    pub(crate) fn is_closed(&mut self) -> bool {
        let mut context = Context::from_waker(Waker::noop());
        let mut byte = [0];
        pin!(self.stream.read(&mut byte)).poll(&mut context).is_ready()
    }

    /// Begins to write the request, and reads the head of the answer.
    pub(crate) async fn send(
        &mut self,
        message: Vec<u8>,
        is_web_socket: bool,
    ) -> Result<ResponseHead, Failure> {
        self.unsent = Bytes::from(message);
        self.is_flushed = false;
        let mut informational = 0;
        loop {
            match response_head::parse(&self.received)? {
                Some(head) if head.status == 101 => {
                    check_upgrade(&head, is_web_socket)?;
                    return Ok(head);
                }
                Some(head) if (100..200).contains(&head.status) => {
                    informational += 1;
                    if informational > MAX_INFORMATIONAL {
                        return Err(malformed("the server sent 1xx answers without end"));
                    }
                    self.received.advance(head.length.min(self.received.len()));
                }
                Some(head) => {
                    self.received.advance(head.length.min(self.received.len()));
                    return Ok(head);
                }
                None => self.read_head().await?,
            }
        }
    }

    async fn read_head(&mut self) -> Result<(), Failure> {
        match self.read().await {
            Ok(0) if self.received.is_empty() => Err(Failure::unanswered(
                "the server closed the connection without an answer",
            )),
            Ok(0) => Err(Failure::new(
                NetworkFailure::Closed,
                "the server closed the connection in the middle of the headers",
            )),
            Ok(_) => Ok(()),
            Err(error) => {
                let mut failure = Failure::io(&error, "reading the answer");
                failure.is_unanswered = self.received.is_empty();
                Err(failure)
            }
        }
    }

    /// Reads some bytes into `received`; how many. That a TLS peer closed without saying so is an end
    /// like any other.
    pub(crate) async fn read(&mut self) -> io::Result<usize> {
        self.received.reserve(READ_SIZE);
        // Side by side: a server may answer, and stop reading, before the whole body has left.
        let read = poll_fn(|context| {
            self.poll_unsent(context);
            pin!(self.stream.read_buf(&mut self.received)).poll(context)
        });
        match read.await {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(0),
            read => read,
        }
    }

    /// Writes as much of the request as can be. When writing fails, reading tells more: there may be
    /// an answer, or the reason.
    fn poll_unsent(&mut self, context: &mut Context<'_>) {
        while !self.unsent.is_empty() {
            match Pin::new(&mut self.stream).poll_write(context, &self.unsent) {
                Poll::Ready(Ok(written)) if written > 0 => self.unsent.advance(written),
                Poll::Ready(_) => {
                    self.is_broken = true;
                    self.unsent.clear();
                }
                Poll::Pending => return,
            }
        }
        if !self.is_flushed && !self.is_broken && Pin::new(&mut self.stream).poll_flush(context).is_ready() {
            self.is_flushed = true;
        }
    }
}

/// The request as it is written.
pub(crate) fn request_bytes(method: &[u8], url: &Url, headers: &HeaderList, body: Option<&[u8]>) -> Vec<u8> {
    let body = body.unwrap_or_default();
    let mut bytes = Vec::with_capacity(1024 + body.len());
    bytes.extend_from_slice(method);
    bytes.push(b' ');
    bytes.extend_from_slice(url.path().as_bytes());
    if let Some(query) = url.query() {
        bytes.push(b'?');
        bytes.extend_from_slice(query.as_bytes());
    }
    bytes.extend_from_slice(b" HTTP/1.1\r\n");
    for (name, value) in headers.iter() {
        bytes.extend_from_slice(name);
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body);
    bytes
}

fn malformed(detail: &str) -> Failure {
    Failure::new(NetworkFailure::Malformed, detail)
}

const READ_SIZE: usize = 8 * 1024;

/// An endless series of 1xx answers is not waited out.
const MAX_INFORMATIONAL: usize = 16;
