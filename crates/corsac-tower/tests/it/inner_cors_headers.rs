//! What becomes of the CORS headers that a handler sets by itself.

use axum::body::Body;
use corsac::{Mode, Policy, PolicyDraft};
use corsac_tower::CorsacLayer;
use http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use tower::{Layer, ServiceExt, service_fn};

use crate::case_file::lines;

#[tokio::test]
async fn a_debug_build_that_is_told_to_refuses_them_and_names_the_header() {
    let (status, headers, body) = send(layer(Mode::Enforce).refuse_inner_cors_headers()).await;
    if !cfg!(debug_assertions) {
        // `cargo test --release`: as if nothing had been told.
        assert_eq!((status, headers, body), send(layer(Mode::Enforce)).await);
        return;
    }
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(
        headers,
        pairs(&[
            ("content-type", "text/plain; charset=utf-8"),
            ("access-control-allow-origin", APP),
            ("vary", "Origin"),
        ])
    );
    assert_eq!(
        body,
        "A service inside of the Corsac layer set the header `access-control-allow-origin`. \
         The layer sets it: remove it there.\n\
         A release build replaces the header; this is a debug build, and the layer was told to refuse it.\n"
    );
}

#[tokio::test]
async fn otherwise_they_are_replaced() {
    let (status, headers, body) = send(layer(Mode::Enforce)).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        headers,
        pairs(&[("access-control-allow-origin", APP), ("vary", "Origin")])
    );
    assert_eq!(body, "hello");
}

#[tokio::test]
async fn where_the_policy_only_reports_they_are_neither_refused_nor_replaced() {
    let (status, headers, body) = send(layer(Mode::ReportOnly).refuse_inner_cors_headers()).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers, pairs(&[("access-control-allow-origin", "*")]));
    assert_eq!(body, "hello");
}

type Answer = (StatusCode, Vec<(String, String)>, String);

async fn send<I>(layer: CorsacLayer<I>) -> Answer
where
    I: corsac_tower::InnerCorsHeaders<Body>,
{
    let service = layer.layer(service_fn(async |_: Request<()>| {
        let mut response = Response::new(Body::from("hello"));
        response
            .headers_mut()
            .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".parse().unwrap());
        Ok::<_, std::convert::Infallible>(response)
    }));
    let request = Request::builder().header(header::ORIGIN, APP).body(()).unwrap();
    let (head, body) = service.oneshot(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    (
        head.status,
        lines(&head.headers),
        String::from_utf8(body).unwrap(),
    )
}

fn layer(mode: Mode) -> CorsacLayer {
    let draft = PolicyDraft {
        allow_origins: [APP].into_iter().collect(),
        mode,
        ..PolicyDraft::new("app")
    };
    CorsacLayer::new(Policy::build(draft).unwrap().0)
}

fn pairs(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    lines
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

const APP: &str = "https://app.example";
