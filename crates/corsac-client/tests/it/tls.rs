//! Which certificates are good.

use corsac_client::{Exchange, Protocol, Tls, Trust};
use corsac_fetch::{NetworkFailure, RequestInit};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

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
