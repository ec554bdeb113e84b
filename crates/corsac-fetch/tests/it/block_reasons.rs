//! Every reason for a block is reached by a fetch; a new one that none reaches fails here.

use std::collections::BTreeSet;

use corsac_fetch::{
    AddressSpace, BlockReason, Body, BodyKind, Client, CorsSettings, Fetch, HttpResponse, Initiator, Mode,
    Need, NetworkFailure, OutcomeKind, PreflightCache, RedirectMode, Request, RequestInit, UserAgent,
};

use crate::exchange::{API, answer, page};

#[test]
fn every_reason_is_reached() {
    let reached: BTreeSet<&str> = fetches().into_iter().map(|fetch| name(&reason(fetch))).collect();
    let missing: Vec<&&str> = NAMES.iter().filter(|name| !reached.contains(**name)).collect();
    assert!(missing.is_empty(), "nothing ends in {missing:?}");
    assert_eq!(reached.len(), NAMES.len());
}

/// A request of a page, and the answer to each of its requests, the last one again and again; none is a
/// closed connection.
type Given = (RequestInit, Vec<HttpResponse>);

fn fetches() -> Vec<Given> {
    let get = || RequestInit::new(API);
    let put = |headers: &[&str]| RequestInit {
        method: "PUT".to_owned(),
        headers: headers
            .iter()
            .map(|name| ((*name).to_owned(), "1".to_owned()))
            .collect(),
        ..get()
    };
    let to = |url: &str| RequestInit::new(url);
    let no_cors = || RequestInit {
        mode: Mode::NoCors,
        ..get()
    };
    let image = || RequestInit::of_element(Initiator::Image, API, CorsSettings::NoCors);
    let redirect = |mode| RequestInit {
        redirect: mode,
        ..get()
    };
    let stream = || RequestInit {
        method: "POST".to_owned(),
        body: Some(Body {
            kind: BodyKind::Stream,
            bytes: Vec::new(),
        }),
        ..get()
    };
    let allow = |status, headers: &[(&str, &str)]| {
        let mut all = vec![("Access-Control-Allow-Origin", "https://app.example")];
        all.extend_from_slice(headers);
        answer(status, &all)
    };
    let methods = |value| allow(200, &[("Access-Control-Allow-Methods", value)]);
    let names = |value| {
        allow(
            200,
            &[
                ("Access-Control-Allow-Methods", "PUT"),
                ("Access-Control-Allow-Headers", value),
            ],
        )
    };
    let location = |url| allow(302, &[("Location", url)]);
    vec![
        (to("https://api.example:22/"), vec![]),
        (to("http://api.example/"), vec![]),
        (
            RequestInit {
                mode: Mode::SameOrigin,
                ..get()
            },
            vec![],
        ),
        (
            RequestInit {
                mode: Mode::NoCors,
                ..redirect(RedirectMode::Error)
            },
            vec![],
        ),
        (to("about:blank"), vec![]),
        (get(), vec![answer(200, &[])]),
        (put(&[]), vec![answer(200, &[])]),
        (put(&[]), vec![allow(404, &[])]),
        (put(&[]), vec![methods("x y")]),
        (put(&[]), vec![names("x y")]),
        (put(&[]), vec![methods("DELETE")]),
        (put(&["Authorization"]), vec![names("x-a")]),
        (put(&["X-A"]), vec![names("x-b")]),
        (put(&[]), vec![]),
        (get(), vec![]),
        (redirect(RedirectMode::Error), vec![location("/")]),
        (get(), vec![location("http://:99999999/")]),
        (get(), vec![allow(302, &[("Location", "/a"), ("Location", "/b")])]),
        (get(), vec![location("ftp://api.example/")]),
        (get(), vec![location("https://user@api.example/")]),
        (get(), vec![location("/")]),
        (stream(), vec![methods("POST"), allow(307, &[("Location", "/")])]),
        (
            no_cors(),
            vec![answer(200, &[("Cross-Origin-Resource-Policy", "same-origin")])],
        ),
        (to("https://127.0.0.1/"), vec![]),
        (image(), vec![answer(200, &[("Content-Type", "text/csv")])]),
        (to("https://0.0.0.0/"), vec![]),
    ]
}

