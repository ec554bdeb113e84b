//! The client against servers on this machine, good and bad ones, and against services.
//!
//! What goes over HTTP/1.1 byte for byte, and what is reported of it, is asserted by the cases of
//! `cases/check/`, which run the whole command.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what a test needs and does not get fails it"
)]

mod bad_servers;
mod cookies;
mod http1;
mod http2;
mod local_network_access;
mod pool;
mod raw_server;
mod sequences;
mod service;
mod tls;
mod tls_server;
mod web_socket;

use corsac::Origin;
use corsac_client::{Browser, Fetched, Options};
use corsac_fetch::{Client, Request, RequestInit, UserAgent};

/// Fetches as a page of `https://app.example` would.
async fn fetch(browser: &Browser, init: RequestInit) -> Fetched {
    let page = Client::new(Origin::from_serialization("https://app.example").unwrap());
    let request = Request::new(init, page, UserAgent::Standard).unwrap();
    browser.send(request).await
}

fn browser(trust: corsac_client::Trust) -> Browser {
    Browser::with_options(Options {
        trust,
        ..Options::default()
    })
}

/// Runs a test's futures, servers and client, on one thread.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}
