//! Pages against an application without sockets.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect};
use axum::routing::{any, get};
use corsac_client::{BodyError, Browser, Clock, Init, Settled};
use corsac_fetch::{
    BlockReason, CredentialsMode, Mode, NetworkFailure, ResponseType, TypeErrorReason, UserAgent,
};
use tower_http::cors::CorsLayer;

use crate::block_on;

const APP: &str = "https://app.example.com";

fn browser(app: Router) -> Browser {
    Browser::builder(UserAgent::Chromium)
        .service("https://api.example.com", app)
        .build()
}

/// Fetches as a page of the allowed origin.
fn fetch(app: Router, path: &str, init: impl Into<Init>) -> Settled {
    let url = format!("https://api.example.com{path}");
    block_on(async { browser(app).page(APP).fetch(&url, init).await })
}

fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(HeaderValue::from_static(APP))
        .allow_methods([Method::PUT])
        .allow_headers([header::CONTENT_TYPE])
        .expose_headers([header::ETAG])
}

fn api() -> Router {
    let item = async |request: Request<Body>| {
        let body = axum::body::to_bytes(request.into_body(), 100).await.unwrap();
        ([(header::ETAG, "\"1\""), (header::SERVER, "axum")], body)
    };
    Router::new().route("/items", any(item)).layer(cors())
}

#[test]
fn a_page_reads_what_the_application_exposes_to_it() {
    let init = Init::put().header("Content-Type", "application/json").body("[1]");
    let settled = fetch(api(), "/items", init);
    assert!(settled.was_preflighted(), "{settled}");
    let response = settled.into_response().unwrap();
    assert_eq!((response.status(), response.ok()), (200, true));
    assert_eq!(response.response_type(), ResponseType::Cors);
    assert_eq!(response.url().unwrap().as_str(), "https://api.example.com/items");
    assert!(!response.redirected());
    assert_eq!(response.header("ETag"), Some(&b"\"1\""[..]));
    assert_eq!(response.header("Server"), None);
    assert!(response.hidden_header_names().contains(&b"server".to_vec()));
    assert_eq!(block_on(response.text()).as_deref(), Ok("[1]"));
}

#[test]
fn what_went_wrong_is_said_in_words_and_as_the_browser_prints_it() {
    let settled = block_on(async {
        let page = browser(api()).page("https://evil.example");
        page.fetch(
            "https://api.example.com/items",
            Init::delete().header("X-Token", "1"),
        )
        .await
    });
    assert!(settled.response().is_none());
    let text = settled.to_string();
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some(
            "rejected: the answer to the preflight allows `https://app.example.com`, not `https://evil.example` \
             (mismatched-allow-origin-on-preflight)"
        )
    );
    assert_eq!(
        lines.last(),
        Some(
            "OPTIONS https://api.example.com/items, origin: https://evil.example, access-control-request-method: DELETE, \
             access-control-request-headers: x-token -> 200"
        )
    );
    assert_eq!(
        settled.diagnostic().unwrap().name,
        "mismatched-allow-origin-on-preflight"
    );
    assert!(
        settled.console()[0].contains("has been blocked by CORS policy"),
        "{:?}",
        settled.console()
    );
}

#[test]
fn a_request_that_the_api_refuses_throws_and_sends_nothing() {
    let settled = fetch(api(), "/items", Init::get().body("x"));
    assert_eq!(settled.type_error(), Some(&TypeErrorReason::BodyWithGetOrHead));
    assert_eq!(settled.exchanges(), []);
    let settled = block_on(async { browser(api()).page("app.example.com").fetch("/items", ()).await });
    assert_eq!(
        settled.to_string(),
        "no page: `app.example.com` is not an http or https URL"
    );
}

#[test]
fn a_relative_url_is_the_pages_own_and_needs_no_permission() {
    let settled = block_on(async {
        let browser = Browser::builder(UserAgent::Firefox).service(APP, api()).build();
        browser
            .page("https://app.example.com/shop/")
            .fetch("../items", Init::put())
            .await
    });
    assert!(!settled.was_preflighted());
    let response = settled.into_response().unwrap();
    assert_eq!(response.response_type(), ResponseType::Basic);
    assert_eq!(response.url().unwrap().as_str(), "https://app.example.com/items");
}

