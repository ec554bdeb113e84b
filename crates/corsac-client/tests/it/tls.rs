//! Which certificates are good, and what else can go wrong with TLS.

use std::convert::Infallible;

use corsac_client::{BodyError, Browser, Exchange, Protocol, Tls, Trust};
use corsac_fetch::{BlockReason, NetworkFailure, RequestInit, UserAgent};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::raw_server::{SHORT, ok};
use crate::tls_server::TlsServer;
use crate::{block_on, browser, fetch};

/// The one exchange of a GET, and what the server saw of it.
async fn get(server: &TlsServer, trust: Trust, host: &str) -> Exchange {
    let serve = async {
        let Some(mut stream) = server.accept().await else {
            return;
        };
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).await.unwrap();
        stream
            .write_all(b"HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: *\r\n\r\n")
            .await
            .unwrap();
        stream.shutdown().await.unwrap();
    };
    let url = format!("https://{host}:{}/", server.port());
    let browser = browser(trust);
    let (mut fetched, ()) = tokio::join!(fetch(&browser, RequestInit::new(url)), serve);
    fetched.exchanges.remove(0)
}

#[test]
fn a_certificate_of_a_trusted_authority_is_good() {
    block_on(async {
        let server = TlsServer::new(&[b"http/1.1"]).await;
        let exchange = get(&server, server.trust(), "localhost").await;
        let checked = Some(Tls {
            certificate_checked: true,
        });
        assert_eq!(exchange.tls, checked);
        let answer = exchange.answer.unwrap();
        assert_eq!((answer.status, answer.protocol), (204, Protocol::Http11));
    });
}

#[test]
fn a_certificate_of_another_authority_is_refused() {
    block_on(async {
        let server = TlsServer::new(&[]).await;
        let other = TlsServer::new(&[]).await;
        let failure = get(&server, other.trust(), "localhost").await.answer.unwrap_err();
        assert_eq!(failure.kind, NetworkFailure::Tls);
        assert!(failure.detail.starts_with("certificate refused: "), "{failure:?}");
    });
}

#[test]
fn a_certificate_for_another_name_is_refused() {
    block_on(async {
        let server = TlsServer::new(&[]).await;
        let failure = get(&server, server.trust(), "127.0.0.1")
            .await
            .answer
            .unwrap_err();
        assert_eq!(failure.kind, NetworkFailure::Tls);
        assert!(failure.detail.starts_with("certificate refused: "), "{failure:?}");
    });
}

#[test]
fn any_certificate_is_good_on_request_and_that_is_recorded() {
    block_on(async {
        let server = TlsServer::new(&[]).await;
        let exchange = get(&server, Trust::DangerouslyAnyCertificate, "127.0.0.1").await;
        let unchecked = Some(Tls {
            certificate_checked: false,
        });
        assert_eq!(exchange.tls, unchecked);
        assert_eq!(exchange.answer.unwrap().status, 204);
    });
}

#[test]
fn a_certificate_that_has_expired_is_refused() {
    block_on(async {
        let server = TlsServer::expired().await;
        let failure = get(&server, server.trust(), "localhost")
            .await
            .answer
            .unwrap_err();
        assert_eq!(
            (failure.kind, failure.detail.as_str()),
            (NetworkFailure::Tls, "certificate refused: it has expired")
        );
    });
}

/// What comes of a handshake with a server that does this after the first bytes of it.
fn handshake_with(answer: &'static [u8]) -> (NetworkFailure, String) {
    block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
        let serve = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut hello = [0; 64];
            let _ = stream.read(&mut hello).await.unwrap();
            stream.write_all(answer).await.unwrap();
            std::future::pending::<Infallible>().await
        };
        let browser = Browser::builder(UserAgent::Standard)
            .connect_timeout(SHORT)
            .build();
        let page = browser.page("https://app.example");
        let settled = tokio::select! {
            settled = page.fetch(&url, ()) => settled,
            never = serve => match never {},
        };
        let failure = settled.exchanges()[0].answer.clone().unwrap_err();
        (failure.kind, failure.detail)
    })
}

#[test]
fn a_handshake_that_goes_wrong_is_a_named_end() {
    let (kind, detail) = handshake_with(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    assert_eq!(
        (kind, detail.as_str()),
        (NetworkFailure::Tls, "the server does not speak TLS on this port")
    );
    // The start of a ServerHello, and nothing more.
    let (kind, detail) = handshake_with(b"\x16\x03\x03\x00\x7a\x02\x00");
    assert_eq!(
        (kind, detail.as_str()),
        (NetworkFailure::Timeout, "no connection in time")
    );
    let (kind, _) = handshake_with(b"\x15\x03\x03\x00\x02\x02\x28");
    assert_eq!(kind, NetworkFailure::Tls);
}

#[test]
fn an_end_at_any_byte_within_tls_is_a_named_end() {
    block_on(async {
        let server = TlsServer::new(&[b"http/1.1"]).await;
        let whole = ok("hello");
        let head = whole.len() - "hello".len();
        let browser = Browser::builder(UserAgent::Standard)
            .trust(server.trust())
            .build();
        let page = browser.page("https://app.example");
        let url = format!("https://localhost:{}/", server.port());
        for sent in 0..=whole.len() {
            let serve = async {
                let mut stream = server.accept().await.unwrap();
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).await.unwrap();
                stream.write_all(&whole[..sent]).await.unwrap();
                stream.flush().await.unwrap();
                // Without a word of TLS that this is the end.
                drop(stream);
            };
            let (settled, ()) = tokio::join!(page.fetch(&url, ()), serve);
            if sent < head {
                let reason = BlockReason::Network(NetworkFailure::Closed);
                assert_eq!(settled.block_reason(), Some(&reason), "{sent}: {settled}");
                continue;
            }
            let received = (sent - head) as u64;
            let expected = match sent == whole.len() {
                true => Ok("hello".to_owned()),
                false => Err(BodyError::BrokenOff { received }),
            };
            assert_eq!(settled.into_response().unwrap().text().await, expected, "{sent}");
        }
    });
}
