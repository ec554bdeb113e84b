//! CORS tests without a browser, and the network part of `corsac check`: drives the browser half
//! (`corsac-fetch`) over real HTTP, or against a `tower::Service`.
//!
//! [`Browser::page`] opens a page, and [`Page::fetch`] does what a browser does for `fetch()`: the
//! preflight, the request, redirects, cookies, the preflight cache. [`Settled`] is what the page sees of
//! it, and why. An axum application is tested like this:
//!
//! ```
//! use axum::{Router, routing::put};
//! use corsac_client::{Browser, Init};
//! use corsac_fetch::UserAgent;
//! # use axum::http::HeaderValue;
//! # use tower_http::cors::CorsLayer;
//!
//! # fn app() -> Router {
//! #     let origin = HeaderValue::from_static("https://app.example.com");
//! #     let cors = CorsLayer::new().allow_origin(origin).allow_methods([axum::http::Method::PUT]);
//! #     Router::new().route("/items", put(async || "saved")).layer(cors)
//! # }
//! #[tokio::main(flavor = "current_thread")] // in your tests: #[tokio::test]
//! async fn main() {
//!     let browser = Browser::builder(UserAgent::Chromium).service("https://api.example.com", app()).build();
//!     let fetch = async |page| browser.page(page).fetch("https://api.example.com/items", Init::put()).await;
//!
//!     let ours = fetch("https://app.example.com").await;
//!     assert_eq!(ours.response().map(|response| response.status()), Some(200), "{ours}");
//!
//!     let other = fetch("https://evil.example").await;
//!     assert!(other.block_reason().is_some(), "{other}");
//! }
//! ```
//!
//! It decides nothing: redirects, preflights, checks and what becomes of a cookie are `corsac-fetch`'s,
//! explanations `corsac-diagnostics`'. What is kept between requests, connections, cookies and the
//! preflight cache, is bounded, and so is what a server can send.
//!
//! HTTP/1.1 and, when TLS negotiates it, HTTP/2. Left out: the HTTP cache, HSTS, proxies, HTTP/3, service
//! workers and `document.cookie`.

pub mod browser;
pub mod browser_builder;
pub mod clock;
pub mod cookies;
pub mod exchange;
pub mod init;
pub mod options;
pub mod page;
pub mod probe;
pub mod replay;
pub mod response;
pub mod service;
pub mod settled;

mod cookie_jar;
mod network;

pub use browser::{Browser, Fetched};
pub use browser_builder::BrowserBuilder;
pub use clock::{Clock, ManualTime};
pub use cookies::Cookies;
pub use exchange::{Answer, BodyLength, Exchange, Failure, Protocol, Tls};
pub use init::Init;
pub use options::{Options, Trust};
pub use page::Page;
pub use probe::{Probe, origins_to_probe};
pub use replay::{Replayed, replay};
pub use response::{BodyError, Response};
pub use service::RequestBody;
pub use settled::Settled;

/// The examples of the book are run by the tests.
#[cfg(doctest)]
mod book {
    #[doc = include_str!("../../../docs/testing.md")]
    struct Testing;
}
