//! Writing the answer of a scenario. The header lines are `corsac-wire`'s, so this server and the
//! simulated one cannot differ.

use std::io::Result;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use corsac_wire::scenario::{Action, Answer};
use corsac_wire::scripted_answer::{Carried, body, header_lines};
use ring::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY};
use tokio::io::{AsyncWrite, AsyncWriteExt as _};

use super::request::Head;

/// What becomes of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    KeepAlive,
    Close,
}

pub(super) async fn respond(
    stream: &mut (impl AsyncWrite + Unpin),
    head: &Head,
    answer: Option<Answer>,
) -> Result<After> {
    let Some(answer) = answer else {
        stream.write_all(NO_ANSWER).await?;
        stream.flush().await?;
        return Ok(After::KeepAlive);
    };
    if answer.action == Some(Action::Close) {
        return Ok(After::Close);
    }
    let origin = head.header("origin");
    let method = head.header("access-control-request-method");
    let header_names = head.header("access-control-request-headers");
    let carried = Carried {
        origin: origin.as_deref(),
        method: method.as_deref(),
        header_names: header_names.as_deref(),
    };
    let mut bytes = format!("HTTP/1.1 {} {}\r\n", answer.status, reason_phrase(answer.status)).into_bytes();
    for (name, value) in header_lines(&answer, &carried) {
        bytes.extend_from_slice(&name);
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(&value);
        bytes.extend_from_slice(b"\r\n");
    }
    if let (101, Some(key)) = (answer.status, head.header("sec-websocket-key")) {
        bytes.extend_from_slice(handshake(&key).as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    let has_body = answer.status >= 200 && !matches!(answer.status, 204 | 304);
    if has_body && head.method != "HEAD" {
        bytes.extend_from_slice(&body(&answer));
    }
    stream.write_all(&bytes).await?;
    stream.flush().await?;
    Ok(match answer.close {
        Some(true) => After::Close,
        _ => After::KeepAlive,
    })
}

/// What opens a WebSocket: a scenario says that it is opened, but cannot know the browser's key,
/// <https://www.rfc-editor.org/rfc/rfc6455#section-4.2.2>.
fn handshake(key: &[u8]) -> String {
    let mut digest = Context::new(&SHA1_FOR_LEGACY_USE_ONLY);
    digest.update(key);
    digest.update(b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    let accept = BASE64_STANDARD.encode(digest.finish());
    format!("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n")
}

/// Browsers print the phrase beside the status.
fn reason_phrase(status: u16) -> &'static str {
    match status {
        101 => "Switching Protocols",
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        407 => "Proxy Authentication Required",
        421 => "Misdirected Request",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "",
    }
}

/// The scenario has nothing for this request. The comparison shows that it came.
const NO_ANSWER: &[u8] = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

#[cfg(test)]
mod tests {
    use super::*;

    /// What the server writes for this answer to this request.
    async fn written(request: &str, answer: Option<Answer>) -> (String, After) {
        let head = Head::read(&mut request.as_bytes()).await;
        let head = head
            .expect("the request can be read")
            .expect("there is a request");
        let mut bytes = Vec::new();
        let after = respond(&mut bytes, &head, answer)
            .await
            .expect("the answer can be written");
        (bytes.iter().copied().map(char::from).collect(), after)
    }

    fn answer(json: &str) -> Option<Answer> {
        Some(serde_json::from_str(json).expect("an answer"))
    }

    #[tokio::test]
    async fn header_lines_reach_the_wire_as_the_scenario_has_them() {
        let json = r#"{"status": 299, "headers": [["aCCess-Control-Allow-Origin", "\t{origin} , x"], ["X", "a\r\n b\u00ff"]], "body": "ok"}"#;
        let request = "GET /s/a/0 HTTP/1.1\r\nOrigin: http://a.test\r\n\r\n";
        let bytes = "HTTP/1.1 299 \r\naCCess-Control-Allow-Origin: \thttp://a.test , x\r\nX: a\r\n b\u{ff}\r\n\
                     Content-Length: 2\r\n\r\nok";
        assert_eq!(
            written(request, answer(json)).await,
            (bytes.to_owned(), After::KeepAlive)
        );
    }

    #[tokio::test]
    async fn the_answer_to_head_has_the_length_of_a_body_and_none() {
        let request = "HEAD /s/a/0 HTTP/1.1\r\n\r\n";
        let bytes = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
        assert_eq!(
            written(request, answer(r#"{"status": 200, "body": "ok", "close": true}"#)).await,
            (bytes.to_owned(), After::Close)
        );
    }

    #[tokio::test]
    async fn a_websocket_is_opened_with_the_answer_to_its_key() {
        // The key and the answer are those of RFC 6455's example.
        let request = "GET /s/a/0 HTTP/1.1\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        let bytes = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                     Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
        assert_eq!(
            written(request, answer(r#"{"status": 101}"#)).await,
            (bytes.to_owned(), After::KeepAlive)
        );
    }

    #[tokio::test]
    async fn a_connection_is_closed_without_an_answer_where_the_scenario_says_so() {
        let request = "GET /s/a/0 HTTP/1.1\r\n\r\n";
        assert_eq!(
            written(request, answer(r#"{"action": "close"}"#)).await,
            (String::new(), After::Close)
        );
    }
}
