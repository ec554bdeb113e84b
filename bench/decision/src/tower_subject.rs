//! Middlewares of tower: ours, the usual one of Rust, and the lower bound.

use std::convert::Infallible;
use std::future::{Ready, ready as at_once};
use std::time::Duration;

use corsac::{AllowOrigins, MaxAge, Policy, PolicyDraft};
use corsac_tower::CorsacLayer;
use http::{HeaderName, HeaderValue, Method, Request, Response};
use tower_http::cors::{AllowOrigin, Any, CorsLayer};
use tower_service::Service;

use crate::inner::Inner;
use crate::policies::{EXPOSED, HEADERS, List, MAX_AGE, METHODS, PATTERN};
use crate::scenario::Head;
use crate::subject::{Subject, ready, show};

/// A tower service, its future polled once: the inner service is ready at once.
pub struct Tower<S>(pub S);

impl<S> Subject for Tower<S>
where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible>,
{
    type Request = Request<()>;
    type Answer = Response<()>;

    fn request(&mut self, head: Head) -> Request<()> {
        head.request(())
    }

    #[inline]
    fn call(&mut self, request: Request<()>) -> Response<()> {
        let Ok(response) = ready(self.0.call(request));
        response
    }

    fn show(response: Response<()>) -> String {
        show(response.status().as_u16(), response.headers())
    }
}

impl Service<Request<()>> for Inner {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Infallible>> {
        std::task::Poll::Ready(Ok(()))
    }

    #[inline]
    fn call(&mut self, _: Request<()>) -> Self::Future {
        let mut response = Response::new(());
        *response.headers_mut() = self.headers();
        at_once(Ok(response))
    }
}

/// Ours.
pub fn corsac(list: List) -> CorsacLayer {
    let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let draft = PolicyDraft {
        allow_origins: match list {
            List::Any => AllowOrigins::Any,
            List::Subdomains => [PATTERN].into_iter().collect(),
            _ => list.origins().into_iter().collect(),
        },
        allow_credentials: list != List::Any,
        allow_methods: strings(&METHODS),
        allow_headers: strings(&HEADERS),
        expose_headers: strings(&[EXPOSED]),
        max_age: MaxAge::Seconds(MAX_AGE),
        ..PolicyDraft::new("bench")
    };
    CorsacLayer::new(Policy::build(draft).unwrap().0)
}

/// `CorsLayer` of tower-http.
pub fn tower_http(list: List) -> CorsLayer {
    let layer = CorsLayer::new()
        .allow_methods(METHODS.map(|method| Method::from_bytes(method.as_bytes()).unwrap()))
        .allow_headers(HEADERS.map(HeaderName::from_static))
        .expose_headers([HeaderName::from_static(EXPOSED)])
        .max_age(Duration::from_secs(MAX_AGE.into()));
    match list {
        List::Any => layer.allow_origin(Any),
        List::Subdomains => {
            layer
                .allow_credentials(true)
                .allow_origin(AllowOrigin::predicate(|origin, _| {
                    origin.as_bytes().starts_with(b"https://") && origin.as_bytes().ends_with(b".example.com")
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
    }
}
