//! The decision, for handlers and for logs.

use std::convert::Infallible;

use axum::body::Body;
use axum::routing::post;
use axum::{Extension, Router};
use corsac::{Csrf, Policy, PolicyDraft, Verdict};
use corsac_tower::{CorsacLayer, RequestDecision};
use http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use tower::{Layer, ServiceExt, service_fn};

#[tokio::test]
async fn a_handler_is_told_the_decision_and_so_is_a_log_around_the_layer() {
    let app = Router::new()
        .fallback(async |Extension(decision): Extension<RequestDecision>| decision.to_string())
        .layer(layer().with_decision_extensions());

    let response = app.oneshot(request("GET", "https://a.b.example")).await.unwrap();
    let text = "allowed by policy `app`: the policy lists the origin (`https://*.b.example`)";
    let decision = response.extensions().get::<RequestDecision>().unwrap();
    assert_eq!(decision.to_string(), text);
    assert_eq!(decision.matched_pattern(), Some("https://*.b.example"));
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(body, text);
}

#[tokio::test]
async fn a_log_is_told_the_decision_of_what_never_reached_a_handler() {
    let app = Router::new()
        .route("/", post(async || "done"))
        .layer(layer().with_decision_extensions());

    let response = app.oneshot(request("POST", "https://evil.test")).await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    let decision = response.extensions().get::<RequestDecision>().unwrap();
    assert_eq!(decision.verdict, Verdict::Refused);
    assert_eq!(decision.reason.code(), "csrf-origin");
}

#[tokio::test]
async fn without_being_asked_for_the_decision_is_in_no_extension() {
    let service = layer().layer(service_fn(async |request: Request<Body>| {
        assert!(request.extensions().get::<RequestDecision>().is_none());
        Ok::<_, Infallible>(Response::new(Body::empty()))
    }));
    let response = service
        .oneshot(request("GET", "https://a.b.example"))
        .await
        .unwrap();
    assert!(response.extensions().get::<RequestDecision>().is_none());
}

#[tokio::test]
async fn an_error_of_the_inner_service_is_passed_on() {
    let service = layer().layer(service_fn(async |_: Request<Body>| {
        Err::<Response<Body>, _>("no answer")
    }));
    let error = service.oneshot(request("GET", "https://a.b.example")).await;
    assert_eq!(error.unwrap_err(), "no answer");
}

fn layer() -> CorsacLayer {
    let draft = PolicyDraft {
        allow_origins: ["https://*.b.example"].into_iter().collect(),
        csrf: Csrf::Enforce {
            exempt_paths: Vec::new(),
        },
        ..PolicyDraft::new("app")
    };
    CorsacLayer::new(Policy::build(draft).unwrap().0)
}

fn request(method: &str, origin: &str) -> Request<Body> {
    Request::builder()
        .method(method)
        .header(header::HOST, "api.example")
        .header(header::ORIGIN, origin)
        .body(Body::empty())
        .unwrap()
}
