//! The same middlewares in an `axum::Router`, which clones a route, and the services around it, for
//! each request.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use http::HeaderMap;
use tower_layer::Layer;
use tower_service::Service;

use crate::inner::Inner;
use crate::scenario::{Head, PATH};
use crate::subject::{Subject, ready, show};

/// A router with one route.
pub struct Axum(Router);

impl Axum {
    pub fn bare(inner: Inner) -> Self {
        Self(router(inner))
    }

    /// With a layer around the route.
    pub fn with<L>(inner: Inner, layer: L) -> Self
    where
        L: Layer<axum::routing::Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request, Response: axum::response::IntoResponse, Error: Into<Infallible>>
            + Clone
            + Send
            + Sync
            + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        Self(router(inner).layer(layer))
    }
}

fn router(inner: Inner) -> Router {
    let handler = move || async move {
        let headers: HeaderMap = inner.headers();
        (headers, ())
    };
    Router::new().route(PATH, on(MethodFilter::GET.or(MethodFilter::OPTIONS), handler))
}

impl Subject for Axum {
    type Request = Request;
    type Answer = Response;

    fn request(&mut self, head: Head) -> Request {
        head.request(Body::empty())
    }

    #[inline]
    fn call(&mut self, request: Request) -> Response {
        let Ok(response) = ready(self.0.call(request));
        response
    }

    fn show(response: Response) -> String {
        show(response.status().as_u16(), response.headers())
    }
}
