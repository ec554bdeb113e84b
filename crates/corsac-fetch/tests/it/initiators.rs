//! What each element and API sends, in each user agent: the rows measured from a page on
//! `http://localhost:23001` with a target on `http://localhost:23003`.

use corsac::Origin;
use corsac_fetch::{
    Body, BodyKind, Client, CorsSettings, Fetch, HttpRequest, HttpRequestKind, HttpResponse, Initiator, Need,
    PreflightCache, Request, RequestInit, UserAgent,
};

#[test]
fn each_element_sends_its_mode_destination_and_origin() {
    for (initiator, cors, chromium, firefox, webkit) in SENT {
        for (user_agent, expected) in [
            (UserAgent::Chromium, chromium),
            (UserAgent::Firefox, firefox),
            (UserAgent::WebKit, webkit),
        ] {
            let init = RequestInit::of_element(*initiator, TARGET, *cors);
            assert_eq!(
                summary(&sent(&init, user_agent)),
                *expected,
                "{initiator:?} in {user_agent:?}"
            );
        }
    }
}

#[test]
fn a_post_of_a_form_carries_its_type_without_a_charset_and_the_origin() {
    let body = Body {
        kind: BodyKind::UrlSearchParams,
        bytes: b"a=1".to_vec(),
    };
    let init = RequestInit {
        method: "post".to_owned(),
        body: Some(body),
        ..RequestInit::of_element(Initiator::Form, TARGET, CorsSettings::NoCors)
    };
    let sent = sent(&init, UserAgent::Firefox);
    assert_eq!(summary(&sent), "navigate document same-site origin");
    assert_eq!(sent.method, b"POST");
    assert_eq!(
        sent.headers.get("content-type").unwrap(),
        b"application/x-www-form-urlencoded"
    );
    assert_eq!(sent.headers.get("upgrade-insecure-requests").unwrap(), b"1");
}

#[test]
fn a_form_with_get_puts_its_entries_into_the_query() {
    let body = Body {
        kind: BodyKind::UrlSearchParams,
        bytes: b"a=1".to_vec(),
    };
    let init = RequestInit {
        body: Some(body),
        ..RequestInit::of_element(Initiator::Form, TARGET, CorsSettings::NoCors)
    };
    let sent = sent(&init, UserAgent::Standard);
    assert_eq!(sent.url.as_str(), "http://localhost:23003/s/1?a=1");
    assert_eq!(sent.body, None);
}

#[test]
fn a_web_socket_is_asked_for_over_http_without_a_referrer() {
    let init = RequestInit::of_element(
        Initiator::WebSocket,
        "ws://localhost:23003/s/1",
        CorsSettings::NoCors,
    );
    let sent = sent(&init, UserAgent::Standard);
    assert_eq!(sent.url.as_str(), TARGET);
    assert!(!sent.headers.contains("referer"));
    assert!(sent.include_credentials);
    let page = Client::new(Origin::from_serialization(PAGE).unwrap());
    let other = RequestInit::of_element(Initiator::WebSocket, "ftp://localhost/", CorsSettings::NoCors);
    assert!(Request::for_websocket(&other, page, UserAgent::Standard).is_err());
}

#[test]
fn a_beacon_uses_cors_only_for_a_type_that_is_not_safelisted() {
    let body = |kind: &str| Body {
        kind: BodyKind::Blob(kind.to_owned()),
        bytes: Vec::new(),
    };
    let mode = |body| summary(&sent(&RequestInit::of_beacon(TARGET, body), UserAgent::Standard));
    assert_eq!(mode(None), "no-cors empty same-site origin");
    assert_eq!(mode(Some(body("text/plain"))), "no-cors empty same-site origin");
    // A preflight comes first.
    assert_eq!(
        mode(Some(body("application/json"))),
        "cors empty same-site origin"
    );
}

fn sent(init: &RequestInit, user_agent: UserAgent) -> HttpRequest {
    let page = Client::new(Origin::from_serialization(PAGE).unwrap());
    let request = Request::of_initiator(init, page, user_agent);
    match Fetch::start(request.unwrap(), &mut PreflightCache::default(), 0) {
        Need::Send(_, sent) => sent,
        Need::Done(outcome) => panic!("not sent: {:?}", outcome.kind),
    }
}

/// Sec-Fetch-Mode, -Dest and -Site, then whether there are Origin and Range.
fn summary(sent: &HttpRequest) -> String {
    let metadata = ["sec-fetch-mode", "sec-fetch-dest", "sec-fetch-site"]
        .iter()
        .filter_map(|name| sent.headers.get(name))
        .map(|value| String::from_utf8(value).unwrap());
    let present = ["origin", "range"]
        .iter()
        .filter(|name| sent.headers.contains(name))
        .map(|name| (*name).to_owned());
    metadata.chain(present).collect::<Vec<_>>().join(" ")
}

const PAGE: &str = "http://localhost:23001";
const TARGET: &str = "http://localhost:23003/s/1";

