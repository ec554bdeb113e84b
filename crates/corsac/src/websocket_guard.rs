//! The guard of WebSocket handshakes, which are not subject to CORS: a page of another origin may open
//! one only if the policy lists that origin.
//!
//! "The |Origin| header field is used to protect against unauthorized cross-origin use of a WebSocket
//! server by scripts using the WebSocket API in a web browser",
//! <https://www.rfc-editor.org/rfc/rfc6455#section-1.3>.

use crate::cors_request::CorsRequest;
use crate::policy::Policy;
use crate::reason::Reason;
use crate::request_headers::{RequestHeaderName, RequestHeaders};
use crate::sender::{Admission, Sender, check_listed, check_origin};

/// Whether the request may go on. "Servers that are not intended to process input from any web page but
/// only for certain sites SHOULD verify the |Origin| field is an origin they expect",
/// <https://www.rfc-editor.org/rfc/rfc6455#section-10.2>.
///
/// `Sec-Fetch-Site`, where the browser sends it, knows the scheme that the client used, which is not in
/// a request: it tells a page of `http://api.example` from one of `https://api.example`.
///
/// What sends neither header is no browser: every browser sends `Origin`. What says that it is a page of
/// another origin, and not of which, is refused: no browser does that, and nothing else has a reason to.
/// `none` speaks for nobody, for no user opens a WebSocket by hand.
pub(crate) fn check<H: RequestHeaders + ?Sized>(
    policy: &Policy,
    request: &CorsRequest<'_, H>,
) -> Result<Admission, Reason> {
    if !is_handshake(request) {
        return Ok(Admission::NotCrossOrigin);
    }
    let admission = match (Sender::of(request), request.origin()) {
        (Sender::OwnPage, _) | (Sender::User | Sender::Unknown, None) => Some(Admission::NotCrossOrigin),
        (Sender::OtherPage, _) => check_listed(policy, request),
        (Sender::User | Sender::Unknown, Some(origin)) => check_origin(policy, request, origin),
    };
    admission.ok_or(Reason::WebSocketOrigin)
}

/// `GET` with `Upgrade: websocket`, or the extended `CONNECT` of HTTP/2
/// (<https://www.rfc-editor.org/rfc/rfc8441#section-5>), which no page sends for anything else.
fn is_handshake<H: RequestHeaders + ?Sized>(request: &CorsRequest<'_, H>) -> bool {
    match request.method {
        b"CONNECT" => true,
        b"GET" => request
            .headers
            .lines(RequestHeaderName::Upgrade)
            .flat_map(|line| line.as_ref().split(|&byte| byte == b','))
            .any(|protocol| protocol.trim_ascii().eq_ignore_ascii_case(b"websocket")),
        _ => false,
    }
}
