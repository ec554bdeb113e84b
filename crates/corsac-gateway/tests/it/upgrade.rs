//! WebSocket passes through.

use crate::fixture::{Fixture, POLICY};

#[tokio::test]
async fn a_websocket_is_a_tunnel_after_its_handshake() {
    let fixture = Fixture::new().await;
    let mut client = fixture.connect().await;
    client.send(HANDSHAKE).await;
    let mut upstream = fixture.accept().await;
    let head = upstream.head().await;
    assert!(head.contains(&"connection: upgrade".to_owned()), "{head:?}");
    assert!(head.contains(&"upgrade: websocket".to_owned()), "{head:?}");
    assert!(
        head.contains(&"sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==".to_owned()),
        "{head:?}"
    );
    // What follows the handshake at once is not lost.
    upstream
        .send(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\nhello",
        )
        .await;
    let head = client.head().await;
    assert_eq!(
        head.first().map(String::as_str),
        Some("HTTP/1.1 101 Switching Protocols")
    );
    assert!(head.contains(&"connection: upgrade".to_owned()), "{head:?}");
    assert!(
        head.contains(&"sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=".to_owned()),
        "{head:?}"
    );
    assert_eq!(client.exactly(5).await, "hello");
    client.send("to the upstream").await;
    assert_eq!(upstream.exactly(15).await, "to the upstream");
    upstream.send("to the client").await;
    assert_eq!(client.exactly(13).await, "to the client");
    drop(client);
    assert!(upstream.ends().await);
}

#[tokio::test]
async fn a_websocket_that_the_upstream_refuses_is_a_plain_answer() {
    let fixture = Fixture::new().await;
    let (mut client, mut upstream) = fixture.request(HANDSHAKE).await;
    upstream
        .send("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 2\r\n\r\nno")
        .await;
    let (head, body) = client.answer().await;
    assert_eq!(
        head.first().map(String::as_str),
        Some("HTTP/1.1 426 Upgrade Required")
    );
    assert_eq!(body, "no");
}

#[tokio::test]
async fn a_guarded_websocket_opens_for_listed_and_own_pages_and_for_what_is_no_page() {
    for origin in ["Origin: https://app.example\r\n", "Origin: http://a\r\n", ""] {
        let fixture = Fixture::with(&format!("{POLICY}websocket = true"), |_| {}).await;
        let handshake = HANDSHAKE.replace("Origin: https://app.example\r\n", origin);
        let (mut client, mut upstream) = fixture.request(handshake).await;
        upstream
            .send(
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello",
            )
            .await;
        let head = client.head().await;
        assert_eq!(
            head.first().map(String::as_str),
            Some("HTTP/1.1 101 Switching Protocols"),
            "{origin}"
        );
        assert_eq!(client.exactly(5).await, "hello", "{origin}");
    }
}

const HANDSHAKE: &str = "GET /socket HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\n\
                         Upgrade: websocket\r\nOrigin: https://app.example\r\n\
                         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
