//! HTTP/2, as TLS negotiates it.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use corsac_client::{Answer, BodyError, BodyLength, Browser, Init, Protocol};
use corsac_fetch::{BlockReason, HeaderList, NetworkFailure, OutcomeKind, RequestInit, UserAgent};
use h2::server::SendResponse;
use http::{Request, Response};
use tokio::io::AsyncWriteExt as _;

use crate::raw_server::SHORT;
use crate::tls_server::TlsServer;
use crate::{block_on, browser, fetch};

/// A request as the server saw it: its pseudo-headers, then its headers.
fn lines<B>(request: &Request<B>) -> Vec<String> {
    let mut lines = vec![format!(
        "{} {} {:?}",
        request.method(),
        request.uri(),
        request.version()
    )];
    lines.extend(
        request
            .headers()
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())),
    );
    lines
}

fn answer(status: u16, headers: &[(&str, &str)]) -> Response<()> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(()).unwrap()
}

/// Answers the requests of one connection, one after another.
async fn serve<F>(server: &TlsServer, mut respond: F) -> Vec<Vec<String>>
where
    F: FnMut(usize, SendResponse<Bytes>),
{
    let stream = server.accept().await.unwrap();
    let mut connection = h2::server::handshake(stream).await.unwrap();
    let mut seen = Vec::new();
    while let Some(Ok((request, sender))) = connection.accept().await {
        seen.push(lines(&request));
        respond(seen.len(), sender);
    }
    seen
}

#[test]
fn preflight_and_request_share_a_connection_and_look_as_browsers_send_them() {
    block_on(async {
        let server = TlsServer::new(&[b"h2", b"http/1.1"]).await;
        let port = server.port();
        let mut init = RequestInit::new(format!("https://localhost:{port}/items?q#part"));
        init.method = "put".to_owned();
        init.headers = vec![
            ("X-B".to_owned(), "1".to_owned()),
            ("x-a".to_owned(), "2".to_owned()),
        ];
        let serving = serve(&server, |count, mut sender| {
            let allow = ("access-control-allow-origin", "https://app.example");
            if count == 1 {
                let headers = [
                    allow,
                    ("access-control-allow-methods", "PUT"),
                    ("access-control-allow-headers", "x-a"),
                    ("access-control-allow-headers", "x-b"),
                ];
                sender.send_response(answer(204, &headers), true).unwrap();
            } else {
                let mut body = sender
                    .send_response(answer(200, &[allow, ("x-own", "1")]), false)
                    .unwrap();
                body.send_data(Bytes::from_static(b"hello"), true).unwrap();
            }
        });
        let fetching = async {
            let browser = browser(server.trust());
            fetch(&browser, init).await
        };
        let (fetched, seen) = tokio::join!(fetching, serving);

        let shared = [
            "referer: https://app.example/",
            "origin: https://app.example",
            "sec-fetch-dest: empty",
            "sec-fetch-mode: cors",
            "sec-fetch-site: cross-site",
            "accept-encoding: gzip, deflate, br, zstd",
            "accept-language: en-US,en;q=0.9",
        ]
        .map(str::to_owned);
        let user_agent = concat!("user-agent: corsac/", env!("CARGO_PKG_VERSION")).to_owned();
        let mut preflight = vec![
            format!("OPTIONS https://localhost:{port}/items?q HTTP/2.0"),
            user_agent.clone(),
            "accept: */*".to_owned(),
            "access-control-request-method: PUT".to_owned(),
            "access-control-request-headers: x-a,x-b".to_owned(),
        ];
        preflight.extend(shared.clone());
        let mut actual = vec![
            format!("PUT https://localhost:{port}/items?q HTTP/2.0"),
            "content-length: 0".to_owned(),
            user_agent,
            "x-b: 1".to_owned(),
            "x-a: 2".to_owned(),
            "accept: */*".to_owned(),
        ];
        actual.extend(shared);
        assert_eq!(seen, [preflight, actual]);

        assert!(
            matches!(fetched.outcome.kind, OutcomeKind::Shared(_)),
            "{:?}",
            fetched.outcome.kind
        );
        assert_eq!(
            fetched.exchanges[1].answer,
            Ok(Answer {
                protocol: Protocol::Http2,
                status: 200,
                reason_phrase: Vec::new(),
                headers: [
                    ("access-control-allow-origin", "https://app.example"),
                    ("x-own", "1")
                ]
                .into_iter()
                .collect::<HeaderList>(),
                body: BodyLength::Whole(5),
                body_start: Some(b"hello".to_vec()),
            })
        );
        assert_eq!(fetched.exchanges[0].remote, fetched.exchanges[1].remote);
    });
}

