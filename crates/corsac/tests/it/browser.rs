//! A browser in front of a server that runs Corsac: the two engines, wired to each other.

use corsac::{Action, CorsRequest, PolicyTable, RequestTarget};
use corsac_fetch::{Client, Fetch, HeaderList, HttpRequest, HttpResponse, Need, Outcome, PreflightCache};
use corsac_fetch::{Request, RequestInit, UserAgent};
use http::{HeaderMap, HeaderName, HeaderValue};

/// A server: an inner service that sets every CORS header it can think of, behind Corsac or not.
#[derive(Clone, Copy)]
pub(crate) struct Server<'t> {
    /// The policies. `None`: the inner service answers alone.
    pub(crate) table: Option<&'t PolicyTable>,
    /// Whether browsers are told why they were refused.
    pub(crate) debug: bool,
}

/// What a browser tells a server about the page that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Era {
    /// As of today.
    Today,
    /// No `Sec-Fetch-Site`.
    WithoutFetchMetadata,
    /// Nor `Origin`, where the mode is not `cors`.
    RefererOnly,
}

/// What came of a visit.
#[derive(Debug, PartialEq)]
pub(crate) struct Visit {
    /// What the page gets.
    pub(crate) outcome: corsac_fetch::OutcomeKind,
    /// The methods of the requests that reached the inner service, in order.
    pub(crate) reached: Vec<String>,
}

/// Let a page ask a server.
pub(crate) fn visit(
    server: Server<'_>,
    init: RequestInit,
    page: Client,
    user_agent: UserAgent,
    era: Era,
) -> Visit {
    let is_cors = init.mode == corsac_fetch::Mode::Cors;
    let request = Request::new(init, page, user_agent).expect("the API layer has nothing against it");
    let mut cache = PreflightCache::default();
    let mut need = Fetch::start(request, &mut cache, 0);
    let mut reached = Vec::new();
    loop {
        match need {
            Need::Done(Outcome { kind: outcome, .. }) => return Visit { outcome, reached },
            Need::Send(fetch, request) => {
                let headers = as_sent(&request, era, is_cors);
                let response = answer(server, &request, &headers, &mut reached);
                need = fetch.resume(Ok(response), &mut cache, 0);
            }
        }
    }
}

/// The headers that a browser of this era sends, with the transport's `Host`.
fn as_sent(request: &HttpRequest, era: Era, is_cors: bool) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("host", HeaderValue::from_str(request.url.authority()).unwrap());
    for (name, value) in request.headers.iter() {
        headers.append(
            HeaderName::from_bytes(name).unwrap(),
            HeaderValue::from_bytes(value).unwrap(),
        );
    }
    if era != Era::Today {
        headers.remove("sec-fetch-site");
    }
    if era == Era::RefererOnly && !is_cors {
        headers.remove("origin");
    }
    headers
}

fn answer(
    server: Server<'_>,
    request: &HttpRequest,
    headers: &HeaderMap,
    reached: &mut Vec<String>,
) -> HttpResponse {
    let target = RequestTarget {
        authority: None,
        path: request.url.path(),
    };
    let decision = server.table.map(|table| {
        let cors_request = CorsRequest::classify(&request.method, target, headers);
        let decision = table.decide(&cors_request);
        if server.debug {
            decision.in_debug(&cors_request)
        } else {
            decision
        }
    });
    let (status, mut response) = match decision.as_ref().map(|decision| decision.action) {
        Some(Action::Answer { status }) => (status, HeaderMap::new()),
        Some(Action::Forward) | None => {
            reached.push(String::from_utf8_lossy(&request.method).into_owned());
            (200, inner_headers())
        }
    };
    if let Some(decision) = decision {
        decision.headers.apply(&mut response);
    }
    let headers: HeaderList = response
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_bytes()))
        .collect();
    HttpResponse {
        headers,
        ..HttpResponse::new(status)
    }
}

/// Headers that let every page read, without credentials, were they the last word.
fn inner_headers() -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-methods", "*"),
        ("access-control-allow-headers", "*"),
        ("access-control-expose-headers", "x-secret"),
        ("access-control-allow-private-network", "true"),
        ("x-secret", "1"),
        ("x-rate", "2"),
    ] {
        headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers
}
