//! poem's `Cors`.

use poem::endpoint::BoxEndpoint;
use poem::middleware::Cors;
use poem::{Endpoint, EndpointExt, Middleware, Request, Response};

use crate::inner::Inner;
use crate::policies::{EXPOSED, HEADERS, List, MAX_AGE, METHODS, PATTERN};
use crate::scenario::Head;
use crate::subject::{Subject, ready, show};

/// A poem endpoint.
pub struct Poem<E>(E);

impl Poem<Inner> {
    pub fn bare(inner: Inner) -> Self {
        Self(inner)
    }
}

/// `Cors` around the inner endpoint.
pub fn poem(inner: Inner, list: List) -> Poem<BoxEndpoint<'static, Response>> {
    let cors = Cors::new()
        .allow_methods(METHODS)
        .allow_headers(HEADERS)
        .expose_headers([EXPOSED])
        .max_age(MAX_AGE as i32);
    let cors = match list {
        List::Any => cors,
        List::Subdomains => cors.allow_credentials(true).allow_origin_regex(PATTERN),
        _ => cors.allow_credentials(true).allow_origins(list.origins()),
    };
    Poem(cors.transform(inner).map_to_response().boxed())
}

impl<E: Endpoint<Output = Response>> Subject for Poem<E> {
    type Request = Request;
    type Answer = Response;

    fn request(&mut self, head: Head) -> Request {
        let mut request = Request::default();
        let (parts, ()) = head.request(()).into_parts();
        request.set_method(parts.method);
        *request.headers_mut() = parts.headers;
        request
    }

    #[inline]
    fn call(&mut self, request: Request) -> Response {
        match ready(self.0.call(request)) {
            Ok(response) => response,
            Err(refused) => refused.into_response(),
        }
    }

    fn show(response: Response) -> String {
        show(response.status().as_u16(), response.headers())
    }
}

impl Endpoint for Inner {
    type Output = Response;

    #[inline]
    async fn call(&self, _: Request) -> poem::Result<Response> {
        let mut response = Response::default();
        *response.headers_mut() = self.headers();
        Ok(response)
    }
}
