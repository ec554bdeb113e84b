//! An axum server on a real socket, and pages that may read its answers or not.

use axum::Router;
use axum::routing::{any, get};
use corsac::{Origin, Policy, PolicyDraft};
use corsac_client::{Browser, Options};
use corsac_fetch::{BlockReason, Client, CredentialsMode, OutcomeKind, Request, RequestInit, UserAgent};
use corsac_tower::CorsacLayer;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;

#[tokio::test]
async fn a_listed_page_reads_answers_and_failures_and_no_other_page_does() {
    let server = serve().await;
    for (method, path, status) in [
        ("GET", "/items", 200),
        ("PUT", "/items", 200),
        ("GET", "/nothing", 404),
        ("DELETE", "/read-only", 405),
        ("GET", "/fails", 500),
        ("GET", "/panics", 500),
    ] {
        let url = format!("{server}{path}");
        let listed = fetch("https://app.example", method, &url, &[]).await;
        assert_eq!(status_of(&listed), Some(status), "{method} {path}: {listed:?}");
        for stranger in [
            "https://evil.test",
            "https://app.example.evil.test",
            "http://app.example",
        ] {
            let refused = fetch(stranger, method, &url, &[]).await;
            assert!(
                matches!(refused, OutcomeKind::Blocked { .. }),
                "{method} {path} from {stranger}: {refused:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_page_reads_exposed_headers_only() {
    let server = serve().await;
    let outcome = fetch("https://app.example", "GET", &format!("{server}/items"), &[]).await;
    let OutcomeKind::Shared(response) = outcome else {
        panic!("{outcome:?}")
    };
    let names: Vec<_> = response.headers.iter().map(|(name, _)| name.as_slice()).collect();
    assert!(names.contains(&&b"x-rate"[..]));
    assert!(response.hidden_header_names.contains(&b"x-secret".to_vec()));
}

#[tokio::test]
async fn a_preflight_fails_at_the_header_that_is_not_listed() {
    let server = serve().await;
    let url = format!("{server}/items");
    let passed = fetch("https://app.example", "PUT", &url, &[("X-Token", "1")]).await;
    assert_eq!(status_of(&passed), Some(200), "{passed:?}");
    let refused = fetch("https://app.example", "PUT", &url, &[("X-Evil", "1")]).await;
    assert!(matches!(refused, OutcomeKind::Blocked { .. }), "{refused:?}");
}

#[tokio::test]
async fn in_debug_mode_the_browser_itself_names_the_header() {
    let layer = layer();
    layer.policies().set_debug(true);
    let server = serve_with(layer).await;
    let refused = fetch(
        "https://app.example",
        "PUT",
        &format!("{server}/items"),
        &[("X-Evil", "1")],
    )
    .await;
    let OutcomeKind::Blocked { reason, .. } = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(reason, BlockReason::PreflightHeader(b"x-evil".to_vec()));
}

async fn fetch(page: &str, method: &str, url: &str, headers: &[(&str, &str)]) -> OutcomeKind {
    let page = Client::new(Origin::from_serialization(page).unwrap());
    let init = RequestInit {
        method: method.to_owned(),
        credentials: CredentialsMode::Include,
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        ..RequestInit::new(url)
    };
    let request = Request::new(init, page, UserAgent::Standard).unwrap();
    Browser::with_options(Options::default())
        .send(request)
        .await
        .outcome
        .kind
}

fn status_of(outcome: &OutcomeKind) -> Option<u16> {
    match outcome {
        OutcomeKind::Shared(response) => Some(response.status),
        OutcomeKind::Opaque(_) | OutcomeKind::Blocked { .. } => None,
    }
}

async fn serve() -> String {
    serve_with(layer()).await
}

/// The address of a server that goes on until the test's runtime ends.
async fn serve_with(layer: CorsacLayer) -> String {
    let app = Router::new()
        .route(
            "/items",
            any(async || ([("x-rate", "7"), ("x-secret", "8")], "items")),
        )
        .route("/read-only", get(async || "items"))
        .route("/fails", get(async || http::StatusCode::INTERNAL_SERVER_ERROR))
        .route("/panics", get(async || -> () { panic!("the handler panics") }))
        .layer(CatchPanicLayer::new())
        .layer(layer);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    format!("http://{address}")
}

fn layer() -> CorsacLayer {
    let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let draft = PolicyDraft {
        allow_origins: ["https://app.example"].into_iter().collect(),
        allow_credentials: true,
        allow_methods: strings(&["PUT", "DELETE"]),
        allow_headers: strings(&["X-Token"]),
        expose_headers: strings(&["X-Rate"]),
        ..PolicyDraft::new("app")
    };
    CorsacLayer::new(Policy::build(draft).unwrap().0)
}
