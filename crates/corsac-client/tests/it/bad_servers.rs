//! Servers that do not behave: each ends in a bounded, named failure, and nothing waits longer than its
//! time limit.

use std::time::{Duration, Instant};

use corsac_client::{BodyError, Browser, Settled};
use corsac_fetch::{BlockReason, NetworkFailure, UserAgent};

use crate::block_on;
use crate::raw_server::{RawServer, SHORT, Then, answer, ok};

/// What a page gets of a server that does this to every request.
async fn fetch(then: Then, timeout: Duration) -> Settled {
    let server = RawServer::always(then).await;
    let browser = Browser::builder(UserAgent::Standard)
        .timeout(timeout)
        .body_limit(1024 * 1024)
        .build();
    browser.page("https://app.example").fetch(&server.url(), ()).await
}

/// The failure and its words.
async fn failure(then: Then) -> (NetworkFailure, String) {
    failure_within(then, LONG).await
}

async fn failure_within(then: Then, timeout: Duration) -> (NetworkFailure, String) {
    let settled = fetch(then, timeout).await;
    let Some(BlockReason::Network(kind)) = settled.block_reason() else {
        panic!("{settled}");
    };
    let failure = settled.exchanges().last().unwrap().answer.clone().unwrap_err();
    assert_eq!(failure.kind, *kind);
    (failure.kind, failure.detail)
}

/// What reading the body comes to.
async fn body(then: Then) -> Result<String, BodyError> {
    body_within(then, LONG).await
}

async fn body_within(then: Then, timeout: Duration) -> Result<String, BodyError> {
    let settled = fetch(then, timeout).await;
    assert!(settled.response().is_some(), "{settled}");
    settled.into_response().unwrap().text().await
}

/// Nothing here comes near it, however busy the machine.
const LONG: Duration = Duration::from_secs(60);

#[test]
fn status_lines_that_browsers_refuse_are_malformed() {
    for line in [
        "HTTP/1.1",
        "HTTP/1.1 20",
        "HTTP/1.1 2000 OK",
        "HTTP/1.1 2x0 OK",
        "HTTP/1.1 -200 OK",
        "HTTP/9.9 200 OK",
        "HTTP/2 200 OK",
        "ICY 200 OK",
        " HTTP/1.1 200 OK",
        "http/1.1 200 OK",
        "SSH-2.0-OpenSSH",
        "<html>",
        "\0",
    ] {
        let (kind, detail) = block_on(failure(Then::Close(answer(line, &["Content-Length: 0"], ""))));
        assert_eq!(kind, NetworkFailure::Malformed, "{line:?}: {detail}");
    }
}

#[test]
fn odd_status_lines_that_browsers_take_are_taken() {
    for line in [
        "HTTP/1.1 200",
        "HTTP/1.1 200 ",
        "HTTP/1.1  200  OK",
        "HTTP/1.0 200 OK",
        "\r\nHTTP/1.1 200 OK",
    ] {
        let body = block_on(body(Then::Close(answer(line, &["Content-Length: 2"], "hi"))));
        assert_eq!(body.as_deref(), Ok("hi"), "{line:?}");
    }
    let only_line_feeds =
        b"HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\nContent-Length: 2\n\nhi".to_vec();
    assert_eq!(block_on(body(Then::Close(only_line_feeds))).as_deref(), Ok("hi"));
}

#[test]
fn a_content_length_that_is_wrong_ends_the_body_and_not_the_answer() {
    for (lines, expected) in [
        (&["Content-Length: 1"][..], Ok("h")),
        (&["Content-Length: 9"], Err(BodyError::BrokenOff { received: 2 })),
        // What is no number is no length: the body goes on to the end.
        (&["Content-Length: -1"], Ok("hi")),
        (&["Content-Length: +2"], Ok("hi")),
        (&["Content-Length: 1e3"], Ok("hi")),
        (&["Content-Length: 0x1"], Ok("hi")),
        (&["Content-Length:"], Ok("hi")),
        (&["Content-Length: 18446744073709551616"], Ok("hi")),
        (
            &["Content-Length: 18446744073709551615"],
            Err(BodyError::BrokenOff { received: 2 }),
        ),
        (&["Content-Length: 2", "Content-Length: 2"], Ok("hi")),
        // "If a message is received with both a Transfer-Encoding and a Content-Length header field, the
        // Transfer-Encoding overrides the Content-Length."
        (&["Content-Length: 1", "Transfer-Encoding: gzip"], Ok("hi")),
    ] {
        let body = block_on(body(Then::Close(answer("HTTP/1.1 200 OK", lines, "hi"))));
        assert_eq!(body, expected.map(str::to_owned), "{lines:?}");
    }
}

