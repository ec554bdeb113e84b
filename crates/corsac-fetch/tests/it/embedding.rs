//! What pages may do with answers, and which mechanism decides.

use corsac::Origin;
use corsac_fetch::element_load::LoadFailure;
use corsac_fetch::embedding::access;
use corsac_fetch::{
    Access, AddressSpace, Client, Content, CorsSettings, EmbedderPolicy, Fetch, HttpResponse, Initiator,
    Limit, Mechanism, Need, NetworkFailure, PreflightCache, Request, RequestInit, UserAgent,
};

use crate::exchange::{answer, page};

#[test]
fn each_mechanism_decides_what_a_page_may_do() {
    for (initiator, cors, url, response, (content, decided_by)) in CASES {
        let init = RequestInit::of_element(*initiator, *url, *cors);
        let (status, headers) = *response;
        let got = access_to(&init, page(), &answer(status, headers));
        let expected = Access {
            loads: *content != Content::Nothing || *initiator == Initiator::Beacon,
            content: *content,
            decided_by: *decided_by,
        };
        assert_eq!(got, expected, "{initiator:?} {cors:?} {url} {response:?}");
    }
}

#[test]
fn an_embedder_policy_asks_answers_and_frames_to_agree() {
    let require_corp = || Client {
        embedder_policy: EmbedderPolicy::RequireCorp,
        ..page()
    };
    let decided = |initiator, url: &str, headers: &[(&str, &str)]| {
        let init = RequestInit::of_element(initiator, url, CorsSettings::NoCors);
        let access = access_to(&init, require_corp(), &answer(200, headers));
        (access.loads, access.decided_by)
    };
    let corp = ("Cross-Origin-Resource-Policy", "cross-origin");
    let coep = ("Cross-Origin-Embedder-Policy", "require-corp; report-to=\"x\"");
    let refused = (false, Mechanism::EmbedderPolicy);
    assert_eq!(decided(Initiator::Image, API, &[]), refused);
    assert_eq!(decided(Initiator::Image, API, &[corp]), (true, Mechanism::NoCors));
    assert_eq!(decided(Initiator::Iframe, API, &[corp]), refused);
    assert_eq!(decided(Initiator::Iframe, API, &[coep]), refused);
    let shown = (true, Mechanism::SameOrigin);
    assert_eq!(decided(Initiator::Iframe, API, &[corp, coep]), shown);
    assert_eq!(decided(Initiator::Iframe, "https://app.example/", &[coep]), shown);
}

#[test]
fn a_public_page_gets_nothing_from_a_loopback_address() {
    let public = Client {
        address_space: Some(AddressSpace::Public),
        ..page()
    };
    let init = RequestInit::of_element(Initiator::Image, "http://localhost/", CorsSettings::NoCors);
    let access = access_to(&init, public, &answer(200, &[]));
    assert_eq!(access.decided_by, Mechanism::LocalNetworkAccess);
}

#[test]
fn a_frame_looks_at_every_page_around_it() {
    let inner = Client {
        network_partition_key: "https://shop.example".to_owned(),
        ..page()
    };
    let init = RequestInit::of_element(Initiator::Iframe, "https://app.example/", CorsSettings::NoCors);
    for (value, loads) in [
        ("frame-ancestors 'self'", false),
        ("frame-ancestors 'self' https://shop.example", true),
        ("frame-ancestors https://*.example", true),
        ("frame-ancestors 'none'", false),
        ("default-src 'none'", true),
    ] {
        let response = answer(200, &[("Content-Security-Policy", value)]);
        assert_eq!(access_to(&init, inner.clone(), &response).loads, loads, "{value}");
    }
    let same_origin = answer(200, &[("X-Frame-Options", "sameorigin")]);
    assert!(!access_to(&init, inner, &same_origin).loads);
    // A sandboxed frame has an opaque origin: no source matches it.
    let star = answer(200, &[("Content-Security-Policy", "frame-ancestors *")]);
    let opaque = Client::new(Origin::opaque(1));
    assert!(!access_to(&init, opaque, &star).loads);
}

