//! What generated scenarios showed in live browsers.

use corsac::Origin;
use corsac_fetch::element_load::{ElementResponse, LoadFailure, load_failure, reports_failure};
use corsac_fetch::{
    BlockReason, Client, CorsSettings, CredentialsMode, EmbedderPolicy, Fetch, HeaderList, Initiator, Mode,
    Need, NetworkFailure, OutcomeKind, PreflightCache, RedirectMode, Request, RequestInit, ResponseType,
    UserAgent,
};

use crate::exchange::{API, answer, page, request_of, run};

const BROWSERS: [UserAgent; 3] = [UserAgent::Chromium, UserAgent::Firefox, UserAgent::WebKit];

#[test]
fn an_element_with_cors_carries_origin_within_the_origin_in_chromium_and_webkit() {
    let carries = |initiator, user_agent| {
        let init = RequestInit::of_element(initiator, "https://app.example/a", CorsSettings::Anonymous);
        origin_of(init, page(), user_agent).is_some()
    };
    assert_eq!(
        BROWSERS.map(|browser| carries(Initiator::Image, browser)),
        [true, false, true]
    );
    assert_eq!(
        BROWSERS.map(|browser| carries(Initiator::ModuleScript, browser)),
        [true, false, true]
    );
    assert_eq!(
        BROWSERS.map(|browser| carries(Initiator::Media, browser)),
        [false; 3]
    );
    assert_eq!(
        BROWSERS.map(|browser| carries(Initiator::Fetch, browser)),
        [false; 3]
    );
}

#[test]
fn a_sandboxed_frame_that_asks_the_tabs_site_with_cookies_carries_origin_in_chromium_and_firefox() {
    let carried = |url: &str, credentials| {
        BROWSERS.map(|user_agent| {
            let frame = Client {
                network_partition_key: "http://localhost".to_owned(),
                ..Client::new(Origin::opaque(1))
            };
            let init = RequestInit {
                mode: Mode::NoCors,
                credentials,
                ..RequestInit::new(url)
            };
            origin_of(init, frame, user_agent).is_some()
        })
    };
    let include = CredentialsMode::Include;
    assert_eq!(carried("http://localhost:23003/", include), [true, true, false]);
    assert_eq!(carried("https://localhost:23445/", include), [false, true, false]);
    assert_eq!(carried("http://127.0.0.1:23002/", include), [false; 3]);
    assert_eq!(
        carried("http://localhost:23003/", CredentialsMode::SameOrigin),
        [false; 3]
    );
}

#[test]
fn redirect_mode_manual_looks_at_the_location_in_chromium() {
    let outcome = |location, user_agent| {
        let init = RequestInit {
            redirect: RedirectMode::Manual,
            ..RequestInit::new(API)
        };
        let redirect = answer(
            302,
            &[
                ("Access-Control-Allow-Origin", "https://app.example"),
                ("Location", location),
            ],
        );
        run(
            request_of(init, user_agent),
            &mut PreflightCache::default(),
            0,
            &[redirect],
        )
        .1
        .kind
    };
    let invalid = outcome("http://[", UserAgent::Chromium);
    assert!(
        matches!(
            invalid,
            OutcomeKind::Blocked {
                reason: BlockReason::LocationInvalid(_),
                ..
            }
        ),
        "{invalid:?}"
    );
    assert!(matches!(
        outcome("/", UserAgent::Chromium),
        OutcomeKind::Opaque(_)
    ));
    assert!(matches!(
        outcome("http://[", UserAgent::Firefox),
        OutcomeKind::Opaque(_)
    ));
}

#[test]
fn firefox_reads_one_line_of_what_has_one_value_and_webkit_reads_utf8() {
    let read = |user_agent, name: &str| {
        let lines = [
            ("X-Empty", ""),
            ("X-Empty", ""),
            ("Content-Disposition", "inline"),
            ("Content-Disposition", "inline"),
        ];
        let mut response = answer(200, &lines);
        response.headers.append("X-Latin", b"caf\xE9".as_slice());
        let request = request_of(RequestInit::new("https://app.example/"), user_agent);
        match run(request, &mut PreflightCache::default(), 0, &[response])
            .1
            .kind
        {
            OutcomeKind::Shared(response) => response
                .headers
                .into_iter()
                .find(|(known, _)| known == name.as_bytes())
                .map(|(_, value)| value),
            other => panic!("not shared: {other:?}"),
        }
    };
    assert_eq!(read(UserAgent::Firefox, "x-empty").unwrap(), b"");
    assert_eq!(read(UserAgent::Standard, "x-empty").unwrap(), b", ");
    assert_eq!(
        read(UserAgent::Firefox, "content-disposition").unwrap(),
        b"inline"
    );
    assert_eq!(read(UserAgent::WebKit, "x-latin").unwrap(), b"caf\xEF\xBF\xBD");
    assert_eq!(read(UserAgent::Chromium, "x-latin").unwrap(), b"caf\xE9");
}

