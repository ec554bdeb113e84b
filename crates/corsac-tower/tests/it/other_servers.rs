//! hyper without a framework, and tonic's routes.

use std::convert::Infallible;
use std::task::{Context, Poll};

use bytes::Bytes;
use corsac::{Policy, PolicyDraft};
use corsac_tower::CorsacLayer;
use http::{Request, Response, StatusCode, header};
use http_body_util::{Empty, Full};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tonic::server::NamedService;
use tonic::service::Routes;
use tower::{Layer, Service, ServiceExt, service_fn};

use crate::case_file::lines;

#[tokio::test]
async fn hyper_serves_it() {
    let service = layer().layer(service_fn(async |_: Request<hyper::body::Incoming>| {
        Ok::<_, Infallible>(Response::new(Full::new(Bytes::from("hello"))))
    }));
    let (client, server) = tokio::io::duplex(4096);
    let server =
        http1::Builder::new().serve_connection(TokioIo::new(server), TowerToHyperService::new(service));
    let (mut sender, client) = hyper::client::conn::http1::handshake(TokioIo::new(client))
        .await
        .unwrap();
    let request = Request::builder()
        .header(header::HOST, "api.example")
        .header(header::ORIGIN, APP)
        .body(Empty::<Bytes>::new())
        .unwrap();
    let response = tokio::select! {
        response = sender.send_request(request) => response.unwrap(),
        ended = server => panic!("the server ended first: {ended:?}"),
        ended = client => panic!("the client ended first: {ended:?}"),
    };
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], APP);
}

#[tokio::test]
async fn tonic_routes_get_headers_on_grpc_web_calls_and_answers_to_preflights() {
    let service = layer().layer(Routes::new(Greeter));

    let call = Request::builder()
        .method("POST")
        .uri("/greeter.Greeter/Hello")
        .header(header::ORIGIN, APP)
        .body(tonic::body::Body::empty())
        .unwrap();
    let answer = service.clone().oneshot(call).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], APP);
    assert_eq!(
        answer.headers()[header::ACCESS_CONTROL_EXPOSE_HEADERS],
        "grpc-status, grpc-message"
    );

    let preflight = Request::builder()
        .method("OPTIONS")
        .uri("/greeter.Greeter/Hello")
        .header(header::ORIGIN, APP)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type,x-grpc-web")
        .body(tonic::body::Body::empty())
        .unwrap();
    let answer = service.oneshot(preflight).await.unwrap();
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    assert_eq!(
        lines(answer.headers()),
        [
            ("access-control-allow-origin", APP),
            ("access-control-allow-headers", "content-type, x-grpc-web"),
            (
                "vary",
                "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"
            ),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
}

fn layer() -> CorsacLayer {
    let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let draft = PolicyDraft {
        allow_origins: [APP].into_iter().collect(),
        allow_headers: strings(&["content-type", "x-grpc-web"]),
        expose_headers: strings(&["grpc-status", "grpc-message"]),
        ..PolicyDraft::new("grpc")
    };
    CorsacLayer::new(Policy::build(draft).unwrap().0)
}

/// What generated code would be.
#[derive(Clone)]
struct Greeter;

impl NamedService for Greeter {
    const NAME: &'static str = "greeter.Greeter";
}

impl Service<Request<tonic::body::Body>> for Greeter {
    type Response = Response<tonic::body::Body>;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<tonic::body::Body>) -> Self::Future {
        std::future::ready(Ok(Response::new(tonic::body::Body::empty())))
    }
}

const APP: &str = "https://app.example";