#[test]
fn lengths_that_contradict_each_other_block_the_answer_where_browsers_do() {
    let lines = ["Content-Length: 1", "Content-Length: 2"];
    let then = Then::Close(answer("HTTP/1.1 200 OK", &lines, "hi"));
    for user_agent in [UserAgent::Chromium, UserAgent::Firefox] {
        let settled = block_on(async {
            let server = RawServer::always(then.clone()).await;
            let page = Browser::new(user_agent).page("https://app.example");
            page.fetch(&server.url(), ()).await
        });
        let reason = settled.block_reason();
        assert!(
            matches!(reason, Some(BlockReason::UserAgentRefusal(_))),
            "{user_agent:?}: {settled}"
        );
    }
}

#[test]
fn broken_chunks_end_the_body_and_not_the_answer() {
    let malformed = |why| Err(BodyError::Malformed(why));
    let trailers = format!("2\r\nhi\r\n0\r\n{}", "x: y\r\n".repeat(20_000));
    let extension = format!("2;{}", "x".repeat(100_000));
    for (chunks, expected) in [
        ("2\r\nhi\r\n0\r\n\r\n", Ok("hi".to_owned())),
        ("2\r\nhi\r\n", Err(BodyError::BrokenOff { received: 2 })),
        ("2\r\nhi\r\n0\r\n", Err(BodyError::BrokenOff { received: 2 })),
        ("2\r\nhi, all\r\n", malformed("a chunk is longer than its size")),
        ("\r\n", malformed("a chunk has no size")),
        ("zz\r\n", malformed("a chunk has no size")),
        (
            "10000000000000000\r\n",
            malformed("a chunk size is out of bounds"),
        ),
        (
            trailers.as_str(),
            malformed("chunk extensions or trailers without end"),
        ),
        (
            extension.as_str(),
            malformed("chunk extensions or trailers without end"),
        ),
    ] {
        let then = Then::Close(answer("HTTP/1.1 200 OK", &["Transfer-Encoding: chunked"], chunks));
        let start: String = chunks.chars().take(20).collect();
        assert_eq!(block_on(body(then)), expected, "{start:?}");
    }
}

#[test]
fn headers_without_end_are_given_up() {
    let endless = [
        b"HTTP/1.1 200 OK\r\n".to_vec(),
        b"X-Filler: 0123456789\r\n".repeat(20_000),
    ]
    .concat();
    let (kind, detail) = block_on(failure(Then::Silence(endless)));
    assert_eq!(
        (kind, detail.as_str()),
        (
            NetworkFailure::Malformed,
            "the answer's headers are longer than 256 KiB"
        )
    );
}

#[test]
fn informational_answers_without_end_are_given_up_and_a_few_are_passed_over() {
    let (kind, detail) = block_on(failure(Then::Endless(
        b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec(),
    )));
    assert_eq!(
        (kind, detail.as_str()),
        (
            NetworkFailure::Malformed,
            "the server sent 1xx answers without end"
        )
    );
    let few = [b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(3), ok("hi")].concat();
    assert_eq!(block_on(body(Then::Close(few))).as_deref(), Ok("hi"));
    let (kind, _) = block_on(failure(Then::Close(
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n".to_vec(),
    )));
    assert_eq!(kind, NetworkFailure::Malformed);
}

#[test]
fn silence_ends_at_the_time_limit_wherever_it_begins() {
    let whole = ok("hello");
    for sent in [0, 5, 30, whole.len() - 5] {
        let started = Instant::now();
        let then = Then::Silence(whole[..sent].to_vec());
        if sent == whole.len() - 5 {
            assert_eq!(block_on(body_within(then, SHORT)), Err(BodyError::Timeout));
        } else {
            let (kind, detail) = block_on(failure_within(then, SHORT));
            assert_eq!(
                (kind, detail.as_str()),
                (NetworkFailure::Timeout, "no answer in time")
            );
        }
        assert!(started.elapsed() >= SHORT, "after {sent} bytes");
    }
}

