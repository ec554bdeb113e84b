//! Every case of `cases/tower/`, in the three body types that people have.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use corsac::LivePolicies;
use corsac_tower::{CorsacLayer, RequestDecision};
use http::response::Parts;
use http::{Request, Response, StatusCode};
use http_body::Body;
use http_body_util::Full;
use tower::{BoxError, Layer, Service, ServiceExt, service_fn};
use tower_http::catch_panic::CatchPanicLayer;

use crate::case_file::{self, Case, Expect, Inner};

#[tokio::test]
async fn every_tower_case_gives_exactly_its_answer_in_every_body_type() {
    let mut failures = Vec::new();
    for (file, mut cases) in case_file::read() {
        let policies = cases.policies();
        for case in &cases.cases {
            for (body, got) in [
                ("hyper", answer::<Full<Bytes>>(&policies, case).await),
                ("axum", answer::<axum::body::Body>(&policies, case).await),
                ("tonic", answer::<tonic::body::Body>(&policies, case).await),
            ] {
                if got != case.expect {
                    let expected = &case.expect;
                    failures.push(format!(
                        "{file}: {}: {body}\n  expected {expected:?}\n       got {got:?}",
                        case.name
                    ));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What a client gets: once with the decision in the extensions, once without; it must be the same.
async fn answer<B>(policies: &Arc<LivePolicies>, case: &Case) -> Expect
where
    B: Body<Data = Bytes, Error: Into<BoxError>> + Default + Send + 'static,
{
    let layer = CorsacLayer::new(Arc::clone(policies));
    let (plain, _) = send::<B>(layer.clone(), case).await;
    let (response, handler_ran) = send::<B>(layer.with_decision_extensions(), case).await;
    assert_eq!(
        (plain.status, case_file::lines(&plain.headers)),
        (response.status, case_file::lines(&response.headers)),
        "{}: extensions change nothing of the answer",
        case.name
    );
    let decision = response.extensions.get::<RequestDecision>().unwrap();
    Expect::new(decision, response.status, &response.headers, handler_ran)
}

/// The head of the answer, and whether the handler was called.
async fn send<B>(layer: CorsacLayer, case: &Case) -> (Parts, bool)
where
    B: Body<Data = Bytes, Error: Into<BoxError>> + Default + Send + 'static,
{
    let handler_ran = Arc::new(AtomicBool::new(false));
    let handler = Handler {
        inner: case.inner.clone(),
        handler_ran: Arc::clone(&handler_ran),
    };
    let request = case.request::<()>();
    let head = if case.inner.panics {
        // A layer that catches panics has a body type of its own.
        let service = layer.layer(CatchPanicLayer::new().layer(handler.with_body::<B>()));
        service
            .oneshot(request)
            .await
            .map(|response| response.into_parts().0)
    } else if let Some(status) = case.inner.rejects {
        let reject = filter(handler.with_body::<B>(), StatusCode::from_u16(status).unwrap());
        let service = layer.layer(reject);
        service
            .oneshot(request)
            .await
            .map(|response| response.into_parts().0)
    } else {
        let service = layer.layer(handler.with_body::<B>());
        service
            .oneshot(request)
            .await
            .map(|response| response.into_parts().0)
    };
    let Ok(head) = head;
    (head, handler_ran.load(Ordering::Relaxed))
}

/// What stands innermost.
#[derive(Clone)]
struct Handler {
    inner: Inner,
    handler_ran: Arc<AtomicBool>,
}

impl Handler {
    fn with_body<B: Default + Send>(
        self,
    ) -> impl Service<Request<()>, Response = Response<B>, Error = Infallible, Future: Send> + Clone {
        service_fn(move |_| {
            self.handler_ran.store(true, Ordering::Relaxed);
            let Self { inner, .. } = self.clone();
            async move {
                assert!(!inner.panics, "the case wants a panic");
                let mut response = Response::new(B::default());
                *response.status_mut() = inner.status();
                *response.headers_mut() = inner.headers();
                Ok(response)
            }
        })
    }
}

/// A middleware that lets no request through, as one does that finds no credentials.
fn filter<S, B: Default + Send>(
    _protected: S,
    status: StatusCode,
) -> impl Service<Request<()>, Response = Response<B>, Error = Infallible> + Clone
where
    S: Service<Request<()>, Response = Response<B>>,
{
    service_fn(move |_| {
        let mut response = Response::new(B::default());
        *response.status_mut() = status;
        std::future::ready(Ok(response))
    })
}
