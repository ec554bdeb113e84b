//! actix-cors, around an actix-web service.

use actix_cors::Cors;
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::http::Method;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::test::TestRequest;
use actix_web::{Error, HttpResponse};
use std::future::{Ready, ready as at_once};

use crate::inner::Inner;
use crate::policies::{EXPOSED, HEADERS, List, MAX_AGE, METHODS};
use crate::scenario::{Head, PATH};
use crate::subject::{Subject, ready, show};

/// An actix service.
pub struct Actix<S>(S);

impl Actix<Inner> {
    pub fn bare(inner: Inner) -> Self {
        Self(inner)
    }
}

/// `Cors` around the inner service.
pub fn actix_cors(
    inner: Inner,
    list: List,
) -> Actix<impl Service<ServiceRequest, Response = ServiceResponse<EitherBody<BoxBody>>, Error = Error>> {
    let cors = Cors::default()
        .allowed_methods(METHODS)
        .allowed_headers(HEADERS)
        .expose_headers([EXPOSED])
        .max_age(MAX_AGE as usize);
    let cors = match list {
        List::Any => cors.allow_any_origin().send_wildcard(),
        List::Subdomains => cors.supports_credentials().allowed_origin_fn(|origin, _| {
            origin.as_bytes().starts_with(b"https://") && origin.as_bytes().ends_with(b".example.com")
        }),
        _ => list
            .origins()
            .iter()
            .fold(cors.supports_credentials(), |cors, origin| {
                cors.allowed_origin(origin)
            }),
    };
    Actix(ready(cors.new_transform(inner)).expect("the options are sound"))
}

impl<S, B> Subject for Actix<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
{
    type Request = ServiceRequest;
    type Answer = ServiceResponse<B>;

    fn request(&mut self, head: Head) -> ServiceRequest {
        let method = Method::from_bytes(head.method.as_str().as_bytes()).unwrap();
        let request = TestRequest::with_uri(PATH).method(method);
        let request = head.fields.into_iter().fold(request, |request, (name, value)| {
            let name = HeaderName::from_bytes(name.as_str().as_bytes()).unwrap();
            request.insert_header((name, HeaderValue::from_maybe_shared(value).unwrap()))
        });
        request.to_srv_request()
    }

    #[inline]
    fn call(&mut self, request: ServiceRequest) -> ServiceResponse<B> {
        ready(self.0.call(request)).expect("the inner service does not fail")
    }

    fn show(answer: ServiceResponse<B>) -> String {
        show(answer.status().as_u16(), answer.headers())
    }
}

impl Service<ServiceRequest> for Inner {
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Future = Ready<Result<ServiceResponse<BoxBody>, Error>>;

    actix_web::dev::always_ready!();

    #[inline]
    fn call(&self, request: ServiceRequest) -> Self::Future {
        let mut response = HttpResponse::Ok().finish();
        if *self == Inner::Three {
            let headers = response.headers_mut();
            for (name, value) in [
                ("content-type", "application/json"),
                ("etag", "\"33a64df5\""),
                ("server", "bench"),
            ] {
                headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
        }
        at_once(Ok(request.into_response(response)))
    }
}