#[test]
fn an_opaque_page_sends_null_and_an_opaque_response_shows_nothing() {
    let settled = block_on(async {
        let page = browser(api()).opaque_page();
        page.fetch("https://api.example.com/items", Init::get().mode(Mode::NoCors))
            .await
    });
    assert_eq!(
        settled.exchanges()[0].headers.get("origin"),
        None,
        "a GET in no-cors mode has no Origin"
    );
    let mut response = settled.into_response().unwrap();
    assert_eq!((response.status(), response.url()), (0, None));
    assert_eq!(block_on(response.chunk()), Ok(None));

    let settled = block_on(async {
        browser(api())
            .opaque_page()
            .fetch("https://api.example.com/items", ())
            .await
    });
    assert_eq!(
        settled.exchanges()[0].headers.get("origin").as_deref(),
        Some(&b"null"[..])
    );
    assert!(settled.block_reason().is_some());
}

#[test]
fn the_application_sees_a_request_as_over_http() {
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let log = Arc::clone(&seen);
    let handler = async move |request: Request<Body>| {
        let mut lines = vec![format!("{} {}", request.method(), request.uri())];
        let headers: &HeaderMap = request.headers();
        lines.extend(
            headers
                .iter()
                .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())),
        );
        *log.lock().unwrap() = lines;
        "ok"
    };
    let app = Router::new().fallback(handler).layer(cors());
    let init = Init::post().body("hi").credentials(CredentialsMode::Include);
    fetch(app, "/a%20b?c=d#e", init);
    let seen = seen.lock().unwrap().clone();
    assert_eq!(
        seen,
        [
            "POST /a%20b?c=d",
            "host: api.example.com",
            "connection: keep-alive",
            "content-length: 2",
            "user-agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
            "content-type: text/plain;charset=UTF-8",
            "accept: */*",
            "referer: https://app.example.com/",
            "origin: https://app.example.com",
            "sec-fetch-dest: empty",
            "sec-fetch-mode: cors",
            "sec-fetch-site: same-site",
            "accept-encoding: gzip, deflate, br, zstd",
            "accept-language: en-US,en;q=0.9",
        ]
    );
}

#[test]
fn redirects_between_services_are_followed() {
    let settled = block_on(async {
        let old = Router::new()
            .route(
                "/old",
                get(async || Redirect::permanent("https://api.example.com/items")),
            )
            .layer(CorsLayer::new().allow_origin(HeaderValue::from_static(APP)));
        let new = Router::new()
            .route("/items", get(async || "new"))
            .layer(CorsLayer::new().allow_origin(HeaderValue::from_static("null")));
        let browser = Browser::builder(UserAgent::Chromium)
            .service("https://old.example.net", old)
            .service("https://api.example.com", new)
            .build();
        browser.page(APP).fetch("https://old.example.net/old", ()).await
    });
    assert_eq!(
        settled.exchanges()[1].headers.get("origin").as_deref(),
        Some(&b"null"[..]),
        "{settled}"
    );
    let response = settled.into_response().unwrap();
    assert!(response.redirected());
    assert_eq!(block_on(response.text()).as_deref(), Ok("new"));
}

#[test]
fn a_body_is_read_piece_by_piece_and_a_service_that_fails_within_it_says_why() {
    let pieces = |count: usize| {
        let pieces = (0..).map(move |number| match number == count {
            true => Err("the disk is gone"),
            false => Ok(vec![b'x'; 1000]),
        });
        Body::from_stream(Pieces(pieces))
    };
    block_on(async {
        let app = Router::new()
            .route("/", get(async move || pieces(3)))
            .layer(cors());
        let settled = browser(app).page(APP).fetch("https://api.example.com/", ()).await;
        let mut response = settled.into_response().unwrap();
        for _ in 0..3 {
            assert_eq!(response.chunk().await.unwrap().unwrap().len(), 1000);
        }
        assert_eq!(
            response.chunk().await,
            Err(BodyError::Service("the disk is gone".to_owned()))
        );
        assert_eq!(response.chunk().await, Ok(None));
    });
    block_on(async {
        let app = Router::new()
            .route("/", get(async move || pieces(usize::MAX)))
            .layer(cors());
        let browser = Browser::builder(UserAgent::WebKit)
            .service("https://api.example.com", app)
            .body_limit(10_500)
            .build();
        let settled = browser.page(APP).fetch("https://api.example.com/", ()).await;
        let body = settled.into_response().unwrap().bytes().await;
        assert_eq!(body, Err(BodyError::TooLong { limit: 10_500 }));
    });
}