#[test]
fn a_body_without_end_ends_at_the_limit() {
    let then = Then::Endless(answer("HTTP/1.1 200 OK", &[], &"x".repeat(10_000)));
    assert_eq!(
        block_on(body(then)),
        Err(BodyError::TooLong { limit: 1024 * 1024 })
    );
}

#[test]
fn a_compressed_bomb_ends_at_the_limit() {
    use std::io::Write as _;
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        bomb.write_all(&[0; 64 * 1024]).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    let length = format!("Content-Length: {}", bomb.len());
    let mut bytes = answer("HTTP/1.1 200 OK", &["Content-Encoding: gzip", &length], "");
    bytes.extend_from_slice(&bomb);
    assert_eq!(
        block_on(body(Then::Keep(bytes))),
        Err(BodyError::TooLong { limit: 1024 * 1024 })
    );
    let mut short = answer("HTTP/1.1 200 OK", &["Content-Encoding: gzip"], "");
    short.extend_from_slice(&bomb[..200]);
    assert!(matches!(
        block_on(body(Then::Close(short))),
        Err(BodyError::Decode("gzip"))
    ));
}

#[test]
fn redirects_without_end_end_after_twenty() {
    block_on(async {
        let redirect = answer(
            "HTTP/1.1 302 Found",
            &["Location: /again", "Content-Length: 0"],
            "",
        );
        let server = RawServer::always(Then::Keep(redirect)).await;
        let page = Browser::new(UserAgent::Standard).page("https://app.example");
        let settled = page.fetch(&server.url(), ()).await;
        assert_eq!(
            settled.block_reason(),
            Some(&BlockReason::TooManyRedirects),
            "{settled}"
        );
        assert_eq!(server.connections(), [0; 21]);
    });
}

#[test]
fn a_reset_at_any_byte_is_a_named_end() {
    block_on(async {
        let lines = ["Transfer-Encoding: chunked", "X-Folded: a\r\n b"];
        let whole = answer(
            "HTTP/1.1 200 OK",
            &lines,
            "4\r\nhell\r\n1;x\r\no\r\n0\r\nX: y\r\n\r\n",
        );
        let head = whole.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap() + 4;
        let bytes = whole.clone();
        let server = RawServer::start(move |number| Then::Reset(bytes[..number].to_vec())).await;
        let browser = Browser::new(UserAgent::Standard);
        let page = browser.page("https://app.example");
        for sent in 0..=whole.len() {
            let settled = page.fetch(&server.url(), ()).await;
            // What had come before the reset may be lost with it.
            if let Some(BlockReason::Network(kind)) = settled.block_reason() {
                assert_eq!(*kind, NetworkFailure::Closed, "{sent}: {settled}");
                continue;
            }
            assert!(sent >= head, "{sent}: {settled}");
            match settled.into_response().unwrap().text().await {
                Ok(text) => assert_eq!((text.as_str(), sent), ("hello", whole.len())),
                Err(error) => assert!(matches!(error, BodyError::BrokenOff { .. }), "{sent}: {error}"),
            }
        }
        assert_eq!(server.requests().len(), whole.len() + 1);
    });
}

#[test]
fn a_close_at_any_byte_is_a_named_end() {
    block_on(async {
        let whole = ok("hello");
        let head = whole.len() - "hello".len();
        let bytes = whole.clone();
        let server = RawServer::start(move |number| Then::Close(bytes[..number].to_vec())).await;
        let page = Browser::new(UserAgent::Standard).page("https://app.example");
        for sent in 0..=whole.len() {
            let settled = page.fetch(&server.url(), ()).await;
            if sent < head {
                let reason = BlockReason::Network(NetworkFailure::Closed);
                assert_eq!(settled.block_reason(), Some(&reason), "{sent}: {settled}");
                continue;
            }
            let received = (sent - head) as u64;
            let expected = match sent == whole.len() {
                true => Ok("hello".to_owned()),
                false => Err(BodyError::BrokenOff { received }),
            };
            assert_eq!(settled.into_response().unwrap().text().await, expected, "{sent}");
        }
    });
}
