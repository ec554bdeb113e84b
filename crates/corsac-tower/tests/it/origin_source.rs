//! Sources that say which of the listed origins are real; and those that fail, or say nothing.

use std::convert::Infallible;
use std::future::{pending, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use corsac::{Csrf, Policy, PolicyDraft, Verdict};
use corsac_tower::origin_source::{OriginQuestion, OriginSource, OriginVerdict};
use corsac_tower::{CorsacLayer, RequestDecision};
use http::{Request, Response, StatusCode, header};
use tokio::time::Instant;
use tower::{Layer, Service, ServiceExt, service_fn};

use crate::case_file::lines;

#[tokio::test(start_paused = true)]
async fn a_listed_origin_that_the_source_allows_is_allowed() {
    let got = send(only_acme(), actual("GET", "https://acme.tenants.example")).await;
    assert_eq!(
        got,
        Got {
            status: StatusCode::OK,
            headers: pairs(&[
                ("access-control-allow-origin", "https://acme.tenants.example"),
                ("access-control-allow-credentials", "true"),
                ("vary", "Origin"),
            ]),
            reason: "origin-listed",
            handler_calls: 1,
        }
    );
}

#[tokio::test(start_paused = true)]
async fn a_listed_origin_that_the_source_refuses_is_refused() {
    let got = send(only_acme(), actual("GET", "https://other.tenants.example")).await;
    assert_eq!(got, refused("origin-source-refused"));
}

#[tokio::test(start_paused = true)]
async fn a_preflight_is_refused_too_and_tells_nothing_of_the_policy() {
    let got = send(only_acme(), preflight("https://other.tenants.example")).await;
    assert_eq!(
        got,
        Got {
            status: StatusCode::FORBIDDEN,
            headers: pairs(&[(
                "vary",
                "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"
            )]),
            reason: "origin-source-refused",
            handler_calls: 0,
        }
    );
}

#[tokio::test(start_paused = true)]
async fn a_request_that_only_the_list_let_past_the_csrf_guard_does_not_reach_the_handler() {
    let got = send(only_acme(), actual("POST", "https://other.tenants.example")).await;
    assert_eq!((got.status, got.handler_calls), (StatusCode::FORBIDDEN, 0));
    let got = send(only_acme(), actual("POST", "https://acme.tenants.example")).await;
    assert_eq!((got.status, got.handler_calls), (StatusCode::OK, 1));
}

#[tokio::test(start_paused = true)]
async fn no_source_lets_in_what_the_policy_does_not_list() {
    let asked = AtomicUsize::new(0);
    let allows_all = |_| {
        asked.fetch_add(1, Ordering::Relaxed);
        ready(Ok::<_, Infallible>(OriginVerdict::Allow))
    };
    for origin in [
        "https://evil.test",
        "https://tenants.example",
        "https://acme.tenants.example.evil.test",
        "null",
        "https://acme.tenants.example, https://evil.test",
    ] {
        let got = send(allows_all, actual("GET", origin)).await;
        assert_eq!(got.headers, pairs(&[("vary", "Origin")]), "{origin}");
    }
    assert_eq!(asked.load(Ordering::Relaxed), 0, "the source is not even asked");
}

#[tokio::test(start_paused = true)]
async fn a_source_that_fails_refuses() {
    let fails = |_| ready(Err::<OriginVerdict, _>("the database is gone"));
    let got = send(fails, actual("GET", "https://acme.tenants.example")).await;
    assert_eq!(got, refused("origin-source-failed"));
}

#[tokio::test(start_paused = true)]
async fn a_source_that_never_answers_refuses_after_a_second() {
    let started = Instant::now();
    let got = send(never, actual("GET", "https://acme.tenants.example")).await;
    assert_eq!(got, refused("origin-source-timed-out"));
    assert_eq!(started.elapsed().as_millis() / 10, 100);
}

#[tokio::test(start_paused = true)]
async fn a_source_that_is_slow_but_in_time_is_heard() {
    let slow = async |_: OriginQuestion| {
        tokio::time::sleep(Duration::from_millis(999)).await;
        Ok::<_, Infallible>(OriginVerdict::Allow)
    };
    let got = send(slow, actual("GET", "https://acme.tenants.example")).await;
    assert_eq!(got.reason, "origin-listed");
}

#[tokio::test(start_paused = true)]
async fn the_time_limit_can_be_set() {
    let started = Instant::now();
    let service = layer()
        .with_origin_source(never)
        .time_limit(Duration::from_millis(20))
        .layer(service_fn(hello));
    service
        .oneshot(actual("GET", "https://acme.tenants.example"))
        .await
        .unwrap();
    assert!(started.elapsed() < Duration::from_millis(30));
}

#[tokio::test(start_paused = true)]
async fn dropping_the_answer_drops_the_question_and_calls_nobody() {
    let held = Arc::new(());
    let question = Arc::clone(&held);
    let source = move |_| {
        let question = Arc::clone(&question);
        async move {
            pending::<()>().await;
            drop(question);
            Ok::<_, Infallible>(OriginVerdict::Allow)
        }
    };
    let service = layer().with_origin_source(source).layer(service_fn(hello));
    let mut answer = Box::pin(service.oneshot(actual("GET", "https://acme.tenants.example")));
    assert!(
        tokio::time::timeout(Duration::from_millis(1), &mut answer)
            .await
            .is_err()
    );
    assert_eq!(Arc::strong_count(&held), 2, "the source is being asked");
    drop(answer);
    assert_eq!(Arc::strong_count(&held), 1);
}

#[tokio::test]
async fn the_source_is_told_the_origin_the_pattern_and_the_policy() {
    let source = |question: OriginQuestion| {
        assert_eq!(question.origin(), "https://acme.tenants.example");
        assert_eq!(question.pattern(), "https://*.tenants.example");
        assert_eq!(question.policy_name(), "tenants");
        assert_eq!(question.decision().verdict, Verdict::Allowed);
        ready(Ok::<_, Infallible>(OriginVerdict::Allow))
    };
    send(source, actual("GET", "https://acme.tenants.example")).await;
}

#[tokio::test(start_paused = true)]
async fn in_report_only_mode_the_source_is_heard_and_nothing_changes() {
    let layer = layer();
    layer.policies().set_report_only(true);
    let service = layer
        .with_decision_extensions()
        .with_origin_source(only_acme())
        .layer(service_fn(hello));
    let response = service
        .oneshot(actual("POST", "https://other.tenants.example"))
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert!(response.headers().is_empty());
    let decision = response.extensions().get::<RequestDecision>().unwrap();
    assert_eq!(decision.reason.code(), "origin-source-refused");
    assert!(!decision.is_enforced());
}

#[tokio::test(start_paused = true)]
async fn what_the_source_refuses_is_counted_as_that_and_once() {
    let layer = layer();
    let policies = Arc::clone(layer.policies());
    let service = layer.with_origin_source(only_acme()).layer(service_fn(hello));
    for origin in [
        "https://acme.tenants.example",
        "https://other.tenants.example",
        "https://evil.test",
    ] {
        service.clone().oneshot(actual("GET", origin)).await.unwrap();
    }
    let counts = policies.counts();
    let counts: Vec<_> = counts.iter().map(|count| (count.reason, count.count)).collect();
    assert_eq!(
        counts,
        [
            ("origin-listed", 1),
            ("origin-not-listed", 1),
            ("origin-source-refused", 1),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn in_debug_mode_the_browser_is_told_that_the_source_refused() {
    let layer = layer();
    layer.policies().set_debug(true);
    let service = layer.with_origin_source(only_acme()).layer(service_fn(hello));
    let response = service
        .oneshot(actual("GET", "https://other.tenants.example"))
        .await
        .unwrap();
    assert_eq!(
        lines(response.headers()),
        pairs(&[("x-corsac-reason", "origin-source-refused"), ("vary", "Origin")])
    );
}

#[tokio::test(start_paused = true)]
async fn the_service_that_is_called_is_the_one_that_was_made_ready() {
    let mut service = layer()
        .with_origin_source(only_acme())
        .layer(OnceReady { is_ready: false });
    for _ in 0..2 {
        let ready = service.ready().await.unwrap();
        let answer = ready.call(actual("GET", "https://acme.tenants.example"));
        assert_eq!(answer.await.unwrap().status(), StatusCode::OK);
    }
}

#[tokio::test(start_paused = true)]
async fn it_serves_an_axum_router() {
    let app = axum::Router::new()
        .route("/", axum::routing::get(async || "hello"))
        .layer(layer().with_origin_source(only_acme()));
    for (origin, allowed) in [
        ("https://acme.tenants.example", true),
        ("https://other.tenants.example", false),
    ] {
        let request = actual("GET", origin).map(|()| axum::body::Body::empty());
        let response = app.clone().oneshot(request).await.unwrap();
        assert_eq!(
            response
                .headers()
                .contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN),
            allowed
        );
    }
}

/// Refuses to be called before it was asked whether it is ready; its clones are not.
struct OnceReady {
    is_ready: bool,
}

impl Clone for OnceReady {
    fn clone(&self) -> Self {
        Self { is_ready: false }
    }
}

impl Service<Request<()>> for OnceReady {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.is_ready = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<()>) -> Self::Future {
        assert!(self.is_ready, "called before it is ready");
        self.is_ready = false;
        ready(Ok(Response::new(())))
    }
}

#[derive(Debug, PartialEq)]
struct Got {
    status: StatusCode,
    headers: Vec<(String, String)>,
    reason: &'static str,
    handler_calls: usize,
}

async fn send<O: OriginSource>(source: O, request: Request<()>) -> Got {
    let calls = AtomicUsize::new(0);
    let service = layer()
        .with_decision_extensions()
        .with_origin_source(source)
        .layer(service_fn(|request| {
            calls.fetch_add(1, Ordering::Relaxed);
            hello(request)
        }));
    let response = service.oneshot(request).await.unwrap();
    Got {
        status: response.status(),
        headers: lines(response.headers()),
        reason: response
            .extensions()
            .get::<RequestDecision>()
            .unwrap()
            .reason
            .code(),
        handler_calls: calls.load(Ordering::Relaxed),
    }
}

fn refused(reason: &'static str) -> Got {
    Got {
        status: StatusCode::OK,
        headers: pairs(&[("vary", "Origin")]),
        reason,
        handler_calls: 1,
    }
}

/// The only tenant there is.
fn only_acme() -> impl OriginSource<Future: Send> {
    |question: OriginQuestion| {
        ready(Ok::<_, Infallible>(
            if question.origin() == "https://acme.tenants.example" {
                OriginVerdict::Allow
            } else {
                OriginVerdict::Refuse
            },
        ))
    }
}

async fn never(_: OriginQuestion) -> Result<OriginVerdict, Infallible> {
    pending().await
}

async fn hello(_: Request<()>) -> Result<Response<()>, Infallible> {
    Ok(Response::new(()))
}

fn layer() -> CorsacLayer {
    let draft = PolicyDraft {
        allow_origins: ["https://*.tenants.example"].into_iter().collect(),
        allow_credentials: true,
        csrf: Csrf::Enforce {
            exempt_paths: Vec::new(),
        },
        ..PolicyDraft::new("tenants")
    };
    CorsacLayer::new(Policy::build(draft).unwrap().0)
}

fn actual(method: &str, origin: &str) -> Request<()> {
    Request::builder()
        .method(method)
        .header(header::HOST, "api.example")
        .header(header::ORIGIN, origin)
        .body(())
        .unwrap()
}

fn preflight(origin: &str) -> Request<()> {
    let mut request = actual("OPTIONS", origin);
    request
        .headers_mut()
        .insert(header::ACCESS_CONTROL_REQUEST_METHOD, "POST".parse().unwrap());
    request
}

fn pairs(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    lines
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}