#[test]
fn a_service_that_never_answers_ends_at_the_time_limit() {
    let settled = block_on(async {
        tokio::time::pause();
        let app = Router::new().route("/", get(async || std::future::pending::<&str>().await));
        let browser = Browser::builder(UserAgent::Standard)
            .service("https://api.example.com", app)
            .timeout(Duration::from_secs(5))
            .build();
        browser.page(APP).fetch("https://api.example.com/", ()).await
    });
    let reason = BlockReason::Network(NetworkFailure::Timeout);
    assert_eq!(settled.block_reason(), Some(&reason), "{settled}");
}

#[test]
fn a_grant_is_remembered_for_as_long_as_the_browser_remembers_it() {
    for (user_agent, cap) in [
        (UserAgent::Chromium, 7200),
        (UserAgent::Firefox, 86_400),
        (UserAgent::WebKit, 600),
    ] {
        let preflights = preflights(user_agent, Some(1_000_000), &[0, cap - 1, 1]);
        assert_eq!(preflights, [true, false, true], "{user_agent:?}");
        // "If max-age is failure or null, then set max-age to 5."
        assert_eq!(
            preflights_of_default(user_agent),
            [true, false, true],
            "{user_agent:?}"
        );
    }
}

fn preflights_of_default(user_agent: UserAgent) -> Vec<bool> {
    preflights(user_agent, None, &[0, 4, 1])
}

/// Whether each PUT, so many seconds after the one before, is preflighted.
fn preflights(user_agent: UserAgent, max_age: Option<u64>, waits: &[u64]) -> Vec<bool> {
    block_on(async {
        let cors = match max_age {
            None => cors(),
            Some(seconds) => cors().max_age(Duration::from_secs(seconds)),
        };
        let app = Router::new().route("/items", any(async || "")).layer(cors);
        let (clock, time) = Clock::manual();
        let browser = Browser::builder(user_agent)
            .service("https://api.example.com", app)
            .clock(clock)
            .build();
        let page = browser.page(APP);
        let mut preflights = Vec::new();
        for wait in waits {
            time.advance(Duration::from_secs(*wait));
            let settled = page.fetch("https://api.example.com/items", Init::put()).await;
            assert!(settled.response().is_some(), "{settled}");
            preflights.push(settled.was_preflighted());
        }
        preflights
    })
}

#[test]
fn a_small_preflight_cache_forgets_what_was_not_used_for_the_longest_time() {
    block_on(async {
        let app = Router::new().route("/{id}", any(async || "")).layer(cors());
        let browser = Browser::builder(UserAgent::Standard)
            .service("https://api.example.com", app)
            .preflight_cache_capacity(2)
            .build();
        let page = browser.page(APP);
        for (id, preflighted) in [(1, true), (2, true), (1, false), (3, true), (1, false), (2, true)] {
            let url = format!("https://api.example.com/{id}");
            let settled = page.fetch(&url, Init::put()).await;
            assert_eq!(settled.was_preflighted(), preflighted, "{id}: {settled}");
        }
    });
}

#[test]
fn pages_of_one_browser_share_what_it_remembers_and_those_of_another_do_not() {
    block_on(async {
        let app = Router::new().route("/items", any(async || "")).layer(cors());
        let one = browser(app.clone());
        for (browser, preflighted) in [
            (&one, true),
            (&one, false),
            (&one.clone(), false),
            (&browser(app), true),
        ] {
            let settled = browser
                .page(APP)
                .fetch("https://api.example.com/items", Init::put())
                .await;
            assert_eq!(settled.was_preflighted(), preflighted, "{settled}");
        }
    });
}

#[test]
fn a_browser_is_shared_by_tasks_on_several_threads() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        let handler = async move || {
            counted.fetch_add(1, Ordering::Relaxed);
            StatusCode::NO_CONTENT.into_response()
        };
        let browser = browser(Router::new().route("/", any(handler)).layer(cors()));
        let tasks: Vec<_> = (0..50)
            .map(|_| {
                let page = browser.page(APP);
                tokio::spawn(async move {
                    page.fetch("https://api.example.com/", Init::put())
                        .await
                        .response()
                        .is_some()
                })
            })
            .collect();
        for task in tasks {
            assert!(task.await.unwrap());
        }
        assert_eq!(count.load(Ordering::Relaxed), 50);
    });
}

/// An iterator as a stream.
struct Pieces<I>(I);

impl<I: Iterator + Unpin> futures_core::Stream for Pieces<I> {
    type Item = I::Item;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<I::Item>> {
        std::task::Poll::Ready(self.get_mut().0.next())
    }
}
