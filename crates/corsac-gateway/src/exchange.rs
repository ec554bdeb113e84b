//! One request and its answer with the upstream.

use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use tokio::time::Instant;

use crate::body::{RequestBody, Upload};
use crate::failure::{Failed, Failure};
use crate::pool::UpstreamConnection;
use crate::worker::Worker;

/// Send a request on an idle connection, or on a new one, and wait for the response head.
pub(crate) async fn exchange(
    worker: &Worker,
    mut request: Request<RequestBody>,
    upload: Option<&Rc<Upload>>,
) -> Result<(Response<Incoming>, UpstreamConnection), Failed> {
    if let Some((mut connection, rested)) = worker.pool().take() {
        let spare = spare(&request, rested);
        request = match send(worker, &mut connection, request, upload).await {
            Ok(response) => return Ok((response, connection)),
            Err(Unanswered::NotSent(request)) => *request,
            Err(Unanswered::Failed(failed)) => match spare {
                // The upstream closed the connection as the request was on its way.
                Some(spare) if failed.failure == Failure::UpstreamClosed => *spare,
                _ => return Err(failed),
            },
        };
    }
    // Connecting is rare and its state large; boxed, it does not make every request's future larger.
    Box::pin(exchange_on_new_connection(worker, request, upload)).await
}

async fn exchange_on_new_connection(
    worker: &Worker,
    request: Request<RequestBody>,
    upload: Option<&Rc<Upload>>,
) -> Result<(Response<Incoming>, UpstreamConnection), Failed> {
    let mut connection = UpstreamConnection::new(worker.connector().connect().await?);
    match send(worker, &mut connection, request, upload).await {
        Ok(response) => Ok((response, connection)),
        Err(Unanswered::NotSent(_)) => Err(Failure::UpstreamClosed.into()),
        Err(Unanswered::Failed(failed)) => Err(failed),
    }
}

enum Unanswered {
    /// Nothing was sent, so that it can be sent elsewhere.
    NotSent(Box<Request<RequestBody>>),
    Failed(Failed),
}

async fn send(
    worker: &Worker,
    connection: &mut UpstreamConnection,
    request: Request<RequestBody>,
    upload: Option<&Rc<Upload>>,
) -> Result<Response<Incoming>, Unanswered> {
    let timeout = worker.timeouts().response_head;
    let begun = Instant::now();
    let mut answer = pin!(connection.sender.try_send_request(request));
    poll_fn(|context| {
        if let Poll::Ready(answer) = answer.as_mut().poll(context) {
            return Poll::Ready(answer.map_err(Unanswered::from));
        }
        let from = upload.map_or(begun, |upload| upload.last_moved());
        connection
            .deadline
            .poll_passed(from + timeout, context)
            .map(|()| Err(Unanswered::Failed(timed_out(upload).into())))
    })
    .await
}

fn timed_out(upload: Option<&Rc<Upload>>) -> Failure {
    if upload.is_some_and(|upload| upload.waits_for_client()) {
        Failure::RequestStalled
    } else {
        Failure::UpstreamTimeout
    }
}

/// A copy to send again, if the connection rested so long that the upstream may be about to close
/// it, and if sending twice does no harm: "A proxy MUST NOT automatically retry non-idempotent
/// requests." <https://httpwg.org/specs/rfc9110.html#idempotent.methods>
fn spare(request: &Request<RequestBody>, rested: Duration) -> Option<Box<Request<RequestBody>>> {
    if rested < MAY_BE_CLOSING || !request.method().is_idempotent() || !request.body().is_empty() {
        return None;
    }
    let mut spare = Request::new(RequestBody::empty());
    spare.method_mut().clone_from(request.method());
    spare.uri_mut().clone_from(request.uri());
    spare.headers_mut().clone_from(request.headers());
    Some(Box::new(spare))
}

impl From<TrySendError<Request<RequestBody>>> for Unanswered {
    fn from(mut error: TrySendError<Request<RequestBody>>) -> Self {
        match error.take_message() {
            Some(request) => Self::NotSent(Box::new(request)),
            None => Self::Failed(error.into_error().into()),
        }
    }
}

/// No server in wide use closes a connection that was idle for less.
const MAY_BE_CLOSING: Duration = Duration::from_millis(500);
