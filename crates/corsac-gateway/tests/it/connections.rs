//! Connections are used again, and requests keep their order.

use crate::fixture::Fixture;
use crate::wire::Wire;

#[tokio::test]
async fn a_client_connection_and_an_upstream_connection_serve_many_requests() {
    let fixture = Fixture::new().await;
    let mut client = fixture.connect().await;
    client.send(GET).await;
    let mut upstream = fixture.accept().await;
    answer(&mut upstream, "1").await;
    assert_eq!(client.answer().await.1, "1");
    for body in ["2", "3"] {
        client.send(GET).await;
        answer(&mut upstream, body).await;
        assert_eq!(client.answer().await.1, body);
    }
    assert!(!fixture.has_connected().await);
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_their_order() {
    let fixture = Fixture::new().await;
    let mut client = fixture.connect().await;
    client.send([GET, PREFLIGHT, GET].concat()).await;
    let mut upstream = fixture.accept().await;
    answer(&mut upstream, "1").await;
    assert_eq!(client.answer().await.1, "1");
    let (head, _) = client.answer().await;
    assert_eq!(head.first().map(String::as_str), Some("HTTP/1.1 204 No Content"));
    answer(&mut upstream, "2").await;
    assert_eq!(client.answer().await.1, "2");
}

#[tokio::test]
async fn a_connection_that_the_upstream_has_closed_is_not_used_again() {
    let fixture = Fixture::new().await;
    let (mut client, mut upstream) = fixture.request(GET).await;
    upstream
        .send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n1")
        .await;
    assert_eq!(client.answer().await.1, "1");
    assert!(upstream.ends().await);
    client.send(GET).await;
    let mut upstream = fixture.accept().await;
    answer(&mut upstream, "2").await;
    assert_eq!(client.answer().await.1, "2");
}

#[tokio::test]
async fn a_connection_with_half_an_answer_on_it_is_not_used_again() {
    let fixture = Fixture::new().await;
    let (mut client, mut first) = fixture.request(GET).await;
    first
        .send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
        .await;
    client.head().await;
    drop(client);
    assert!(first.ends().await);
    let mut client = fixture.connect().await;
    client.send(GET).await;
    let mut second = fixture.accept().await;
    answer(&mut second, "2").await;
    assert_eq!(client.answer().await.1, "2");
}

#[tokio::test]
async fn an_answer_that_nobody_asked_for_reaches_no_client() {
    let fixture = Fixture::new().await;
    let (mut client, mut first) = fixture.request(GET).await;
    first
        .send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
        .await;
    assert_eq!(client.answer().await.1, "1");
    assert!(first.ends().await);
    client.send(GET).await;
    let mut second = fixture.accept().await;
    answer(&mut second, "2").await;
    assert_eq!(client.answer().await.1, "2");
}

#[tokio::test]
async fn a_client_of_http_1_0_gets_its_answer_and_the_end() {
    let fixture = Fixture::new().await;
    let mut client = fixture.connect().await;
    client
        .send("GET / HTTP/1.0\r\nOrigin: https://app.example\r\n\r\n")
        .await;
    let mut upstream = fixture.accept().await;
    let head = upstream.head().await;
    assert_eq!(head.first().map(String::as_str), Some("GET / HTTP/1.1"));
    upstream
        .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")
        .await;
    let head = client.head().await;
    assert_eq!(head.first().map(String::as_str), Some("HTTP/1.0 200 OK"));
    assert!(head.contains(&"access-control-allow-origin: https://app.example".to_owned()));
    assert_eq!(client.body(crate::wire::Length::UntilEnd).await, "ok");
}

#[tokio::test]
async fn a_client_that_waits_for_100_continue_gets_it_when_the_upstream_takes_the_body() {
    let fixture = Fixture::new().await;
    let mut client = fixture.connect().await;
    client
        .send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        .await;
    let mut upstream = fixture.accept().await;
    let head = upstream.head().await;
    assert!(!head.iter().any(|line| line.starts_with("expect:")));
    assert_eq!(client.head().await, ["HTTP/1.1 100 Continue"]);
    client.send("hi").await;
    assert_eq!(upstream.exactly(2).await, "hi");
    upstream.send("HTTP/1.1 204 No Content\r\n\r\n").await;
    let head = client.head().await;
    assert_eq!(head.first().map(String::as_str), Some("HTTP/1.1 204 No Content"));
}

#[tokio::test]
async fn a_refused_upload_is_not_asked_for() {
    let fixture = Fixture::new().await;
    let mut client = fixture.connect().await;
    client
        .send(
            "PUT / HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example\r\nOrigin: https://app.example\r\n\
             Content-Length: 2\r\nExpect: 100-continue\r\n\r\n",
        )
        .await;
    let head = client.head().await;
    assert_eq!(head.first().map(String::as_str), Some("HTTP/1.1 400 Bad Request"));
}

async fn answer(upstream: &mut Wire, body: &str) {
    upstream.head().await;
    let length = body.len();
    upstream
        .send(format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}"
        ))
        .await;
}

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const PREFLIGHT: &str = "OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example\r\n\
                         Access-Control-Request-Method: GET\r\n\r\n";