/// How a fetch fails when the server answers like this.
fn failure(respond: impl FnMut(usize, SendResponse<Bytes>)) -> (NetworkFailure, String) {
    block_on(async {
        let server = TlsServer::new(&[b"h2"]).await;
        let init = RequestInit::new(format!("https://localhost:{}/", server.port()));
        let fetching = async {
            let browser = browser(server.trust());
            fetch(&browser, init).await
        };
        let (fetched, _) = tokio::join!(fetching, serve(&server, respond));
        let failure = fetched.exchanges[0].answer.clone().unwrap_err();
        (failure.kind, failure.detail)
    })
}

#[test]
fn a_reset_stream_is_no_answer() {
    let (kind, detail) = failure(|_, mut sender| sender.send_reset(h2::Reason::REFUSED_STREAM));
    assert_eq!(kind, NetworkFailure::Closed, "{detail}");
}

#[test]
fn headers_without_bound_are_given_up() {
    let filler = "x".repeat(8 * 1024);
    let (kind, detail) = failure(|_, mut sender| {
        let headers = vec![("x-filler", filler.as_str()); 64];
        // What of it arrives is the client's to refuse.
        let _ = sender.send_response(answer(200, &headers), true);
    });
    assert_eq!(kind, NetworkFailure::Malformed, "{detail}");
}

#[test]
fn a_body_shorter_than_announced_leaves_the_answer() {
    block_on(async {
        let server = TlsServer::new(&[b"h2"]).await;
        let init = RequestInit::new(format!("https://localhost:{}/", server.port()));
        let serving = serve(&server, |_, mut sender| {
            let headers = [("access-control-allow-origin", "*"), ("content-length", "9")];
            let mut body = sender.send_response(answer(200, &headers), false).unwrap();
            body.send_data(Bytes::from_static(b"half"), true).unwrap();
        });
        let fetching = async {
            let browser = browser(server.trust());
            fetch(&browser, init).await
        };
        let (fetched, _) = tokio::join!(fetching, serving);
        assert!(
            matches!(fetched.outcome.kind, OutcomeKind::Shared(_)),
            "{:?}",
            fetched.outcome.kind
        );
        assert_eq!(
            fetched.exchanges[0].answer.as_ref().unwrap().body,
            BodyLength::BrokenOff(0)
        );
    });
}

#[test]
fn a_connection_that_the_server_has_ended_is_replaced_unseen() {
    block_on(async {
        let server = TlsServer::new(&[b"h2"]).await;
        let browser = Browser::builder(UserAgent::Standard)
            .trust(server.trust())
            .build();
        let page = browser.page("https://app.example");
        let url = format!("https://localhost:{}/", server.port());
        let serve = async {
            for _ in 0..2 {
                let mut connection = h2::server::handshake(server.accept().await.unwrap())
                    .await
                    .unwrap();
                tokio::spawn(async move {
                    while let Some(Ok((_, mut sender))) = connection.accept().await {
                        let headers = [("access-control-allow-origin", "*")];
                        sender.send_response(answer(204, &headers), true).unwrap();
                        // GOAWAY goes out with the answer.
                        connection.graceful_shutdown();
                    }
                });
            }
        };
        let fetch = async {
            for _ in 0..2 {
                let settled = page.fetch(&url, ()).await;
                assert_eq!(
                    settled.response().map(|response| response.status()),
                    Some(204),
                    "{settled}"
                );
            }
        };
        tokio::join!(fetch, serve);
    });
}

