//! HTTP/2 from the client, by prior knowledge.

use http::{HeaderMap, Method, Request, Response, Version};
use hyper::body::{Body as _, Incoming};
use hyper::client::conn::http2::{self, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;

use crate::fixture::Fixture;
use crate::wire::within;

#[tokio::test]
async fn a_request_goes_to_the_upstream_as_http_1_1_and_its_answer_back_with_the_policy() {
    let fixture = Fixture::new().await;
    let mut client = connect(&fixture).await;
    let request = Request::builder()
        .version(Version::HTTP_2)
        .uri("http://api.example/a?b=c")
        .header("origin", "https://app.example")
        .header("cookie", "a=1")
        .header("cookie", "b=2")
        .body(String::new())
        .expect("a request");
    let (response, ()) = tokio::join!(client.send_request(request), async {
        let mut upstream = fixture.accept().await;
        let mut head = upstream.head().await;
        head.sort();
        assert_eq!(
            head,
            [
                "GET /a?b=c HTTP/1.1",
                "cookie: a=1; b=2",
                "host: api.example",
                "origin: https://app.example",
                "x-forwarded-for: 127.0.0.1",
                "x-forwarded-host: api.example",
                "x-forwarded-proto: http",
            ]
        );
        upstream
            .send("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")
            .await;
    });
    let response = response.expect("an answer");
    assert_eq!(
        lines(response.headers()),
        [
            "access-control-allow-credentials: true",
            "access-control-allow-origin: https://app.example",
            "date: now",
            "vary: Origin",
        ]
    );
    assert_eq!(body(response).await, "ok");
}

#[tokio::test]
async fn many_requests_of_one_connection_run_at_once() {
    let fixture = Fixture::new().await;
    let mut client = connect(&fixture).await;
    let get = || {
        Request::get("http://a/")
            .version(Version::HTTP_2)
            .body(String::new())
            .expect("a request")
    };
    let (one, two) = (client.send_request(get()), client.send_request(get()));
    let (one, two, ()) = tokio::join!(one, two, async {
        let (mut first, mut second) = (fixture.accept().await, fixture.accept().await);
        second.head().await;
        second.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2").await;
        first.head().await;
        first.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1").await;
    });
    let mut bodies = [
        body(one.expect("an answer")).await,
        body(two.expect("an answer")).await,
    ];
    bodies.sort();
    assert_eq!(bodies, ["1", "2"]);
}

#[tokio::test]
async fn a_preflight_is_answered_here() {
    let fixture = Fixture::new().await;
    let mut client = connect(&fixture).await;
    let request = Request::builder()
        .version(Version::HTTP_2)
        .method(Method::OPTIONS)
        .uri("http://a/")
        .header("origin", "https://app.example")
        .header("access-control-request-method", "GET")
        .body(String::new())
        .expect("a request");
    let response = within(client.send_request(request)).await.expect("an answer");
    assert_eq!(response.status(), 204);
    assert_eq!(
        lines(response.headers()),
        [
            "access-control-allow-credentials: true",
            "access-control-allow-origin: https://app.example",
            "date: now",
            "vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
        ]
    );
    assert!(!fixture.has_connected().await);
}

#[tokio::test]
async fn an_upstream_that_dies_in_mid_body_resets_the_stream_alone() {
    let fixture = Fixture::new().await;
    let mut client = connect(&fixture).await;
    let get = |uri| {
        Request::get(uri)
            .version(Version::HTTP_2)
            .body(String::new())
            .expect("a request")
    };
    let (response, ()) = tokio::join!(client.send_request(get("http://a/1")), async {
        let mut upstream = fixture.accept().await;
        upstream.head().await;
        upstream
            .send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
            .await;
    });
    let mut incoming = response.expect("a head").into_body();
    let broken = loop {
        match within(std::future::poll_fn(|context| {
            std::pin::Pin::new(&mut incoming).poll_frame(context)
        }))
        .await
        {
            Some(Ok(_)) => {}
            Some(Err(_)) => break true,
            None => break false,
        }
    };
    assert!(broken);
    let (response, ()) = tokio::join!(client.send_request(get("http://a/2")), async {
        let mut upstream = fixture.accept().await;
        upstream.head().await;
        upstream
            .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            .await;
    });
    assert_eq!(body(response.expect("an answer")).await, "ok");
}

async fn connect(fixture: &Fixture) -> SendRequest<String> {
    let socket = TcpStream::connect(fixture.address)
        .await
        .expect("the gateway listens");
    let (client, connection) = http2::handshake(TokioExecutor::new(), TokioIo::new(socket))
        .await
        .expect("HTTP/2");
    tokio::spawn(connection);
    client
}

fn lines(headers: &HeaderMap) -> Vec<String> {
    let mut lines: Vec<String> = headers
        .iter()
        .map(|(name, value)| match name.as_str() {
            "date" => "date: now".to_owned(),
            name => format!("{name}: {}", value.to_str().expect("text")),
        })
        .collect();
    lines.sort();
    lines
}

async fn body(response: Response<Incoming>) -> String {
    let mut incoming = response.into_body();
    let mut bytes = Vec::new();
    while let Some(frame) = within(std::future::poll_fn(|context| {
        std::pin::Pin::new(&mut incoming).poll_frame(context)
    }))
    .await
    {
        if let Ok(data) = frame.expect("a frame").into_data() {
            bytes.extend_from_slice(&data);
        }
    }
    String::from_utf8(bytes).expect("text")
}
