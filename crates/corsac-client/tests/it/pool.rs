//! Which connection a request goes over.

use std::time::Duration;

use corsac_client::{Browser, Init};
use corsac_fetch::{CredentialsMode, UserAgent};

use crate::block_on;
use crate::raw_server::{RawServer, Then, answer, ok};

async fn read(browser: &Browser, page: &str, server: &RawServer, init: impl Into<Init>) -> String {
    let settled = browser.page(page).fetch(&server.url(), init).await;
    assert!(settled.response().is_some(), "{settled}");
    settled.into_response().unwrap().text().await.unwrap()
}

#[test]
fn a_connection_is_used_again_once_its_body_was_read() {
    block_on(async {
        let server = RawServer::always(Then::Keep(ok("hello"))).await;
        let browser = Browser::new(UserAgent::Standard);
        for _ in 0..3 {
            assert_eq!(read(&browser, "https://app.example", &server, ()).await, "hello");
        }
        let page = browser.page("https://app.example");
        let url = server.url();
        let (one, two) = tokio::join!(page.fetch(&url, ()), page.fetch(&url, ()));
        drop((one, two));
        let mut connections = server.connections();
        connections.sort_unstable();
        assert_eq!(connections, [0, 0, 0, 0, 1]);
    });
}

#[test]
fn preflight_redirect_and_request_share_a_connection() {
    block_on(async {
        let allowed = answer(
            "HTTP/1.1 204 No Content",
            &["Access-Control-Allow-Methods: PUT", "Access-Control-Max-Age: 0"],
            "",
        );
        let redirect = answer(
            "HTTP/1.1 307 Temporary Redirect",
            &["Location: /b", "Content-Length: 2"],
            "go",
        );
        let script = [allowed.clone(), redirect, allowed, ok("done")];
        let server = RawServer::start(move |number| Then::Keep(script[number].clone())).await;
        let browser = Browser::new(UserAgent::Standard);
        assert_eq!(
            read(&browser, "https://app.example", &server, Init::put()).await,
            "done"
        );
        assert_eq!(server.connections(), [0, 0, 0, 0]);
    });
}

#[test]
fn sites_and_requests_with_and_without_credentials_have_connections_of_their_own() {
    block_on(async {
        let server = RawServer::start(|_| {
            let lines = ["Access-Control-Allow-Credentials: true", "Content-Length: 0"];
            let bytes = answer("HTTP/1.1 200 OK", &lines, "");
            let text = String::from_utf8(bytes).unwrap();
            Then::Keep(
                text.replace("Origin: *", "Origin: https://app.example")
                    .into_bytes(),
            )
        })
        .await;
        let browser = Browser::new(UserAgent::Standard);
        let include = || Init::get().credentials(CredentialsMode::Include);
        let page = browser.page("https://app.example");
        let framed = page.clone().top_level("https://shop.example");
        for (page, init) in [
            (&page, Init::get()),
            (&page, include()),
            (&framed, include()),
            (&page, Init::get()),
            (&framed, include()),
        ] {
            let settled = page.fetch(&server.url(), init).await;
            assert!(settled.response().is_some(), "{settled}");
        }
        assert_eq!(server.connections(), [0, 1, 2, 0, 2]);
    });
}

#[test]
fn a_kept_connection_that_the_server_has_closed_is_replaced_unseen() {
    block_on(async {
        // The second request over it gets no answer: the server closes instead, as when its time is up.
        let server = RawServer::start(|number| match number {
            1 => Then::Close(Vec::new()),
            _ => Then::Keep(ok("hello")),
        })
        .await;
        let browser = Browser::new(UserAgent::Standard);
        assert_eq!(read(&browser, "https://app.example", &server, ()).await, "hello");
        let settled = browser.page("https://app.example").fetch(&server.url(), ()).await;
        assert_eq!(settled.exchanges().len(), 1, "{settled}");
        assert_eq!(
            settled.into_response().unwrap().text().await.as_deref(),
            Ok("hello")
        );
        assert_eq!(server.connections(), [0, 0, 1]);
    });
}

#[test]
fn a_connection_is_not_used_again_when_the_server_or_the_page_is_done_with_it() {
    for lines in [
        &["Connection: close", "Content-Length: 2"][..],
        &["Connection: x, Close", "Content-Length: 2"],
    ] {
        block_on(async {
            let bytes = answer("HTTP/1.1 200 OK", lines, "hi");
            let server = RawServer::always(Then::Keep(bytes)).await;
            let browser = Browser::new(UserAgent::Standard);
            for _ in 0..2 {
                assert_eq!(read(&browser, "https://app.example", &server, ()).await, "hi");
            }
            assert_eq!(server.connections(), [0, 1], "{lines:?}");
        });
    }
    block_on(async {
        // More than is announced: nobody knows what the rest is.
        let server = RawServer::always(Then::Keep(answer(
            "HTTP/1.1 200 OK",
            &["Content-Length: 1"],
            "hi",
        )))
        .await;
        let browser = Browser::new(UserAgent::Standard);
        for _ in 0..2 {
            assert_eq!(read(&browser, "https://app.example", &server, ()).await, "h");
        }
        assert_eq!(server.connections(), [0, 1]);
    });
    block_on(async {
        let server = RawServer::always(Then::Keep(ok("hello"))).await;
        let page = Browser::new(UserAgent::Standard).page("https://app.example");
        for _ in 0..2 {
            // The body is dropped unread.
            assert!(page.fetch(&server.url(), ()).await.response().is_some());
        }
        assert_eq!(server.connections(), [0, 1]);
    });
}

#[test]
fn what_a_browser_with_options_sends_goes_over_connections_of_its_own() {
    block_on(async {
        let server = RawServer::always(Then::Keep(ok("hello"))).await;
        let browser = crate::browser(corsac_client::Trust::System);
        for _ in 0..2 {
            crate::fetch(&browser, corsac_fetch::RequestInit::new(server.url())).await;
        }
        assert_eq!(server.connections(), [0, 1]);
    });
}

#[test]
fn six_idle_connections_to_a_server_are_kept_and_for_ninety_seconds() {
    block_on(async {
        let server = RawServer::always(Then::Keep(ok("hello"))).await;
        let page = Browser::new(UserAgent::Standard).page("https://app.example");
        let mut busy = Vec::new();
        for round in 0..2 {
            // As long as their bodies are not read, none of them is idle.
            for _ in 0..8 {
                busy.push(page.fetch(&server.url(), ()).await);
            }
            for settled in busy.drain(..) {
                assert!(settled.into_response().unwrap().text().await.is_ok());
            }
            let opened = server.connections().into_iter().max();
            assert_eq!(opened, Some([7, 9][round]));
        }
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(89)).await;
        tokio::time::resume();
        assert!(page.fetch(&server.url(), ()).await.response().is_some());
        assert_eq!(server.connections().into_iter().max(), Some(9));
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(2)).await;
        tokio::time::resume();
        assert!(page.fetch(&server.url(), ()).await.response().is_some());
        assert_eq!(server.connections().into_iter().max(), Some(10));
    });
}
