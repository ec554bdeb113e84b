//! A fetch against scripted answers.

use corsac::Origin;
use corsac_fetch::{
    BlockReason, Client, Fetch, HeaderList, HttpRequest, HttpRequestKind, HttpResponse, Need, NetworkFailure,
    Outcome, OutcomeKind, PreflightCache, Request, RequestInit, UserAgent,
};

pub(crate) const API: &str = "https://api.example/items";

/// A request of a page on `https://app.example`, in the standard's profile.
pub(crate) fn request(init: RequestInit) -> Request {
    request_of(init, UserAgent::Standard)
}

/// A request of a page on `https://app.example`.
pub(crate) fn request_of(init: RequestInit, user_agent: UserAgent) -> Request {
    Request::new(init, page(), user_agent).unwrap()
}

pub(crate) fn page() -> Client {
    Client::new(Origin::from_serialization("https://app.example").unwrap())
}

/// `fetch(API, { method, headers: { name: "1", … } })`
pub(crate) fn init(method: &str, header_names: &[&str]) -> RequestInit {
    RequestInit {
        method: method.to_owned(),
        headers: header_names
            .iter()
            .map(|name| ((*name).to_owned(), "1".to_owned()))
            .collect(),
        ..RequestInit::new(API)
    }
}

pub(crate) fn answer(status: u16, headers: &[(&str, &str)]) -> HttpResponse {
    HttpResponse {
        headers: headers.iter().copied().collect::<HeaderList>(),
        ..HttpResponse::new(status)
    }
}

/// Runs a fetch, the n-th request meeting the n-th answer; afterwards a closed connection.
pub(crate) fn run(
    request: Request,
    cache: &mut PreflightCache,
    now: u64,
    answers: &[HttpResponse],
) -> (Vec<HttpRequest>, Outcome) {
    let mut sent = Vec::new();
    let mut need = Fetch::start(request, cache, now);
    loop {
        match need {
            Need::Done(outcome) => return (sent, outcome),
            Need::Send(fetch, http_request) => {
                let answer = answers.get(sent.len()).cloned().ok_or(NetworkFailure::Closed);
                sent.push(http_request);
                need = fetch.resume(answer, cache, now);
            }
        }
    }
}

/// The network error of a fetch: the deciding reason, then the others.
pub(crate) fn reasons(request: Request, answers: &[HttpResponse]) -> Vec<BlockReason> {
    match run(request, &mut PreflightCache::default(), 0, answers).1.kind {
        OutcomeKind::Blocked { reason, also } => std::iter::once(reason).chain(also).collect(),
        other => panic!("not blocked: {other:?}"),
    }
}

/// Whether a fetch asked for a preflight.
pub(crate) fn sent_preflight(sent: &[HttpRequest]) -> bool {
    sent.iter()
        .any(|request| request.kind == HttpRequestKind::Preflight)
}
