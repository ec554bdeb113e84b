//! A connection that goes on as WebSocket: from there on bytes pass through unread.

use http::header::{CONNECTION, UPGRADE};
use http::request::Parts;
use http::{HeaderValue, Response};
use hyper::body::Incoming;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;

use crate::body::ResponseBody;
use crate::client_stream::Running;
use crate::hop_by_hop::remove_hop_by_hop;
use crate::pool::UpstreamConnection;

/// The client's half of a tunnel to be.
pub(crate) struct Tunnel(OnUpgrade);

impl Tunnel {
    /// `None`: hyper saw no upgrade in this request.
    pub(crate) fn from_client(parts: &mut Parts) -> Option<Self> {
        parts.extensions.remove::<OnUpgrade>().map(Self)
    }
}

/// Tie both halves together once the client has the `101`.
pub(crate) fn open(
    Tunnel(client): Tunnel,
    mut response: Response<Incoming>,
    connection: UpstreamConnection,
    running: Running,
) -> Response<ResponseBody> {
    let upstream = hyper::upgrade::on(&mut response);
    let (body_running, tunnel_running) = (running.clone(), running);
    tokio::task::spawn_local(async move {
        // As long as the tunnel is open the client has a request running, so no timeout for its
        // next request counts. The sender must outlive the switch.
        let _held = (tunnel_running, connection);
        let Ok(upstream) = upstream.await else { return };
        let Ok(client) = client.await else { return };
        // How a tunnel ends is between its two ends.
        let _ = tokio::io::copy_bidirectional(&mut TokioIo::new(client), &mut TokioIo::new(upstream)).await;
    });
    let mut response = response.map(|_| ResponseBody::nothing(body_running));
    let headers = response.headers_mut();
    remove_hop_by_hop(headers);
    headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    response
}