fn reason((init, answers): Given) -> BlockReason {
    let is_unspecified = init.url.contains("0.0.0.0");
    let is_local = init.url.contains("127.0.0.1");
    let is_image = init.initiator == Initiator::Image;
    let user_agent = match (is_unspecified || is_image, is_local) {
        (true, _) => UserAgent::Firefox,
        (_, true) => UserAgent::Chromium,
        _ => UserAgent::Standard,
    };
    let client = Client {
        address_space: is_local.then_some(AddressSpace::Public),
        ..page()
    };
    let request = Request::of_initiator(&init, client, user_agent).unwrap();
    let mut cache = PreflightCache::default();
    let mut need = Fetch::start(request, &mut cache, 0);
    let mut answers = answers.into_iter().peekable();
    loop {
        match need {
            Need::Done(outcome) => match outcome.kind {
                OutcomeKind::Blocked { reason, .. } => return reason,
                other => panic!("{init:?} is not blocked: {other:?}"),
            },
            Need::Send(fetch, _) => {
                let answer = answers.next().ok_or(NetworkFailure::Closed);
                if answers.peek().is_none() {
                    // The last one again and again.
                    let again: Vec<_> = answer.iter().cloned().collect();
                    answers = again.into_iter().peekable();
                }
                need = fetch.resume(answer, &mut cache, 0);
            }
        }
    }
}

/// No `_`: a new reason needs a name here and, by the test, a fetch that ends in it.
fn name(reason: &BlockReason) -> &'static str {
    match reason {
        BlockReason::BadPort(_) => "bad port",
        BlockReason::MixedContent => "mixed content",
        BlockReason::SameOriginMode => "same-origin mode",
        BlockReason::NoCorsRedirectMode => "no-cors redirect mode",
        BlockReason::SchemeNotHttp(_) => "scheme",
        BlockReason::CorsCheck(_) => "CORS check",
        BlockReason::PreflightCorsCheck(_) => "CORS check of the preflight",
        BlockReason::PreflightStatus(_) => "preflight status",
        BlockReason::PreflightAllowMethodsSyntax(_) => "methods syntax",
        BlockReason::PreflightAllowHeadersSyntax(_) => "header names syntax",
        BlockReason::PreflightMethod(_) => "method",
        BlockReason::PreflightNonWildcardHeader(_) => "non-wildcard header",
        BlockReason::PreflightHeader(_) => "header",
        BlockReason::PreflightNetwork(_) => "preflight network",
        BlockReason::Network(_) => "network",
        BlockReason::RedirectModeError => "redirect mode error",
        BlockReason::LocationInvalid(_) => "location invalid",
        BlockReason::LocationMultiple => "location multiple",
        BlockReason::LocationScheme(_) => "location scheme",
        BlockReason::LocationCredentials => "location credentials",
        BlockReason::TooManyRedirects => "too many redirects",
        BlockReason::RedirectStreamBody => "stream body",
        BlockReason::CrossOriginResourcePolicy => "resource policy",
        BlockReason::LocalNetworkAccess => "local network access",
        BlockReason::OpaqueResponseBlocking => "opaque response",
        BlockReason::UserAgentRefusal(_) => "user agent",
    }
}

const NAMES: [&str; 26] = [
    "bad port",
    "mixed content",
    "same-origin mode",
    "no-cors redirect mode",
    "scheme",
    "CORS check",
    "CORS check of the preflight",
    "preflight status",
    "methods syntax",
    "header names syntax",
    "method",
    "non-wildcard header",
    "header",
    "preflight network",
    "network",
    "redirect mode error",
    "location invalid",
    "location multiple",
    "location scheme",
    "location credentials",
    "too many redirects",
    "stream body",
    "resource policy",
    "local network access",
    "opaque response",
    "user agent",
];
