//! Clients that no browser is: refused cheaply, and the next one is served.

use std::time::Duration;

use crate::fixture::{Fixture, POLICY};
use crate::wire::Wire;

#[tokio::test]
async fn a_mebibyte_of_access_control_request_headers_is_refused_without_reading_it_all() {
    let head = "OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example\r\n\
                Access-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: ";
    refused_while_sending(head, "x-a,", TOO_LARGE).await;
}

#[tokio::test]
async fn a_mebibyte_of_origin_is_refused_without_reading_it_all() {
    refused_while_sending("GET / HTTP/1.1\r\nHost: a\r\nOrigin: https://", "aaaa", TOO_LARGE).await;
}

#[tokio::test]
async fn a_mebibyte_of_request_target_is_refused_without_reading_it_all() {
    refused_while_sending("GET /", "aaaa", TOO_LARGE).await;
}

#[tokio::test]
async fn a_mebibyte_of_header_lines_is_refused_without_reading_it_all() {
    refused_while_sending("GET / HTTP/1.1\r\n", "A: b\r\n", TOO_LARGE).await;
}

#[tokio::test]
async fn what_is_not_http_is_refused() {
    let fixture = Fixture::new().await;
    for garbage in [
        "\x16\x03\x01\x02\x00\x01\x00\x01\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/3\r\n\r\n",
    ] {
        let mut client = fixture.connect().await;
        client.send(garbage).await;
        let head = client.head().await;
        assert_eq!(
            head.first().map(String::as_str),
            Some("HTTP/1.1 400 Bad Request"),
            "{garbage:?}"
        );
        assert!(client.ends().await, "{garbage:?}");
    }
    assert!(!fixture.has_connected().await);
    is_served(&fixture).await;
}

#[tokio::test]
async fn ambiguous_framing_is_found_in_a_pipelined_request() {
    let fixture = Fixture::new().await;
    let (mut client, mut upstream) = fixture
        .request(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n\
             POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n\
             0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
        )
        .await;
    upstream
        .send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1")
        .await;
    assert_eq!(client.answer().await.1, "1");
    let (head, _) = client.answer().await;
    assert_eq!(head.first().map(String::as_str), Some("HTTP/1.1 400 Bad Request"));
    assert!(client.ends().await);
    assert!(!fixture.has_connected().await);
}

#[tokio::test]
async fn a_client_that_sends_no_whole_head_in_time_is_cut() {
    let fixture = Fixture::with(POLICY, |config| config.timeouts.client = SHORT).await;
    let mut silent = fixture.connect().await;
    let mut slow = fixture.connect().await;
    slow.send("GET / HTTP/1.1\r\nHost: a\r\n").await;
    assert!(silent.ends().await);
    assert!(slow.ends().await);
}

#[tokio::test]
async fn a_client_that_stops_in_its_body_is_told_so_in_time() {
    let fixture = Fixture::with(POLICY, |config| config.timeouts.response_head = SHORT).await;
    let (mut client, _upstream) = fixture
        .request("PUT / HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example\r\nContent-Length: 6\r\n\r\none")
        .await;
    let (head, body) = client.answer().await;
    assert_eq!(
        head.first().map(String::as_str),
        Some("HTTP/1.1 408 Request Timeout")
    );
    assert!(head.contains(&"access-control-allow-origin: https://app.example".to_owned()));
    assert_eq!(body, "the request body did not arrive in time\n");
    assert!(client.ends().await);
}

/// Send `head`, then a mebibyte of `more`, to a gateway that answers before it has read that.
async fn refused_while_sending(head: &str, more: &str, status: &str) {
    let fixture = Fixture::new().await;
    let mut client = fixture.connect().await;
    let Wire { reader, writer } = &mut client;
    let request = head.to_owned() + &more.repeat((1 << 20) / more.len());
    let ((), answer) = tokio::join!(writer.send_what_is_read(request), reader.head());
    assert_eq!(answer.first().map(String::as_str), Some(status));
    assert!(client.ends().await);
    assert!(!fixture.has_connected().await);
    is_served(&fixture).await;
}

async fn is_served(fixture: &Fixture) {
    let (mut client, mut upstream) = fixture.request("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    upstream
        .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        .await;
    assert_eq!(client.answer().await.1, "ok");
}

const TOO_LARGE: &str = "HTTP/1.1 431 Request Header Fields Too Large";

/// The waits of these tests are their subject.
const SHORT: Duration = Duration::from_millis(30);