#[test]
fn a_beacon_that_no_server_got_is_told_from_one_that_was_refused() {
    let init = RequestInit::of_element(Initiator::Beacon, API, CorsSettings::NoCors);
    let request = Request::new(init, page(), UserAgent::Standard).unwrap();
    let Need::Send(fetch, _) = Fetch::start(request.clone(), &mut PreflightCache::default(), 0) else {
        panic!("not sent");
    };
    let Need::Done(outcome) = fetch.resume(Err(NetworkFailure::Connect), &mut PreflightCache::default(), 0)
    else {
        panic!("sent again");
    };
    let access = access(&request, &outcome);
    assert_eq!((access.loads, access.decided_by), (false, Mechanism::Fetching));
}

fn access_to(init: &RequestInit, page: Client, response: &HttpResponse) -> Access {
    let user_agent = UserAgent::Chromium;
    let request = Request::of_initiator(init, page, user_agent);
    let request = request.unwrap();
    let mut cache = PreflightCache::default();
    let mut need = Fetch::start(request.clone(), &mut cache, 0);
    loop {
        match need {
            Need::Done(outcome) => return access(&request, &outcome),
            Need::Send(fetch, _) => need = fetch.resume(Ok(response.clone()), &mut cache, 0),
        }
    }
}

const API: &str = "https://api.example/thing";
const OWN: &str = "https://app.example/thing";

type Headers = &'static [(&'static str, &'static str)];
/// Initiator, `crossorigin`, URL, answer, and what comes of it for a page on `https://app.example`.
type Case = (
    Initiator,
    CorsSettings,
    &'static str,
    (u16, Headers),
    (Content, Mechanism),
);

const ALLOWED: (&str, &str) = ("Access-Control-Allow-Origin", "https://app.example");
const JAVASCRIPT: (&str, &str) = ("Content-Type", "text/javascript");
const NO_CORS: CorsSettings = CorsSettings::NoCors;
const ANONYMOUS: CorsSettings = CorsSettings::Anonymous;

const fn usable(limit: Limit) -> (Content, Mechanism) {
    (Content::Usable(limit), Mechanism::NoCors)
}

const fn readable(mechanism: Mechanism) -> (Content, Mechanism) {
    (Content::Readable, mechanism)
}

const fn refused(mechanism: Mechanism) -> (Content, Mechanism) {
    (Content::Nothing, mechanism)
}

