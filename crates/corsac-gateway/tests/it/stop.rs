//! Stopping: what runs may finish, nothing new begins.

use std::time::Duration;

use crate::fixture::Fixture;
use crate::wire::within;

#[tokio::test]
async fn a_running_request_is_finished_and_its_connection_closes() {
    let fixture = Fixture::new().await;
    let (mut client, mut upstream) = fixture.request("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    upstream
        .send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\none")
        .await;
    client.head().await;
    let stopping = tokio::task::spawn_blocking(move || fixture.stop(LONG));
    assert_eq!(client.exactly(3).await, "one");
    upstream.send("two").await;
    assert_eq!(client.exactly(3).await, "two");
    assert!(client.ends().await);
    assert_eq!(within(stopping).await.expect("it stops"), 0);
}

#[tokio::test]
async fn an_idle_connection_does_not_hold_it_up() {
    let fixture = Fixture::new().await;
    let mut client = fixture.connect().await;
    client.send(PREFLIGHT).await;
    client.answer().await;
    let stopping = tokio::task::spawn_blocking(move || fixture.stop(LONG));
    assert!(client.ends().await);
    assert_eq!(within(stopping).await.expect("it stops"), 0);
}

#[tokio::test]
async fn what_takes_too_long_is_cut_and_counted() {
    let fixture = Fixture::new().await;
    let (mut client, _upstream) = fixture.request("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let stopping = tokio::task::spawn_blocking(move || fixture.stop(Duration::ZERO));
    assert!(client.ends().await);
    assert_eq!(within(stopping).await.expect("it stops"), 1);
}

const PREFLIGHT: &str = "OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example\r\n\
                         Access-Control-Request-Method: GET\r\n\r\n";
const LONG: Duration = Duration::from_secs(20);
