//! Bodies pass through frame by frame, as fast as the slower side takes them; nothing is collected.

use std::cell::Cell;
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::StatusCode;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::Instant;

use crate::client_stream::Running;
use crate::log::Line;
use crate::pool::UpstreamConnection;
use crate::worker::Worker;

/// What a client uploads, on its way to the upstream.
pub(crate) struct RequestBody {
    incoming: Option<Incoming>,
    upload: Option<Rc<Upload>>,
}

/// How an upload goes. The wait for the upstream's answer begins anew with each piece.
pub(crate) struct Upload {
    last_moved: Cell<Instant>,
    waits_for_client: Cell<bool>,
}

impl RequestBody {
    /// No body.
    pub(crate) fn empty() -> Self {
        Self {
            incoming: None,
            upload: None,
        }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.incoming.is_none()
    }

    /// The client's body, and where to see how far it is, if there is one.
    pub(crate) fn new(incoming: Incoming) -> (Self, Option<Rc<Upload>>) {
        if incoming.is_end_stream() {
            return (Self::empty(), None);
        }
        let upload = Rc::new(Upload {
            last_moved: Cell::new(Instant::now()),
            waits_for_client: Cell::new(false),
        });
        let body = Self {
            incoming: Some(incoming),
            upload: Some(Rc::clone(&upload)),
        };
        (body, Some(upload))
    }
}

impl Upload {
    /// When the last piece came.
    pub(crate) fn last_moved(&self) -> Instant {
        self.last_moved.get()
    }

    /// Whether the upstream would take more than the client gives.
    pub(crate) fn waits_for_client(&self) -> bool {
        self.waits_for_client.get()
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let this = self.get_mut();
        let Some(incoming) = &mut this.incoming else {
            return Poll::Ready(None);
        };
        let frame = Pin::new(incoming).poll_frame(context);
        if let Some(upload) = &this.upload {
            upload.waits_for_client.set(frame.is_pending());
            if frame.is_ready() {
                upload.last_moved.set(Instant::now());
            }
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.as_ref().is_none_or(Incoming::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming
            .as_ref()
            .map_or_else(|| SizeHint::with_exact(0), Incoming::size_hint)
    }
}

/// What a client gets.
pub(crate) struct ResponseBody {
    content: Content,
    _running: Running,
}

enum Content {
    Nothing,
    Text(Option<Bytes>),
    Upstream(Box<Download>),
}

/// A response body on its way from the upstream, with the connection that it comes on.
struct Download {
    incoming: Incoming,
    ended: bool,
    waiting_since: Option<Instant>,
    connection: Option<UpstreamConnection>,
    worker: Rc<Worker>,
    line: Option<(Line, StatusCode)>,
}

/// Why a response body broke off. The client sees it as a connection that closes too early.
#[derive(Debug)]
pub(crate) enum ResponseBodyError {
    Upstream(hyper::Error),
    Stalled,
}

impl ResponseBody {
    pub(crate) fn nothing(running: Running) -> Self {
        Self {
            content: Content::Nothing,
            _running: running,
        }
    }

    pub(crate) fn text(text: String, running: Running) -> Self {
        Self {
            content: Content::Text(Some(Bytes::from(text))),
            _running: running,
        }
    }

    pub(crate) fn upstream(
        incoming: Incoming,
        connection: UpstreamConnection,
        worker: Rc<Worker>,
        running: Running,
    ) -> Self {
        Self {
            content: Content::Upstream(Box::new(Download {
                incoming,
                ended: false,
                waiting_since: None,
                connection: Some(connection),
                worker,
                line: None,
            })),
            _running: running,
        }
    }

    /// Should this body break off, write that down as part of this request.
    pub(crate) fn write_down_breaks(&mut self, line: Line, status: StatusCode) {
        if let Content::Upstream(download) = &mut self.content {
            download.line = Some((line, status));
        }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = ResponseBodyError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ResponseBodyError>>> {
        match &mut self.get_mut().content {
            Content::Nothing => Poll::Ready(None),
            Content::Text(text) => Poll::Ready(text.take().map(|text| Ok(Frame::data(text)))),
            Content::Upstream(download) => download.poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.content {
            Content::Nothing => true,
            Content::Text(text) => text.is_none(),
            Content::Upstream(download) => download.incoming.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Content::Nothing => SizeHint::with_exact(0),
            Content::Text(text) => SizeHint::with_exact(text.as_ref().map_or(0, |text| text.len() as u64)),
            Content::Upstream(download) => download.incoming.size_hint(),
        }
    }
}

impl Download {
    fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ResponseBodyError>>> {
        let frame = self.poll_incoming(context);
        if let Poll::Ready(Some(Err(error))) = &frame
            && let Some((line, status)) = self.line.take()
        {
            line.broke_off(self.worker.log(), status, error);
        }
        frame
    }

    fn poll_incoming(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ResponseBodyError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.incoming).poll_frame(context) {
            self.waiting_since = None;
            self.ended |= frame.is_none();
            return Poll::Ready(frame.map(|frame| frame.map_err(ResponseBodyError::Upstream)));
        }
        let since = *self.waiting_since.get_or_insert_with(Instant::now);
        let until = since + self.worker.timeouts().body_idle;
        if let Some(connection) = &mut self.connection {
            ready!(connection.deadline.poll_passed(until, context));
            return Poll::Ready(Some(Err(ResponseBodyError::Stalled)));
        }
        Poll::Pending
    }
}

impl Drop for Download {
    /// Keep the connection when the whole body went through; else it closes with this.
    fn drop(&mut self) {
        let complete = self.ended || self.incoming.is_end_stream();
        if let (true, Some(connection)) = (complete, self.connection.take()) {
            self.worker.pool().put(connection);
        }
    }
}

impl fmt::Display for ResponseBodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Upstream(_) => f.write_str("the upstream broke off its answer"),
            Self::Stalled => f.write_str("the upstream stopped in the middle of its answer"),
        }
    }
}

impl std::error::Error for ResponseBodyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Upstream(error) => Some(error),
            Self::Stalled => None,
        }
    }
}
