//! What the layer allocates.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use corsac::{Policy, PolicyDraft};
use corsac_tower::{Corsac, CorsacLayer};
use http::{HeaderMap, HeaderValue, Request, Response, header};
use tower::{Layer, Service};

#[test]
fn cloning_the_layer_and_the_service_allocates_nothing() {
    let layer = layer(100_000);
    let service = layer.layer(Bare { room: 0 });
    let cloned =
        allocation_counter::measure(|| drop((layer.clone(), service.clone(), layer.layer(Bare { room: 0 }))));
    assert_eq!(cloned.count_total, 0);
}

#[test]
fn an_answer_costs_at_most_the_two_allocations_of_a_header_map() {
    for origins in [1, 10, 100_000] {
        let mut service = layer(origins).layer(Bare { room: 0 });
        for (request, most) in requests() {
            let text = format!(
                "{} with {:?}, {origins} origins",
                request.method(),
                request.headers()
            );
            assert!(allocations(&mut service, request) <= most, "{text}");
        }
    }
}

#[test]
fn nothing_is_allocated_when_the_header_map_has_room() {
    let mut service = layer(10).layer(Bare { room: 16 });
    let (request, _) = requests().remove(1);
    // The answer's own map has been counted: it is the bare service's.
    let bare = allocations(&mut Bare { room: 16 }, Request::new(()));
    assert_eq!(allocations(&mut service, request), bare);
}

#[test]
fn the_decision_in_extensions_costs_seven_allocations() {
    let plain = layer(10);
    let (request, _) = requests().remove(1);
    let without = allocations(&mut plain.layer(Bare { room: 0 }), request.clone());
    let with = allocations(
        &mut plain.with_decision_extensions().layer(Bare { room: 0 }),
        request,
    );
    assert_eq!(with - without, 7);
}

fn requests() -> Vec<(Request<()>, u64)> {
    let request = |method: &str, headers: &[(header::HeaderName, &'static str)]| {
        let mut request = Request::builder().method(method).body(()).unwrap();
        for (name, value) in headers {
            request
                .headers_mut()
                .insert(name, HeaderValue::from_static(value));
        }
        request
    };
    let method = (header::ACCESS_CONTROL_REQUEST_METHOD, "PUT");
    let names = (header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type,x-token");
    vec![
        (request("GET", &[]), 2),
        (request("GET", &[(header::ORIGIN, LISTED)]), 2),
        (request("GET", &[(header::ORIGIN, "https://evil.test")]), 2),
        (
            request(
                "OPTIONS",
                &[(header::ORIGIN, LISTED), method.clone(), names.clone()],
            ),
            2,
        ),
        (
            request("OPTIONS", &[(header::ORIGIN, "https://evil.test"), method, names]),
            2,
        ),
    ]
}

fn allocations<S>(service: &mut S, request: Request<()>) -> u64
where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible>,
{
    let mut request = Some(request);
    let mut response = None;
    let measured = allocation_counter::measure(|| {
        let future = pin!(service.call(request.take().unwrap()));
        let Poll::Ready(answer) = future.poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("the inner service is ready at once");
        };
        response = Some(answer);
    });
    assert!(response.is_some());
    measured.count_total
}

/// A service that costs nothing but its answer's header map.
#[derive(Clone, Copy)]
struct Bare {
    room: usize,
}

impl Service<Request<()>> for Bare {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<()>) -> Self::Future {
        let mut response = Response::new(());
        *response.headers_mut() = HeaderMap::with_capacity(self.room);
        ready(Ok(response))
    }
}

fn layer(origins: usize) -> CorsacLayer {
    let others = (1..origins).map(|number| format!("https://o{number}.example"));
    let draft = PolicyDraft {
        allow_origins: others.chain([LISTED.to_owned()]).collect(),
        allow_credentials: true,
        allow_methods: vec!["PUT".to_owned()],
        allow_headers: vec!["X-Token".to_owned(), "Content-Type".to_owned()],
        expose_headers: vec!["X-Rate".to_owned()],
        ..PolicyDraft::new("app")
    };
    CorsacLayer::new(Policy::build(draft).unwrap().0)
}

/// The service's type is the layer's and the inner service's, nothing boxed.
const _: fn(&CorsacLayer, Bare) -> Corsac<Bare> = |layer, inner| layer.layer(inner);

const LISTED: &str = "https://app.example";
