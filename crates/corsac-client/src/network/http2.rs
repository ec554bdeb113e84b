//! One HTTP/2 exchange, by the h2 crate. A connection is kept for the requests that follow.

use bytes::Bytes;
use corsac_fetch::{HeaderList, NetworkFailure};
use h2::client::SendRequest;
use tokio::io::{AsyncRead, AsyncWrite};
use url::Url;

use crate::exchange::{Answer, BodyLength, Failure, Protocol};
use crate::network::http1::{BODY_BYTES, BODY_TIME};
use crate::network::response_head::MAX_LENGTH;

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

/// Sends the request, reads the head of the answer and measures its body.
pub(crate) async fn exchange(
    connection: Connection,
    method: &[u8],
    url: &Url,
    headers: &HeaderList,
    body: Option<&[u8]>,
) -> Result<Answer, Failure> {
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
    Ok(Answer {
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
        body: measure_body(body).await,
    })
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

/// Reads on for a bounded time and length.
async fn measure_body(mut body: h2::RecvStream) -> BodyLength {
    let mut length = 0;
    let deadline = tokio::time::sleep(BODY_TIME);
    tokio::pin!(deadline);
    while length < BODY_BYTES {
        tokio::select! {
            biased;
            data = body.data() => match data {
                Some(Ok(data)) => {
                    length += data.len() as u64;
                    // Fails only when the stream is over, which the next read says.
                    let _ = body.flow_control().release_capacity(data.len());
                }
                Some(Err(_)) => return BodyLength::BrokenOff(length),
                None => return BodyLength::Whole(length),
            },
            () = &mut deadline => return BodyLength::AtLeast(length),
        }
    }
    BodyLength::AtLeast(length)
}

fn failure(error: &h2::Error) -> Failure {
    if let Some(io) = error.get_io() {
        return Failure::io(io, "speaking HTTP/2");
    }
    let kind = if error.is_remote() {
        NetworkFailure::Closed
    } else {
        NetworkFailure::Malformed
    };
    Failure::new(kind, format!("HTTP/2: {error}"))
}
