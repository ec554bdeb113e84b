//! A `tower::Service` in the place of a server: the application answers without a socket.

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Buf as _, Bytes};
use corsac_fetch::{HeaderList, HttpRequest, NetworkFailure};
use http::{Request, Response, Version};
use http_body::{Body, Frame, SizeHint};
use tower_service::Service;

use crate::exchange::{Failure, Protocol};
use crate::network::incoming::{Incoming, Source};
use crate::network::response_head::ResponseHead;
use crate::network::web_socket::check_upgrade;

/// The body of a request to a service.
#[derive(Debug)]
pub struct RequestBody(Option<Bytes>);

impl Body for RequestBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.get_mut().0.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

/// A service whose types no longer matter.
pub(crate) trait Handler: Send + Sync {
    fn call(&self, request: Request<RequestBody>) -> Answering;
}

/// The answer to come, or the service's error in words.
type Answering = Pin<Box<dyn Future<Output = Result<Response<ServiceBody>, String>> + Send>>;

/// The body of a service's answer.
pub(crate) struct ServiceBody(Box<dyn PollData>);

impl ServiceBody {
    pub(crate) fn poll_data(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, String>>> {
        self.0.poll_data(context)
    }
}

trait PollData: Send {
    fn poll_data(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, String>>>;
}

impl<B> PollData for Pin<Box<B>>
where
    B: Body + Send,
    B::Error: fmt::Display,
{
    fn poll_data(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, String>>> {
        loop {
            let frame = match ready!(self.as_mut().poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error.to_string()))),
                Some(Ok(frame)) => frame,
            };
            // A page does not see trailers.
            if let Ok(mut data) = frame.into_data() {
                return Poll::Ready(Some(Ok(data.copy_to_bytes(data.remaining()))));
            }
        }
    }
}

/// Each request gets a clone, as each connection of a server does.
struct Shared<S>(Mutex<S>);

impl<S, B> Handler for Shared<S>
where
    S: Service<Request<RequestBody>, Response = Response<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: fmt::Display,
    B: Body + Send + 'static,
    B::Error: fmt::Display,
{
    fn call(&self, request: Request<RequestBody>) -> Answering {
        let mut service = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            let to_text = |error: S::Error| error.to_string();
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(to_text)?;
            let answer = service.call(request).await.map_err(to_text)?;
            Ok(answer.map(|body| ServiceBody(Box::new(Box::pin(body)))))
        })
    }
}

pub(crate) fn handler<S, B>(service: S) -> impl Handler
where
    S: Service<Request<RequestBody>, Response = Response<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: fmt::Display,
    B: Body + Send + 'static,
    B::Error: fmt::Display,
{
    Shared(Mutex::new(service))
}

/// Asks the service what a server would be asked over HTTP/1.1: the URI is path and query, and the host
/// stands in `Host`.
pub(crate) async fn send(
    service: &dyn Handler,
    request: &HttpRequest,
    headers: &HeaderList,
    is_web_socket: bool,
) -> Result<(ResponseHead, Incoming), Failure> {
    let request = to_http(request, headers).map_err(|error| {
        Failure::new(
            NetworkFailure::Malformed,
            format!("no service can be asked this: {error}"),
        )
    })?;
    let is_head = request.method() == http::Method::HEAD;
    let answer = service
        .call(request)
        .await
        .map_err(|error| Failure::new(NetworkFailure::Closed, format!("the service failed: {error}")))?;
    let (parts, body) = answer.into_parts();
    let head = ResponseHead {
        protocol: match parts.version {
            Version::HTTP_10 => Protocol::Http10,
            Version::HTTP_2 => Protocol::Http2,
            _ => Protocol::Http11,
        },
        status: parts.status.as_u16(),
        reason_phrase: match parts.version {
            Version::HTTP_2 => Vec::new(),
            _ => parts.status.canonical_reason().unwrap_or_default().into(),
        },
        headers: parts
            .headers
            .iter()
            .map(|(name, value)| {
                (
                    name.as_str(),
                    corsac::header::trim_http_tab_or_space(value.as_bytes()),
                )
            })
            .collect(),
        length: 0,
    };
    check_upgrade(&head, is_web_socket)?;
    let body = match is_head {
        true => ServiceBody(Box::new(Box::pin(RequestBody(None)))),
        false => body,
    };
    Ok((head, Incoming::new(Source::Service(body))))
}

fn to_http(request: &HttpRequest, headers: &HeaderList) -> http::Result<Request<RequestBody>> {
    let url = &request.url;
    let uri = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let mut builder = Request::builder().method(request.method.as_slice()).uri(uri);
    for (name, value) in headers.iter() {
        builder = builder.header(name, value);
    }
    builder.body(RequestBody(request.body.clone().map(Bytes::from)))
}
