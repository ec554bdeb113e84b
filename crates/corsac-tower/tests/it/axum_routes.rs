//! Where a layer stands in an axum router, and what it sees there.

use axum::Router;
use axum::body::Body;
use axum::extract::OriginalUri;
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use corsac::{Policy, PolicyDraft, PolicyTable};
use corsac_tower::CorsacLayer;
use http::{HeaderMap, Request, Response, StatusCode, header};
use tower::ServiceExt;

#[tokio::test]
async fn a_layer_on_the_router_covers_handlers_unknown_paths_and_methods() {
    let app = Router::new()
        .route("/items", get(ok).put(ok))
        .layer(layer("app", &[APP]));

    let preflight = send(&app, preflight("/items", APP, "PUT")).await;
    assert_eq!(preflight.status(), StatusCode::NO_CONTENT);
    assert_eq!(allow_origin(&preflight), Some(APP));

    for (method, path, status) in [
        ("GET", "/items", StatusCode::OK),
        ("GET", "/nothing", StatusCode::NOT_FOUND),
        ("DELETE", "/items", StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let answer = send(&app, actual(method, path, APP)).await;
        assert_eq!(answer.status(), status);
        assert_eq!(allow_origin(&answer), Some(APP), "{method} {path}");
        assert_eq!(answer.headers()[header::VARY], "Origin", "{method} {path}");
    }
}

#[tokio::test]
async fn a_layer_on_a_method_router_is_a_policy_of_that_route_alone() {
    let app = Router::new()
        .route("/items", get(ok).layer(layer("items", &[APP])))
        .route("/admin", post(ok).layer(layer("admin", &[ADMIN])));

    assert_eq!(
        allow_origin(&send(&app, preflight("/items", APP, "PUT")).await),
        Some(APP)
    );
    assert_eq!(
        allow_origin(&send(&app, actual("POST", "/admin", APP)).await),
        None
    );
    assert_eq!(
        allow_origin(&send(&app, actual("POST", "/admin", ADMIN)).await),
        Some(ADMIN)
    );
}

#[tokio::test]
async fn a_route_layer_on_a_method_router_never_sees_a_preflight() {
    let app = Router::new().route("/items", get(ok).put(ok).route_layer(layer("items", &[APP])));

    assert_eq!(
        allow_origin(&send(&app, actual("PUT", "/items", APP)).await),
        Some(APP)
    );
    let answer = send(&app, preflight("/items", APP, "PUT")).await;
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(allow_origin(&answer), None);
}

#[tokio::test]
async fn a_route_layer_on_a_router_leaves_unknown_paths_without_headers() {
    let app = Router::new()
        .route("/items", get(ok))
        .route_layer(layer("items", &[APP]));

    assert_eq!(
        allow_origin(&send(&app, preflight("/items", APP, "PUT")).await),
        Some(APP)
    );
    let answer = send(&app, actual("GET", "/nothing", APP)).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert_eq!(allow_origin(&answer), None);
}

#[tokio::test]
async fn a_layer_before_authentication_answers_the_preflight_and_shows_the_401() {
    let app = Router::new()
        .route("/items", get(ok).put(ok))
        .layer(from_fn(require_authorization))
        .layer(layer("app", &[APP]));

    assert_eq!(
        send(&app, preflight("/items", APP, "PUT")).await.status(),
        StatusCode::NO_CONTENT
    );
    let answer = send(&app, actual("GET", "/items", APP)).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(allow_origin(&answer), Some(APP));
}

#[tokio::test]
async fn authentication_before_the_layer_refuses_every_preflight() {
    let app = Router::new()
        .route("/items", get(ok).put(ok))
        .layer(layer("app", &[APP]))
        .layer(from_fn(require_authorization));

    let answer = send(&app, preflight("/items", APP, "PUT")).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(allow_origin(&answer), None);
}

#[tokio::test]
async fn a_table_on_the_outer_router_sees_the_whole_path_of_a_nested_one() {
    let api = Router::new().route("/items", get(ok));
    let app = Router::new()
        .nest("/api", api)
        .layer(CorsacLayer::new(site_and_api()));

    assert_eq!(
        allow_origin(&send(&app, actual("GET", "/api/items", APP)).await),
        Some(APP)
    );
    assert_eq!(
        allow_origin(&send(&app, actual("GET", "/api/items", SITE)).await),
        None
    );
}

#[tokio::test]
async fn a_table_in_a_nested_router_sees_the_rest_of_the_path_only() {
    let api = Router::new()
        .route("/items", get(ok))
        .layer(CorsacLayer::new(site_and_api()));
    let app = Router::new().nest("/api", api);

    // `/items` is the site's, not the API's.
    assert_eq!(
        allow_origin(&send(&app, actual("GET", "/api/items", SITE)).await),
        Some(SITE)
    );
}

#[tokio::test]
async fn a_table_in_a_nested_router_that_is_told_of_the_original_uri_sees_the_whole_path() {
    let layer = CorsacLayer::new(site_and_api())
        .with_original_uri(|extensions| extensions.get::<OriginalUri>().map(|uri| &uri.0));
    let api = Router::new().route("/items", get(ok)).layer(layer);
    let app = Router::new().nest("/api", api);

    assert_eq!(
        allow_origin(&send(&app, actual("GET", "/api/items", APP)).await),
        Some(APP)
    );
    assert_eq!(
        allow_origin(&send(&app, actual("GET", "/api/items", SITE)).await),
        None
    );
}

async fn ok() -> impl IntoResponse {
    "ok"
}

async fn require_authorization(headers: HeaderMap, request: Request<Body>, next: Next) -> Response<Body> {
    if headers.contains_key(header::AUTHORIZATION) {
        next.run(request).await
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

/// Every path is the site's, those below `/api/` the API's.
fn site_and_api() -> PolicyTable {
    let api = PolicyDraft {
        paths: vec!["/api/*".to_owned()],
        ..draft("api", &[APP])
    };
    PolicyTable::build(vec![draft("site", &[SITE]), api]).unwrap().0
}

fn layer(name: &str, origins: &[&str]) -> CorsacLayer {
    CorsacLayer::new(Policy::build(draft(name, origins)).unwrap().0)
}

fn draft(name: &str, origins: &[&str]) -> PolicyDraft {
    PolicyDraft {
        allow_origins: origins.iter().copied().collect(),
        allow_methods: vec!["PUT".to_owned(), "DELETE".to_owned()],
        ..PolicyDraft::new(name)
    }
}

fn preflight(path: &str, origin: &str, method: &str) -> Request<Body> {
    let mut request = actual("OPTIONS", path, origin);
    request
        .headers_mut()
        .insert(header::ACCESS_CONTROL_REQUEST_METHOD, method.parse().unwrap());
    request
}

fn actual(method: &str, path: &str, origin: &str) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::ORIGIN, origin)
        .body(Body::empty())
        .unwrap()
}

async fn send(app: &Router, request: Request<Body>) -> Response<Body> {
    app.clone().oneshot(request).await.unwrap()
}

fn allow_origin(response: &Response<Body>) -> Option<&str> {
    let value = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN)?;
    Some(value.to_str().unwrap())
}

const APP: &str = "https://app.example";
const ADMIN: &str = "https://admin.example";
const SITE: &str = "https://site.example";
