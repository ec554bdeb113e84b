//! The socket of a client: bounds the time a client may take, and watches the framing of its
//! requests.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::deadline::Deadline;
use crate::framing_watch::FramingWatch;

/// A client's socket.
pub(crate) struct ClientStream {
    socket: TcpStream,
    activity: Arc<ClientActivity>,
    framing: FramingWatch,
    timeout: Duration,
    head: Waiting,
    write: Waiting,
    requests_seen: u32,
}

/// What the two sides of a client's connection, bytes and requests, tell each other. Both run on
/// one thread; the type is atomic because hyper wants to send sockets of upgraded connections.
#[derive(Default)]
pub(crate) struct ClientActivity {
    begun: AtomicU32,
    running: AtomicU32,
    framing_conflict: AtomicBool,
}

/// A request between its head and the end of its answer.
pub(crate) struct Running(Arc<ClientActivity>);

#[derive(Default)]
struct Waiting {
    until: Option<Instant>,
    deadline: Deadline,
}

impl ClientStream {
    /// `timeout` bounds the wait for a whole request head and for the client to take bytes.
    pub(crate) fn new(socket: TcpStream, activity: Arc<ClientActivity>, timeout: Duration) -> Self {
        Self {
            socket,
            activity,
            framing: FramingWatch::default(),
            timeout,
            head: Waiting::default(),
            write: Waiting::default(),
            requests_seen: 0,
        }
    }

    /// Bound the wait for a request head, from the end of the last answer on. While a request
    /// runs, its own deadlines count.
    fn poll_head_timeout(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let begun = self.activity.begun.load(Ordering::Relaxed);
        if self.activity.running.load(Ordering::Relaxed) > 0 {
            self.head.until = None;
            return Poll::Pending;
        }
        if begun != self.requests_seen {
            self.requests_seen = begun;
            self.head.until = None;
        }
        self.head.poll(self.timeout, context)
    }

    fn bound_write<T>(
        &mut self,
        written: Poll<io::Result<T>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.write.until = None;
            return written;
        }
        self.write.poll(self.timeout, context).map(|()| Err(timed_out()))
    }
}

impl ClientActivity {
    /// A request head has arrived.
    pub(crate) fn begin(self: &Arc<Self>) -> Running {
        self.begun.fetch_add(1, Ordering::Relaxed);
        self.running.fetch_add(1, Ordering::Relaxed);
        Running(Arc::clone(self))
    }

    /// Whether a head with `Content-Length` and `Transfer-Encoding` may have come in. Once it
    /// may have, this stays so: which of several pipelined requests it was is not known.
    pub(crate) fn has_framing_conflict(&self) -> bool {
        self.framing_conflict.load(Ordering::Relaxed)
    }
}

impl Clone for Running {
    fn clone(&self) -> Self {
        self.0.running.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(&self.0))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Waiting {
    fn poll(&mut self, timeout: Duration, context: &mut Context<'_>) -> Poll<()> {
        let until = *self.until.get_or_insert_with(|| Instant::now() + timeout);
        self.deadline.poll_passed(until, context)
    }
}

impl AsyncRead for ClientStream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.socket).poll_read(context, buffer);
        if read.is_pending() {
            return this.poll_head_timeout(context).map(|()| Err(timed_out()));
        }
        let bytes = buffer.filled().get(before..).unwrap_or_default();
        if this.framing.observe(bytes) {
            this.activity.framing_conflict.store(true, Ordering::Relaxed);
        }
        read
    }
}

impl AsyncWrite for ClientStream {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.socket).poll_write(context, bytes);
        this.bound_write(written, context)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.socket).poll_write_vectored(context, slices);
        this.bound_write(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().socket).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().socket).poll_shutdown(context)
    }
}

fn timed_out() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "the client took too long")
}
