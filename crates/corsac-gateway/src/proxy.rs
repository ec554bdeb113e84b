//! A request's way through the gateway: decide, pass on or answer, apply the decision's headers to
//! whatever comes of it.

use std::convert::Infallible;
use std::rc::Rc;
use std::sync::Arc;

use corsac::{Action, CorsRequest, Decision};
use http::header::{ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderValue, Request, Response, StatusCode, Version};
use hyper::body::Incoming;

use crate::body::{RequestBody, ResponseBody};
use crate::client_stream::{ClientActivity, Running};
use crate::exchange::exchange;
use crate::failure::{Failed, Failure};
use crate::hop_by_hop::remove_hop_by_hop;
use crate::log::Line;
use crate::request_head::{CheckedHead, ClientAddress, check_head, prepare_head};
use crate::websocket::{self, Tunnel};
use crate::worker::Worker;

/// A client's connection.
pub(crate) struct Client {
    pub(crate) address: ClientAddress,
    pub(crate) activity: Arc<ClientActivity>,
}

/// Answer a request. Every answer, whoever made it, carries the decision's headers.
pub(crate) async fn answer(
    worker: Rc<Worker>,
    client: Rc<Client>,
    request: Request<Incoming>,
) -> Result<Response<ResponseBody>, Infallible> {
    let running = client.activity.begin();
    let framing_conflict = client.activity.has_framing_conflict();
    let (parts, body) = request.into_parts();
    let decision = decide(&worker, &parts);
    let line = Line::start(worker.log(), &decision, &parts);
    let result = match check_head(&parts, framing_conflict) {
        Err(failure) => Err((failure.into(), running)),
        Ok(head) => match decision.action {
            Action::Answer { status } => Ok(empty_answer(status, running)),
            Action::Forward => forward(&worker, &client, parts, head, body, running).await,
        },
    };
    let (mut response, failed) = match result {
        Ok(response) => (response, None),
        Err((failed, running)) => (failure_answer(failed.failure, running), Some(failed)),
    };
    decision.headers.apply(response.headers_mut());
    if let Some(line) = line {
        let status = response.status();
        line.answered(worker.log(), status, failed.as_ref());
        response.body_mut().write_down_breaks(line, status);
    }
    Ok(response)
}

fn decide(worker: &Worker, parts: &Parts) -> Decision<HeaderValue> {
    let request = CorsRequest::of_parts(parts);
    let decision = worker.policies().decide(&request);
    if worker.is_debug() {
        decision.in_debug(&request)
    } else {
        decision
    }
}

async fn forward(
    worker: &Rc<Worker>,
    client: &Client,
    mut parts: Parts,
    head: CheckedHead,
    body: Incoming,
    running: Running,
) -> Result<Response<ResponseBody>, (Failed, Running)> {
    let upstream = worker.connector().upstream();
    let wants_websocket = prepare_head(&mut parts, head, &client.address, upstream, worker.host_header());
    let tunnel = wants_websocket.then(|| Tunnel::from_client(&mut parts));
    let (body, upload) = RequestBody::new(body);
    let mut request = Request::new(body);
    *request.method_mut() = parts.method;
    *request.uri_mut() = parts.uri;
    *request.headers_mut() = parts.headers;
    let (mut response, connection) = match exchange(worker, request, upload.as_ref()).await {
        Ok(answered) => answered,
        Err(failed) => return Err((failed, running)),
    };
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        return match tunnel.flatten() {
            Some(tunnel) => Ok(websocket::open(tunnel, response, connection, running)),
            None => Err((
                Failure::UpstreamMalformed.because("101 to a request that asked for no upgrade"),
                running,
            )),
        };
    }
    remove_hop_by_hop(response.headers_mut());
    *response.version_mut() = Version::HTTP_11;
    Ok(response.map(|incoming| ResponseBody::upstream(incoming, connection, Rc::clone(worker), running)))
}

fn empty_answer(status: u16, running: Running) -> Response<ResponseBody> {
    let mut response = Response::new(ResponseBody::nothing(running));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// Text that says what failed, for the page's author: with the decision's headers the page can
/// read it.
fn failure_answer(failure: Failure, running: Running) -> Response<ResponseBody> {
    let mut response = Response::new(ResponseBody::text(format!("{failure}\n"), running));
    let status = failure.status();
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        // "The origin server MUST generate an Allow header field in a 405 response",
        // <https://httpwg.org/specs/rfc9110.html#status.405>.
        headers.insert(ALLOW, HeaderValue::from_static(FORWARDED_METHODS));
    }
    if failure.closes_connection() {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// What 405 says instead of `CONNECT`: others pass, too, but these are the known ones.
const FORWARDED_METHODS: &str = "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS";
