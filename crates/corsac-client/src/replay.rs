//! The same request and the recorded answers under another user agent: would another browser have
//! decided differently? Nothing is sent.

use corsac_fetch::{
    Client, Fetch, HttpRequest, Need, Outcome, PreflightCache, Request, RequestInit, UserAgent,
};

use crate::exchange::Exchange;

/// What a user agent makes of recorded exchanges.
#[derive(Clone, Debug)]
pub enum Replayed {
    /// It comes to this end.
    Done(Outcome),
    /// It takes all answers as the recorded one did, and goes on where that stopped.
    GoesOn,
    /// It sends something else, so that nobody knows.
    Unknown,
}

/// What this user agent makes of the recorded exchanges.
#[must_use]
pub fn replay(
    init: &RequestInit,
    client: &Client,
    user_agent: UserAgent,
    exchanges: &[Exchange],
) -> Replayed {
    let Ok(request) = Request::of_initiator(init, client.clone(), user_agent) else {
        return Replayed::Unknown;
    };
    let mut cache = PreflightCache::default();
    let mut recorded = exchanges.iter();
    let mut need = Fetch::start(request, &mut cache, 0);
    loop {
        match need {
            Need::Done(outcome) => return Replayed::Done(outcome),
            Need::Send(fetch, sent) => {
                let Some(exchange) = recorded.next() else {
                    return Replayed::GoesOn;
                };
                if !is_answer_to(exchange, &sent) {
                    return Replayed::Unknown;
                }
                need = fetch.resume(exchange.response(), &mut cache, 0);
            }
        }
    }
}

/// Whether a server could not tell the two requests apart in what matters to CORS.
fn is_answer_to(exchange: &Exchange, request: &HttpRequest) -> bool {
    exchange.kind == request.kind
        && exchange.url == request.url
        && exchange.method == request.method
        && DECISIVE.iter().all(|name| {
            exchange.headers.get(name) == request.headers.get(name) || exchange.headers.is_empty()
        })
}

/// The request headers that servers decide by.
const DECISIVE: [&str; 3] = [
    "origin",
    "access-control-request-method",
    "access-control-request-headers",
];