/// Element, `crossorigin`, and what Chromium, Firefox and WebKit send.
type Row = (Initiator, CorsSettings, &'static str, &'static str, &'static str);

/// The same in all three.
const fn same(initiator: Initiator, cors: CorsSettings, sent: &'static str) -> Row {
    (initiator, cors, sent, sent, sent)
}

const SENT: &[Row] = &[
    same(Initiator::Image, CorsSettings::NoCors, "no-cors image same-site"),
    same(
        Initiator::Image,
        CorsSettings::Anonymous,
        "cors image same-site origin",
    ),
    same(
        Initiator::Script,
        CorsSettings::NoCors,
        "no-cors script same-site",
    ),
    same(Initiator::Style, CorsSettings::NoCors, "no-cors style same-site"),
    same(
        Initiator::ModuleScript,
        CorsSettings::NoCors,
        "cors script same-site origin",
    ),
    (
        Initiator::Font,
        CorsSettings::NoCors,
        "cors font same-site origin",
        "cors font same-site origin",
        "no-cors font same-site",
    ),
    (
        Initiator::Media,
        CorsSettings::NoCors,
        "no-cors video same-site range",
        "no-cors video same-site range",
        "no-cors video same-site",
    ),
    (
        Initiator::Audio,
        CorsSettings::UseCredentials,
        "cors audio same-site origin range",
        "cors audio same-site origin range",
        "cors audio same-site origin",
    ),
    same(
        Initiator::Track,
        CorsSettings::Anonymous,
        "cors track same-site origin",
    ),
    same(
        Initiator::Iframe,
        CorsSettings::NoCors,
        "navigate iframe same-site",
    ),
    same(
        Initiator::EventSource,
        CorsSettings::NoCors,
        "cors empty same-site origin",
    ),
    same(
        Initiator::Beacon,
        CorsSettings::NoCors,
        "no-cors empty same-site origin",
    ),
    same(
        Initiator::Fetch,
        CorsSettings::NoCors,
        "cors empty same-site origin",
    ),
    (
        Initiator::WebSocket,
        CorsSettings::NoCors,
        "origin",
        "websocket empty same-site origin",
        "websocket websocket same-site origin",
    ),
];

/// Sec-Fetch-Site of each request of a PUT that is redirected.
fn sites(user_agent: UserAgent, page: &str, url: &str, locations: &[&str]) -> Vec<String> {
    let page = Client::new(Origin::from_serialization(page).unwrap());
    let init = RequestInit {
        method: "PUT".to_owned(),
        ..RequestInit::new(url)
    };
    let request = Request::new(init, page, user_agent).unwrap();
    let mut next = locations.iter();
    let mut cache = PreflightCache::default();
    let mut need = Fetch::start(request, &mut cache, 0);
    let mut sites = Vec::new();
    while let Need::Send(fetch, sent) = need {
        sites.push(summary(&sent));
        let is_preflight = sent.kind == HttpRequestKind::Preflight;
        let location = next.as_slice().first().filter(|_| !is_preflight);
        let mut response = HttpResponse::new(if location.is_some() { 307 } else { 200 });
        response.headers.append(
            "Access-Control-Allow-Origin",
            sent.headers.get("origin").unwrap_or_default(),
        );
        response.headers.append("Access-Control-Allow-Methods", "PUT");
        if let Some(location) = location {
            response.headers.append("Location", *location);
            next.next();
        }
        need = fetch.resume(Ok(response), &mut cache, 0);
    }
    sites
}

#[test]
fn the_site_of_a_preflight_after_a_redirect_is_told_as_each_browser_does() {
    let (same_origin, same_site, cross_site) = (
        "cors empty same-origin origin",
        "cors empty same-site origin",
        "cors empty cross-site origin",
    );
    let (away, site) = ("http://127.0.0.1:23002/", "http://localhost:23003/");
    for (user_agent, preflight) in [
        (UserAgent::Standard, cross_site),
        (UserAgent::Chromium, same_site),
        (UserAgent::Firefox, same_site),
        (UserAgent::WebKit, cross_site),
    ] {
        let got = sites(user_agent, PAGE, away, &[site]);
        let actual = if user_agent == UserAgent::WebKit {
            "origin"
        } else {
            cross_site
        };
        assert_eq!(got, [cross_site, cross_site, preflight, actual], "{user_agent:?}");
    }
    for (user_agent, preflight, actual) in [
        (UserAgent::Standard, same_site, same_site),
        (UserAgent::Chromium, same_origin, same_site),
        (UserAgent::Firefox, same_origin, cross_site),
        (UserAgent::WebKit, cross_site, "origin"),
    ] {
        let got = sites(user_agent, PAGE, site, &["http://localhost:23001/"]);
        assert_eq!(got, [same_site, same_site, preflight, actual], "{user_agent:?}");
    }
    // To a URL that is not trustworthy, only Chromium's preflight says something.
    assert_eq!(
        sites(UserAgent::Chromium, PAGE, "http://api.example/", &[]),
        ["cors origin", "origin"]
    );
    assert_eq!(
        sites(UserAgent::Firefox, PAGE, "http://api.example/", &[]),
        ["origin", "origin"]
    );
}
