//! `cases/decision/csrf.json` says of each case what Go and tower-http make of it. What it says of
//! tower-http is held against tower-http here; Go's part is `cargo xtask bench csrf`.

use core::convert::Infallible;
use core::future::Future;
use core::pin::pin;
use core::task::{Context, Poll, Waker};

use http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use serde::Deserialize;
use tower::{Layer, ServiceExt as _};
use tower_http::csrf::CsrfLayer;

use crate::draft::read_cases;

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    path: Option<String>,
    host: Option<String>,
    method: String,
    headers: Vec<(String, serde_json::Value)>,
    go: Option<String>,
    tower_http: Option<String>,
    why: Option<String>,
    expect: Expect,
}

#[derive(Deserialize)]
struct Expect {
    action: serde_json::Value,
    policy: Option<String>,
}

#[test]
fn the_case_file_says_of_tower_http_what_tower_http_does() {
    for case in guard_cases() {
        assert_eq!(
            case.tower_http.as_deref(),
            Some(tower_http(&case)),
            "{}",
            case.name
        );
    }
}

#[test]
fn every_difference_from_a_peer_has_its_reason() {
    for case in guard_cases() {
        let ours = if case.expect.action == "forward" || case.expect.action == 204 {
            "admitted"
        } else {
            "refused"
        };
        // A preflight that CORS refuses, and two `Origin` lines, are no matter of the guard.
        let is_preflight = case.method == "OPTIONS";
        let peers = [case.go.as_deref(), case.tower_http.as_deref()];
        let differs = peers.iter().any(|peer| *peer != Some(ours)) && !is_preflight;
        assert_eq!(case.why.is_some(), differs, "{}: {ours}, {peers:?}", case.name);
    }
}

fn guard_cases() -> Vec<Case> {
    let files = read_cases::<File>("decision");
    let (_, File { cases }) = files.into_iter().find(|(name, _)| name == "csrf.json").unwrap();
    assert!(
        cases
            .iter()
            .any(|case| case.expect.policy.as_deref() == Some("app"))
    );
    cases
}

/// What tower-http's guard makes of it, with the file's policy in its terms; it has no patterns.
fn tower_http(case: &Case) -> &'static str {
    let guard = CsrfLayer::new()
        .add_trusted_origin("https://trusted.example")
        .unwrap()
        .with_insecure_bypass(|_, uri| uri.path().starts_with("/bypass/") || uri.path() == "/only/hook");
    let path = case.path.as_deref().unwrap_or("/");
    let uri = case
        .host
        .as_ref()
        .map_or_else(|| path.to_owned(), |host| format!("https://{host}{path}"));
    let mut request = Request::builder()
        .method(case.method.as_str())
        .uri(uri)
        .body(())
        .unwrap();
    for (name, value) in &case.headers {
        let value = HeaderValue::from_bytes(value.as_str().unwrap().as_bytes()).unwrap();
        request
            .headers_mut()
            .append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value);
    }
    let inner = tower::service_fn(|_| core::future::ready(Ok::<_, Infallible>(Response::new(()))));
    let response = now(guard.layer(inner).oneshot(request)).unwrap();
    if response.status() == StatusCode::FORBIDDEN {
        "refused"
    } else {
        "admitted"
    }
}

/// The result of a future that waits for nothing.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}
