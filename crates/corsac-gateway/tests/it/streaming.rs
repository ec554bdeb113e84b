//! Bodies pass through as they come.

use crate::fixture::Fixture;
use crate::wire::Length;

#[tokio::test]
async fn the_first_piece_of_an_answer_arrives_before_the_upstream_has_ended_it() {
    let fixture = Fixture::new().await;
    let (mut client, mut upstream) = fixture.request("GET /events HTTP/1.1\r\nHost: a\r\n\r\n").await;
    upstream
        .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
        .await;
    client.head().await;
    assert_eq!(client.exactly(8).await, "3\r\none\r\n");
    upstream.send("3\r\ntwo\r\n0\r\n\r\n").await;
    assert_eq!(client.body(Length::Chunked).await, "3\r\ntwo\r\n0\r\n\r\n");
}

#[tokio::test]
async fn the_head_of_an_answer_arrives_before_its_body() {
    let fixture = Fixture::new().await;
    let (mut client, mut upstream) = fixture.request("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    upstream
        .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
        .await;
    assert!(client.head().await.contains(&"content-length: 2".to_owned()));
    upstream.send("ok").await;
    assert_eq!(client.exactly(2).await, "ok");
}

#[tokio::test]
async fn the_first_piece_of_an_upload_arrives_before_the_client_has_ended_it() {
    let fixture = Fixture::new().await;
    let (mut client, mut upstream) = fixture
        .request("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\none")
        .await;
    assert_eq!(upstream.exactly(3).await, "one");
    client.send("two").await;
    assert_eq!(upstream.exactly(3).await, "two");
    upstream.send("HTTP/1.1 204 No Content\r\n\r\n").await;
    assert_eq!(
        client.head().await.first().map(String::as_str),
        Some("HTTP/1.1 204 No Content")
    );
}

#[tokio::test]
async fn both_directions_stream_at_once() {
    let fixture = Fixture::new().await;
    let (mut client, mut upstream) = fixture
        .request("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
        .await;
    assert_eq!(upstream.exactly(8).await, "3\r\none\r\n");
    upstream
        .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nONE\r\n")
        .await;
    client.head().await;
    assert_eq!(client.exactly(8).await, "3\r\nONE\r\n");
    client.send("3\r\ntwo\r\n0\r\n\r\n").await;
    assert_eq!(upstream.body(Length::Chunked).await, "3\r\ntwo\r\n0\r\n\r\n");
    upstream.send("0\r\n\r\n").await;
    assert_eq!(client.body(Length::Chunked).await, "0\r\n\r\n");
}

#[tokio::test]
async fn a_client_that_reads_slowly_holds_the_upstream_back() {
    let fixture = Fixture::new().await;
    let (mut client, mut upstream) = fixture.request("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    upstream
        .send(format!("HTTP/1.1 200 OK\r\nContent-Length: {LARGE}\r\n\r\n"))
        .await;
    client.head().await;
    let body = "x".repeat(LARGE);
    let sent = upstream.writer.send_until_full(body.as_bytes()).await;
    assert!(
        sent < LARGE / 2,
        "{sent} bytes were taken from the upstream with nobody reading"
    );
    let rest = &body[sent..];
    let (received, ()) = tokio::join!(
        client.reader.body(Length::Exactly(LARGE)),
        upstream.writer.send(rest)
    );
    assert_eq!(received.len(), LARGE);
}

#[tokio::test]
async fn an_upload_that_breaks_off_is_no_whole_one_for_the_upstream() {
    let fixture = Fixture::new().await;
    let (client, mut upstream) = fixture
        .request("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
        .await;
    assert_eq!(upstream.exactly(8).await, "3\r\none\r\n");
    drop(client);
    assert!(upstream.ends().await);
}

#[tokio::test]
async fn a_client_that_leaves_ends_the_exchange_with_the_upstream() {
    let fixture = Fixture::new().await;
    let (mut client, mut upstream) = fixture.request("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    upstream
        .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
        .await;
    client.head().await;
    drop(client);
    assert!(upstream.ends().await);
}

/// More than the sockets between both ends hold.
const LARGE: usize = 64 << 20;
