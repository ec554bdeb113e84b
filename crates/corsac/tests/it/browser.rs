//! A browser in front of a server that runs Corsac: the two engines, wired to each other.

use corsac::{Action, CorsRequest, PolicyTable};
use corsac_fetch::{Client, Fetch, HeaderList, HttpRequest, HttpResponse, Need, Outcome, PreflightCache};
use corsac_fetch::{Request, RequestInit, UserAgent};
use http::{HeaderMap, HeaderName, HeaderValue};

/// What the page gets from a server with this policy table.
pub(crate) fn fetch(table: &PolicyTable, init: RequestInit, page: Client, user_agent: UserAgent) -> Outcome {
    let request = Request::new(init, page, user_agent).expect("the API layer has nothing against it");
    let mut cache = PreflightCache::default();
    let mut need = Fetch::start(request, &mut cache, 0);
    loop {
        match need {
            Need::Done(outcome) => return outcome,
            Need::Send(fetch, request) => need = fetch.resume(Ok(answer(table, &request)), &mut cache, 0),
        }
    }
}

/// An inner service that sets every CORS header it can think of, behind Corsac.
fn answer(table: &PolicyTable, request: &HttpRequest) -> HttpResponse {
    let mut headers = HeaderMap::new();
    for (name, value) in request.headers.iter() {
        headers.append(
            HeaderName::from_bytes(name).unwrap(),
            HeaderValue::from_bytes(value).unwrap(),
        );
    }
    let request_headers = headers;
    let cors_request = CorsRequest::classify(&request.method, &request_headers);
    let decision = table.decide(request.url.path(), &cors_request);
    let (status, mut response) = match decision.action {
        Action::Answer { status } => (status, HeaderMap::new()),
        Action::Forward => (200, inner_headers()),
    };
    decision.headers.apply(&mut response);
    let headers: HeaderList = response
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_bytes()))
        .collect();
    HttpResponse { status, headers }
}

fn inner_headers() -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-origin", "https://evil.test"),
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-headers", "*"),
        ("access-control-expose-headers", "x-secret"),
        ("x-secret", "1"),
        ("x-rate", "2"),
    ] {
        headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers
}
