//! The handshake of a WebSocket, as far as HTTP goes.

use corsac::Origin;
use corsac_client::{Exchange, Trust};
use corsac_fetch::{Client, NetworkFailure, Request, RequestInit, UserAgent};

use crate::raw_server::{RawServer, Then};
use crate::tls_server::TlsServer;
use crate::{block_on, browser};

const TAKEN: &str = "HTTP/1.1 101 Switching Protocols\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n\
                     Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

async fn open(url: String, trust: Trust) -> Exchange {
    let page = Client::new(Origin::from_serialization("https://app.example").unwrap());
    let request = Request::for_websocket(&RequestInit::new(url), page, UserAgent::Standard).unwrap();
    let mut fetched = browser(trust).send(request).await;
    fetched.exchanges.remove(0)
}

#[test]
fn it_asks_for_an_upgrade_and_takes_the_right_answer() {
    block_on(async {
        let server = RawServer::always(Then::Silence(TAKEN.into())).await;
        let exchange = open(format!("ws://{}/chat", server.address), Trust::System).await;
        assert_eq!(exchange.answer.unwrap().status, 101);
        let (_, head) = server.requests().remove(0);
        let lines: Vec<&str> = head.lines().take(6).collect();
        let host = format!("Host: {}", server.address);
        assert_eq!(
            lines,
            [
                "GET /chat HTTP/1.1",
                host.as_str(),
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13",
            ]
        );
        assert!(head.contains("\r\nOrigin: https://app.example\r\n"), "{head}");
    });
}

#[test]
fn an_upgrade_to_something_else_is_refused() {
    for (from, to) in [
        ("s3pPLMBi", "another"),
        ("Upgrade: WebSocket", "Upgrade: h2c"),
        ("keep-alive, Upgrade", "keep-alive"),
    ] {
        block_on(async {
            let server = RawServer::always(Then::Close(TAKEN.replace(from, to).into())).await;
            let failure = open(format!("ws://{}/", server.address), Trust::System)
                .await
                .answer;
            assert_eq!(failure.unwrap_err().kind, NetworkFailure::Malformed, "{to}");
        });
    }
}

#[test]
fn a_server_that_refuses_has_answered() {
    block_on(async {
        let refusal = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno".to_vec();
        let server = RawServer::always(Then::Close(refusal)).await;
        let exchange = open(format!("ws://{}/", server.address), Trust::System).await;
        assert_eq!(exchange.answer.unwrap().status, 403);
    });
}

#[test]
fn over_tls_only_http_1_is_offered() {
    block_on(async {
        let server = TlsServer::new(&[b"h2", b"http/1.1"]).await;
        let url = format!("wss://localhost:{}/", server.port());
        let serve = async {
            let stream = server.accept().await.unwrap();
            stream.get_ref().1.alpn_protocol().map(<[u8]>::to_vec)
        };
        let (exchange, protocol) = tokio::join!(open(url, server.trust()), serve);
        assert_eq!(protocol.as_deref(), Some(&b"http/1.1"[..]));
        assert_eq!(exchange.answer.unwrap_err().kind, NetworkFailure::Closed);
    });
}