#[test]
fn a_server_that_says_nothing_or_takes_nothing_ends_at_the_time_limit() {
    block_on(async {
        let server = TlsServer::new(&[b"h2"]).await;
        let browser = Browser::builder(UserAgent::Standard)
            .trust(server.trust())
            .timeout(SHORT)
            .build();
        let page = browser.page("https://app.example");
        let url = format!("https://localhost:{}/", server.port());
        // The settings are never acknowledged, the window for the body is never opened.
        let serve = async {
            let stream = server.accept().await;
            std::future::pending::<()>().await;
            drop(stream);
        };
        let settled = tokio::select! {
            settled = page.fetch(&url, Init::post().body("x".repeat(1024 * 1024))) => settled,
            () = serve => panic!("the server does not end"),
        };
        let reason = BlockReason::Network(NetworkFailure::Timeout);
        assert_eq!(settled.block_reason(), Some(&reason), "{settled}");
    });
}

#[test]
fn a_flood_of_continuation_frames_is_given_up() {
    block_on(async {
        let server = TlsServer::new(&[b"h2"]).await;
        let browser = Browser::builder(UserAgent::Standard)
            .trust(server.trust())
            .build();
        let page = browser.page("https://app.example");
        let url = format!("https://localhost:{}/", server.port());
        let serve = async {
            let mut stream = server.accept().await.unwrap();
            // SETTINGS, then HEADERS of stream 1 that never end: each frame goes on with 16 KiB of
            // one literal header.
            let frame = |kind: u8, stream: u8, payload: &[u8]| {
                let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
                [&length[1..], &[kind, 0, 0, 0, 0, stream], payload].concat()
            };
            let mut bytes = frame(4, 0, &[]);
            bytes.extend(frame(1, 1, &[0x88]));
            let header = [
                &[0x00, 0x01, b'x', 0x7f, 0x80, 0x7f],
                vec![b'y'; 16_000].as_slice(),
            ]
            .concat();
            bytes.extend(frame(9, 1, &header).repeat(100));
            let _ = stream.write_all(&bytes).await;
            let _ = stream.flush().await;
            stream
        };
        let (settled, _stream) = tokio::join!(page.fetch(&url, ()), serve);
        let Some(BlockReason::Network(kind)) = settled.block_reason() else {
            panic!("{settled}");
        };
        assert!(
            matches!(kind, NetworkFailure::Malformed | NetworkFailure::Closed),
            "{settled}"
        );
    });
}

#[test]
fn a_server_is_held_back_while_nobody_reads_and_a_body_without_end_ends_at_the_limit() {
    block_on(async {
        let server = TlsServer::new(&[b"h2"]).await;
        let browser = Browser::builder(UserAgent::Standard)
            .trust(server.trust())
            .body_limit(1024 * 1024)
            .build();
        let page = browser.page("https://app.example");
        let url = format!("https://localhost:{}/", server.port());
        let sent = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&sent);
        let serve = async move {
            let mut connection = h2::server::handshake(server.accept().await.unwrap())
                .await
                .unwrap();
            let (_, mut sender) = connection.accept().await.unwrap().unwrap();
            tokio::spawn(async move { while connection.accept().await.is_some() {} });
            let headers = [("access-control-allow-origin", "*")];
            let mut body = sender.send_response(answer(200, &headers), false).unwrap();
            loop {
                body.reserve_capacity(16 * 1024);
                let Some(Ok(capacity)) = poll_fn(|context| body.poll_capacity(context)).await else {
                    return;
                };
                if body.send_data(Bytes::from(vec![b'x'; capacity]), false).is_err() {
                    return;
                }
                count.fetch_add(capacity, Ordering::Relaxed);
            }
        };
        let serving = tokio::spawn(serve);
        let settled = page.fetch(&url, ()).await;
        let mut response = settled.into_response().unwrap();
        let first = response.chunk().await.unwrap().unwrap();
        // The window that HTTP/2 begins with, and what was read of it.
        for _ in 0..1000 {
            tokio::task::yield_now().await;
        }
        assert!(sent.load(Ordering::Relaxed) <= 65_535 + first.len());
        assert_eq!(
            response.bytes().await,
            Err(BodyError::TooLong { limit: 1024 * 1024 })
        );
        // The page is done with it, and the server is told.
        serving.await.unwrap();
    });
}
