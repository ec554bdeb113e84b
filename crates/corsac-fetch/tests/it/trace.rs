//! The trace tells every step, in order.

use corsac_fetch::{BlockReason, HttpRequestKind, PreflightCache, RequestInit, Step, UserAgent};

use crate::exchange::{API, answer, init, request, request_of, run};

/// The trace in words.
fn words(trace: &[Step]) -> Vec<String> {
    trace
        .iter()
        .map(|step| match step {
            Step::PreflightNeeded {
                method, header_names, ..
            } => format!(
                "preflight needed: {} {}",
                text(method.as_deref().unwrap_or_default()),
                text(&header_names.join(&b','))
            ),
            Step::PreflightCached => "preflight cached".to_owned(),
            Step::Sent(sent) if sent.kind == HttpRequestKind::Preflight => format!("preflight {}", sent.url),
            Step::Sent(sent) => format!("{} {}", text(&sent.method), sent.url),
            Step::Received(response) => response.status.to_string(),
            Step::Failed(failure) => format!("{failure:?}"),
            Step::PreflightPassed { max_age } => format!("preflight passed for {max_age} s"),
            Step::CorsCheckPassed => "CORS check passed".to_owned(),
            Step::Upgraded(url) => format!("upgraded to {url}"),
            Step::Redirected(url) => format!("redirected to {url}"),
            Step::Profile(name) => format!("profile {name}"),
            Step::Blocked(reason) => format!("blocked: {reason:?}"),
        })
        .collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_preflighted_request_that_is_redirected() {
    let allow = [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Headers", "x-a"),
    ];
    let redirect = [allow[0], ("Location", "/moved")];
    let answers = [
        answer(204, &allow),
        answer(307, &redirect),
        answer(204, &allow),
        answer(200, &allow),
    ];
    let (_, outcome) = run(
        request(init("GET", &["X-A"])),
        &mut PreflightCache::default(),
        0,
        &answers,
    );
    assert_eq!(
        words(&outcome.trace),
        [
            "preflight needed:  x-a",
            "preflight https://api.example/items",
            "204",
            "preflight passed for 5 s",
            "GET https://api.example/items",
            "307",
            "CORS check passed",
            "redirected to https://api.example/moved",
            "preflight needed:  x-a",
            "preflight https://api.example/moved",
            "204",
            "preflight passed for 5 s",
            "GET https://api.example/moved",
            "200",
            "CORS check passed",
        ]
    );
}

#[test]
fn a_cached_preflight_and_a_connection_that_is_closed() {
    let allow = [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Methods", "PUT"),
    ];
    let mut cache = PreflightCache::default();
    let answers = [answer(204, &allow), answer(200, &allow)];
    run(request(init("PUT", &[])), &mut cache, 0, &answers);
    let (_, outcome) = run(request(init("PUT", &[])), &mut cache, 1, &[]);
    assert_eq!(
        words(&outcome.trace),
        [
            "preflight cached",
            "PUT https://api.example/items",
            "Closed",
            "blocked: Network(Closed)"
        ]
    );
}

#[test]
fn a_profiles_difference_that_decides_is_named() {
    let allow = [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Headers", "*"),
    ];
    let answers = [answer(204, &allow), answer(200, &allow)];
    let init = init("GET", &["Authorization"]);
    let chromium = request_of(init.clone(), UserAgent::Chromium);
    let (_, outcome) = run(chromium, &mut PreflightCache::default(), 0, &answers);
    assert!(words(&outcome.trace).contains(&"profile wildcard-covers-authorization".to_owned()));

    let (_, outcome) = run(request(init), &mut PreflightCache::default(), 0, &answers);
    let reason = BlockReason::PreflightNonWildcardHeader(b"authorization".to_vec());
    assert_eq!(words(&outcome.trace).pop(), Some(format!("blocked: {reason:?}")));
}

#[test]
fn nothing_is_sent_to_a_bad_port() {
    let init = RequestInit::new("https://api.example:6667/");
    let (sent, outcome) = run(request(init), &mut PreflightCache::default(), 0, &[]);
    assert!(sent.is_empty());
    assert_eq!(words(&outcome.trace), ["blocked: BadPort(6667)"]);
}

#[test]
fn twenty_redirects_are_followed_and_no_more() {
    let redirect = answer(302, &[("Access-Control-Allow-Origin", "*"), ("Location", API)]);
    let answers = vec![redirect; 21];
    let (sent, outcome) = run(
        request(RequestInit::new(API)),
        &mut PreflightCache::default(),
        0,
        &answers,
    );
    assert_eq!(sent.len(), 21);
    assert_eq!(words(&outcome.trace).pop().unwrap(), "blocked: TooManyRedirects");
}
