//! The usual Rust middleware, polled once: the inner service is ready at once.

use std::convert::Infallible;
use std::future::{Future, Ready, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use http::{HeaderName, HeaderValue, Method, Request, Response};
use tower_http::cors::{AllowOrigin, Any, Cors, CorsLayer};
use tower_layer::Layer;
use tower_service::Service;

use crate::Subject;
use crate::nothing::inner;
use crate::policies::{EXPOSED, HEADERS, List, MAX_AGE, METHODS};

/// `CorsLayer` around the inner service.
pub struct TowerHttp(Cors<Inner>);

#[derive(Clone)]
struct Inner;

impl TowerHttp {
    pub fn new(list: List) -> Self {
        let layer = CorsLayer::new()
            .allow_methods(METHODS.map(|method| Method::from_bytes(method.as_bytes()).unwrap()))
            .allow_headers(HEADERS.map(HeaderName::from_static))
            .expose_headers([HeaderName::from_static(EXPOSED)])
            .max_age(Duration::from_secs(MAX_AGE.into()));
        let layer = match list {
            List::Any => layer.allow_origin(Any),
            List::Subdomains => {
                layer
                    .allow_credentials(true)
                    .allow_origin(AllowOrigin::predicate(|origin, _| {
                        origin.as_bytes().starts_with(b"https://")
                            && origin.as_bytes().ends_with(b".example.com")
                    }))
            }
            _ => {
                let origins = list.origins();
                let origins = origins
                    .iter()
                    .map(|origin| HeaderValue::from_str(origin).unwrap());
                layer
                    .allow_credentials(true)
                    .allow_origin(AllowOrigin::list(origins))
            }
        };
        Self(layer.layer(Inner))
    }
}

impl Subject for TowerHttp {
    fn call(&mut self, request: Request<()>) -> Response<()> {
        let mut context = Context::from_waker(Waker::noop());
        match pin!(self.0.call(request)).poll(&mut context) {
            Poll::Ready(Ok(response)) => response,
            Poll::Ready(Err(never)) => match never {},
            Poll::Pending => unreachable!("the inner service is ready at once"),
        }
    }
}

impl Service<Request<()>> for Inner {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<()>) -> Self::Future {
        ready(Ok(inner(&request)))
    }
}
