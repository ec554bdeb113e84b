//! The guard of WebSocket handshakes, which are not subject to CORS: a page of another origin may open
//! one only if the policy lists that origin.
//!
//! "The |Origin| header field is used to protect against unauthorized cross-origin use of a WebSocket
//! server by scripts using the WebSocket API in a web browser",
//! <https://www.rfc-editor.org/rfc/rfc6455#section-1.3>.

use crate::cors_request::CorsRequest;
use crate::csrf::{Admission, check_origin};
use crate::policy::Policy;
use crate::reason::Reason;
use crate::request_headers::{RequestHeaderName, RequestHeaders};

/// Whether the request may go on. "Servers that are not intended to process input from any web page but
/// only for certain sites SHOULD verify the |Origin| field is an origin they expect",
/// <https://www.rfc-editor.org/rfc/rfc6455#section-10.2>. What sends none is no browser.
pub(crate) fn check<H: RequestHeaders + ?Sized>(
    policy: &Policy,
    request: &CorsRequest<'_, H>,
) -> Result<Admission, Reason> {
    if !is_handshake(request) {
        return Ok(Admission::NotCrossOrigin);
    }
    match request.origin() {
        None => Ok(Admission::NotCrossOrigin),
        Some(origin) => check_origin(policy, request, origin).ok_or(Reason::WebSocketOrigin),
    }
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
