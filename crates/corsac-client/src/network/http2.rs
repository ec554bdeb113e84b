//! One HTTP/2 exchange, by the h2 crate. A connection is kept for the requests that follow.

use bytes::Bytes;
use corsac_fetch::{HeaderList, NetworkFailure};
use h2::RecvStream;
use h2::client::SendRequest;
use tokio::io::{AsyncRead, AsyncWrite};
use url::Url;

use crate::exchange::{Failure, Protocol};
use crate::network::response_head::{MAX_LENGTH, ResponseHead};

/// An open connection.
pub(crate) type Connection = SendRequest<Bytes>;

/// Opens HTTP/2 on a stream that negotiated it.
pub(crate) async fn open<S>(stream: S) -> Result<Connection, Failure>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (sender, connection) = h2::client::Builder::new()
        .max_header_list_size(u32::try_from(MAX_LENGTH).unwrap_or(u32::MAX))
        .enable_push(false)
        .handshake(stream)
        .await
        .map_err(|error| failure(&error))?;
    // It ends by itself when the last `Connection` is dropped; its errors reach the requests.
    tokio::spawn(async move {
        let _ = connection.await;
    });
    Ok(sender)
}

/// Sends the request and reads the head of the answer.
pub(crate) async fn send(
    connection: Connection,
    method: &[u8],
    url: &Url,
    headers: &HeaderList,
    body: Option<&[u8]>,
) -> Result<(ResponseHead, RecvStream), Failure> {
    let request = request(method, url, headers).map_err(|error| {
        Failure::new(
            NetworkFailure::Malformed,
            format!("not sendable over HTTP/2: {error}"),
        )
    })?;
    let mut ready = connection.ready().await.map_err(|error| failure(&error))?;
    let (response, mut sending) = ready
        .send_request(request, body.is_none())
        .map_err(|error| failure(&error))?;
    if let Some(body) = body {
        // When this fails, the response says why.
        let _ = sending.send_data(Bytes::copy_from_slice(body), true);
    }
    let response = response.await.map_err(|error| failure(&error))?;
    let (head, body) = response.into_parts();
    let head = ResponseHead {
        protocol: Protocol::Http2,
        status: head.status.as_u16(),
        reason_phrase: Vec::new(),
        headers: head
            .headers
            .iter()
            .map(|(name, value)| {
                let value = corsac::header::trim_http_tab_or_space(value.as_bytes());
                (name.as_str(), value)
            })
            .collect(),
        length: 0,
    };
    Ok((head, body))
}

fn request(method: &[u8], url: &Url, headers: &HeaderList) -> http::Result<http::Request<()>> {
    let mut uri = url.clone();
    uri.set_fragment(None);
    // `:authority` has no user info; setting it fails only for URLs that cannot have any.
    let _ = uri.set_username("");
    let _ = uri.set_password(None);
    let mut request = http::Request::builder()
        .method(method)
        .uri(uri.as_str())
        .version(http::Version::HTTP_2);
    for (name, value) in headers.iter() {
        request = request.header(name, value);
    }
    request.body(())
}

fn failure(error: &h2::Error) -> Failure {
    if let Some(io) = error.get_io() {
        let mut failure = Failure::io(io, "speaking HTTP/2");
        failure.is_unanswered = true;
        return failure;
    }
    let kind = if error.is_remote() {
        NetworkFailure::Closed
    } else {
        NetworkFailure::Malformed
    };
    let mut failure = Failure::new(kind, format!("HTTP/2: {error}"));
    // The server will not have looked at the request:
    // <https://www.rfc-editor.org/rfc/rfc9113#section-8.7>.
    failure.is_unanswered = error.is_go_away() || error.reason() == Some(h2::Reason::REFUSED_STREAM);
    failure
}