#[test]
fn a_text_track_has_a_signature_and_a_frame_always_fires_its_load_event() {
    let headers = HeaderList::new();
    let failure = |body: &[u8]| {
        let response = ElementResponse {
            response_type: ResponseType::Cors,
            status: 200,
            headers: &headers,
            body: Some(body),
            integrity: None,
        };
        load_failure(Initiator::Track, &response)
    };
    assert_eq!(failure(b"\xEF\xBB\xBFWEBVTT\n"), None);
    assert_eq!(failure(b"<svg>"), Some(LoadFailure::Undecodable));
    let blocked = OutcomeKind::Blocked {
        reason: BlockReason::Network(NetworkFailure::Dns),
        also: Vec::new(),
    };
    let reports = |initiator| reports_failure(UserAgent::Chromium.profile(), initiator, &blocked);
    assert!(!reports(Initiator::Iframe) && !reports(Initiator::Form) && reports(Initiator::Image));
}

fn origin_of(init: RequestInit, client: Client, user_agent: UserAgent) -> Option<Vec<u8>> {
    let request = Request::new(init, client, user_agent).unwrap();
    match Fetch::start(request, &mut PreflightCache::default(), 0) {
        Need::Send(_, sent) => sent.headers.get("origin"),
        Need::Done(outcome) => panic!("not sent: {:?}", outcome.kind),
    }
}

#[test]
fn webkit_loads_images_over_http_from_the_machine_itself_and_tells_of_a_beacon_it_cannot_send() {
    let is_sent = |initiator, user_agent| {
        let init = RequestInit::of_element(initiator, "http://127.0.0.1/", CorsSettings::Anonymous);
        let request = request_of(init, user_agent);
        matches!(
            Fetch::start(request, &mut PreflightCache::default(), 0),
            Need::Send(..)
        )
    };
    assert!(is_sent(Initiator::Image, UserAgent::WebKit));
    assert!(!is_sent(Initiator::Script, UserAgent::WebKit));
    let blocked = OutcomeKind::Blocked {
        reason: BlockReason::MixedContent,
        also: Vec::new(),
    };
    let reports = |user_agent: UserAgent| reports_failure(user_agent.profile(), Initiator::Beacon, &blocked);
    assert_eq!(BROWSERS.map(reports), [false, false, true]);
}

#[test]
fn under_an_embedder_policy_the_redirect_of_a_frame_has_to_agree_to_be_embedded_but_in_webkit() {
    let requests = |user_agent, headers: &[(&str, &str)]| {
        let secured = Client {
            embedder_policy: EmbedderPolicy::RequireCorp,
            ..page()
        };
        let init = RequestInit::of_element(Initiator::Iframe, API, CorsSettings::NoCors);
        let request = Request::of_initiator(&init, secured, user_agent).unwrap();
        let mut all = vec![("Location", "https://app.example/")];
        all.extend_from_slice(headers);
        let (sent, _) = run(
            request,
            &mut PreflightCache::default(),
            0,
            &[answer(302, &all), answer(200, &[])],
        );
        sent.len()
    };
    assert_eq!(BROWSERS.map(|browser| requests(browser, &[])), [1, 1, 2]);
    let agreed = [("Cross-Origin-Resource-Policy", "cross-origin")];
    assert_eq!(BROWSERS.map(|browser| requests(browser, &agreed)), [2; 3]);
}

#[test]
fn firefox_refuses_the_middle_of_a_resource_without_a_type() {
    let resolves = |range: Option<&str>| {
        let init = RequestInit::of_element(Initiator::Style, API, CorsSettings::NoCors);
        let headers: Vec<(&str, &str)> = range.map(|range| ("Content-Range", range)).into_iter().collect();
        BROWSERS.map(|user_agent| {
            let request = request_of(init.clone(), user_agent);
            let (_, outcome) = run(
                request,
                &mut PreflightCache::default(),
                0,
                &[answer(206, &headers)],
            );
            matches!(outcome.kind, OutcomeKind::Opaque(_))
        })
    };
    assert_eq!(resolves(None), [true, false, true]);
    assert_eq!(resolves(Some("bytes 0-3/9")), [true; 3]);
}