const CASES: &[Case] = &[
    (Initiator::Image, NO_CORS, API, (200, &[]), usable(Limit::Canvas)),
    (
        Initiator::Image,
        NO_CORS,
        OWN,
        (200, &[]),
        readable(Mechanism::SameOrigin),
    ),
    (
        Initiator::Image,
        ANONYMOUS,
        API,
        (200, &[ALLOWED]),
        readable(Mechanism::Cors),
    ),
    (
        Initiator::Image,
        ANONYMOUS,
        API,
        (200, &[]),
        refused(Mechanism::Cors),
    ),
    (
        Initiator::Image,
        NO_CORS,
        API,
        (200, &[("Content-Type", "text/csv")]),
        refused(Mechanism::OpaqueResponseBlocking),
    ),
    (
        Initiator::Image,
        NO_CORS,
        API,
        (200, &[("Cross-Origin-Resource-Policy", "same-origin")]),
        refused(Mechanism::CrossOriginResourcePolicy),
    ),
    (Initiator::Media, NO_CORS, API, (206, &[]), usable(Limit::Canvas)),
    (
        Initiator::Audio,
        NO_CORS,
        API,
        (206, &[]),
        usable(Limit::Response),
    ),
    (
        Initiator::Track,
        NO_CORS,
        API,
        (200, &[]),
        refused(Mechanism::SameOrigin),
    ),
    (
        Initiator::Track,
        ANONYMOUS,
        API,
        (200, &[ALLOWED]),
        readable(Mechanism::Cors),
    ),
    (
        Initiator::Script,
        NO_CORS,
        API,
        (200, &[JAVASCRIPT]),
        usable(Limit::Errors),
    ),
    (
        Initiator::Script,
        NO_CORS,
        "http://api.example/thing",
        (200, &[JAVASCRIPT]),
        refused(Mechanism::MixedContent),
    ),
    (
        Initiator::Script,
        NO_CORS,
        API,
        (404, &[JAVASCRIPT]),
        refused(Mechanism::Element(LoadFailure::Status)),
    ),
    (
        Initiator::ModuleScript,
        NO_CORS,
        API,
        (200, &[ALLOWED]),
        refused(Mechanism::Element(LoadFailure::MimeType)),
    ),
    (
        Initiator::ModuleScript,
        NO_CORS,
        API,
        (200, &[JAVASCRIPT]),
        refused(Mechanism::Cors),
    ),
    (
        Initiator::ModuleScript,
        NO_CORS,
        API,
        (200, &[JAVASCRIPT, ALLOWED]),
        readable(Mechanism::Cors),
    ),
    (
        Initiator::Style,
        NO_CORS,
        API,
        (200, &[("Content-Type", "text/css")]),
        usable(Limit::Rules),
    ),
    (
        Initiator::Font,
        NO_CORS,
        API,
        (200, &[ALLOWED]),
        readable(Mechanism::Cors),
    ),
    (
        Initiator::Font,
        NO_CORS,
        API,
        (200, &[]),
        refused(Mechanism::Cors),
    ),
    (
        Initiator::Iframe,
        NO_CORS,
        API,
        (200, &[]),
        (Content::Usable(Limit::Document), Mechanism::SameOrigin),
    ),
    (
        Initiator::Iframe,
        NO_CORS,
        OWN,
        (200, &[]),
        readable(Mechanism::SameOrigin),
    ),
    (
        Initiator::Iframe,
        NO_CORS,
        API,
        (200, &[("X-Frame-Options", "DENY")]),
        refused(Mechanism::FrameOptions),
    ),
    (
        Initiator::Iframe,
        NO_CORS,
        API,
        (200, &[("X-Frame-Options", "sameorigin, allowall")]),
        refused(Mechanism::FrameOptions),
    ),
    (
        Initiator::Iframe,
        NO_CORS,
        API,
        (200, &[("X-Frame-Options", "allow-from https://app.example")]),
        (Content::Usable(Limit::Document), Mechanism::SameOrigin),
    ),
    (
        Initiator::Iframe,
        NO_CORS,
        API,
        (
            200,
            &[
                ("X-Frame-Options", "DENY"),
                ("Content-Security-Policy", "frame-ancestors https://app.example"),
            ],
        ),
        (Content::Usable(Limit::Document), Mechanism::SameOrigin),
    ),
    (
        Initiator::Form,
        NO_CORS,
        API,
        (200, &[]),
        (Content::Usable(Limit::Page), Mechanism::Server),
    ),
    (
        Initiator::Beacon,
        NO_CORS,
        API,
        (200, &[]),
        refused(Mechanism::Server),
    ),
    (
        Initiator::Beacon,
        NO_CORS,
        API,
        (200, &[("Cross-Origin-Resource-Policy", "same-origin")]),
        refused(Mechanism::Server),
    ),
    (
        Initiator::EventSource,
        NO_CORS,
        API,
        (200, &[ALLOWED, ("Content-Type", "text/event-stream")]),
        readable(Mechanism::Cors),
    ),
    (
        Initiator::WebSocket,
        NO_CORS,
        "wss://api.example/",
        (101, &[]),
        readable(Mechanism::Server),
    ),
    (
        Initiator::WebSocket,
        NO_CORS,
        "wss://api.example/",
        (403, &[]),
        refused(Mechanism::Server),
    ),
    (
        Initiator::WebSocket,
        NO_CORS,
        "ws://api.example/",
        (101, &[]),
        refused(Mechanism::MixedContent),
    ),
    (
        Initiator::WebSocket,
        NO_CORS,
        "wss://api.example/",
        (302, &[("Location", "/")]),
        refused(Mechanism::Fetching),
    ),
    (
        Initiator::Worker,
        NO_CORS,
        OWN,
        (200, &[JAVASCRIPT]),
        readable(Mechanism::SameOrigin),
    ),
    (
        Initiator::Fetch,
        NO_CORS,
        "data:text/plain,x",
        (200, &[]),
        readable(Mechanism::SameOrigin),
    ),
];
