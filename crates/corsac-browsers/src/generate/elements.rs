//! What asks besides `fetch()` and `XMLHttpRequest`: elements with and without `crossorigin`, frames,
//! forms, workers, event streams, beacons and WebSockets; with answers that fit, and others.

use corsac_fetch::UserAgent;
use corsac_wire::scenario::{Answer, Api, Body, BodyKind, Credentials, CrossOrigin, Hop, RequestFields};

use super::draft::{Draft, add, target};
use super::grants::{allow_credentials, allow_origin};
use super::random::Random;

/// Replace the request by an element's.
pub(super) fn vary(draft: &mut Draft, random: &mut Random) {
    let api = random.weighted(apis(draft.browser));
    draft.request = RequestFields {
        page_origin: draft.request.page_origin.clone(),
        url: draft.request.url.clone(),
        api,
        ..RequestFields::default()
    };
    if api == Api::WebSocket {
        draft.request.url = draft.request.url.replacen("http", "ws", 1);
    }
    if takes_crossorigin(api) {
        draft.request.crossorigin = random.one_of(&[
            None,
            Some(CrossOrigin::Anonymous),
            Some(CrossOrigin::Anonymous),
            Some(CrossOrigin::UseCredentials),
        ]);
    }
    match api {
        Api::EventSource if random.chance(50) => draft.request.credentials = Some(Credentials::Include),
        Api::Beacon => beacon(draft, random),
        Api::Form => form(draft, random),
        Api::Worker if draft.page != "null" && random.chance(70) => draft.set_server(draft.page),
        _ => {}
    }
    draft.hops = vec![Hop {
        preflight: Some(allowing(Answer::new(204, []), draft.request.crossorigin)),
        actual: Some(answer(api, draft.request.crossorigin, random)),
        url: None,
    }];
    if random.chance(30) && api != Api::WebSocket {
        redirect(draft, random);
    }
    let (page, hop) = (draft.page, random.below(draft.hops.len()));
    if let Some(actual) = draft.actual(hop) {
        match random.below(10) {
            0..=2 => allow_origin(actual, page, random),
            3 => allow_credentials(actual, random),
            4 => add(
                actual,
                "Cross-Origin-Resource-Policy",
                random.one_of(RESOURCE_POLICIES),
            ),
            _ => {}
        }
    }
    if random.chance(8) && draft.page != "null" {
        draft.page_options.push(("coep", "require-corp"));
    }
}

fn beacon(draft: &mut Draft, random: &mut Random) {
    draft.request.method = String::from("POST");
    let kind = random.one_of(&[
        BodyKind::String,
        BodyKind::UrlSearchParams,
        BodyKind::FormData,
        BodyKind::Blob,
    ]);
    draft.request.body = Some(Body {
        kind,
        text: String::from("a=1"),
        blob_type: match kind {
            BodyKind::Blob => random.one_of(&["text/plain", "application/json", ""]).to_owned(),
            _ => String::new(),
        },
    });
}

fn form(draft: &mut Draft, random: &mut Random) {
    if draft.page == "null" {
        // The sandbox of the opaque page does not let it submit forms.
        draft.set_page("http://localhost:23001");
    }
    draft.request.method = random.one_of(&["GET", "POST", "POST"]).to_owned();
    draft.request.body = Some(Body {
        kind: random.one_of(&[BodyKind::UrlSearchParams, BodyKind::String, BodyKind::FormData]),
        text: String::from("a=1"),
        blob_type: String::new(),
    });
}

fn redirect(draft: &mut Draft, random: &mut Random) {
    let next = target(draft.page, random);
    let location = draft.url(next, 1);
    let Some(hop) = draft.hops.first_mut() else {
        return;
    };
    let last = hop.clone();
    if let Some(actual) = &mut hop.actual {
        actual.status = random.one_of(&[301, 302, 307]);
        actual.body = None;
        add(actual, "Location", &location);
    }
    draft.hops.push(last);
}

/// An answer that fits the element, or one that nearly does.
fn answer(api: Api, crossorigin: Option<CrossOrigin>, random: &mut Random) -> Answer {
    let (content_type, body) = match random.below(20) {
        // A frame would download it.
        0 if !matches!(api, Api::Worker | Api::Iframe | Api::Form) => ("text/csv", "a,b"),
        1..=4 if api != Api::Worker => random.one_of(OTHERS),
        _ => fitting(api),
    };
    let mut answer = match api {
        Api::WebSocket => Answer::new(random.weighted(WEB_SOCKET_STATUSES), []),
        _ => Answer::new(random.weighted(STATUSES), []),
    };
    if answer.status == SWITCHING_PROTOCOLS {
        // The server adds what a handshake needs.
        return answer;
    }
    answer.body = Some(body.to_owned());
    if !content_type.is_empty() {
        add(&mut answer, "Content-Type", content_type);
    }
    if random.chance(15) {
        add(&mut answer, "X-Content-Type-Options", "nosniff");
    }
    match random.chance(70) {
        true => allowing(answer, crossorigin),
        false => answer,
    }
}

fn allowing(mut answer: Answer, crossorigin: Option<CrossOrigin>) -> Answer {
    add(&mut answer, "Access-Control-Allow-Origin", "{origin}");
    if crossorigin != Some(CrossOrigin::Anonymous) {
        add(&mut answer, "Access-Control-Allow-Credentials", "true");
    }
    add(&mut answer, "Access-Control-Allow-Headers", "{acrh}");
    answer
}

const fn fitting(api: Api) -> (&'static str, &'static str) {
    match api {
        Api::Img => ("image/gif", GIF),
        Api::Script | Api::Module | Api::Import => ("text/javascript", "1;"),
        // A page learns from a message only that a worker runs.
        Api::Worker => ("text/javascript", "postMessage(1)"),
        Api::Style => ("text/css", "a{color:red}"),
        Api::EventSource => ("text/event-stream", "data: x\n\n"),
        Api::Track => ("text/vtt", "WEBVTT\n\n"),
        Api::Iframe | Api::Form => ("text/html", "<p>x"),
        Api::Font | Api::Video | Api::Audio | Api::Preload => ("application/octet-stream", "x"),
        Api::Fetch | Api::Xhr | Api::Beacon | Api::WebSocket => ("text/plain", "ok"),
    }
}

const fn takes_crossorigin(api: Api) -> bool {
    matches!(
        api,
        Api::Img | Api::Script | Api::Module | Api::Style | Api::Video | Api::Audio | Api::Track
    )
}

/// The media stack of WebKitGTK needs plugins that are not everywhere.
const fn apis(browser: UserAgent) -> &'static [(usize, Api)] {
    match browser {
        UserAgent::WebKit => APIS_WITHOUT_MEDIA,
        _ => APIS,
    }
}

const APIS: &[(usize, Api)] = &[
    (4, Api::Img),
    (4, Api::Script),
    (3, Api::Module),
    (1, Api::Import),
    (3, Api::Style),
    (2, Api::Font),
    (2, Api::EventSource),
    (2, Api::Beacon),
    (1, Api::Worker),
    (3, Api::Iframe),
    (2, Api::Form),
    (2, Api::WebSocket),
    (1, Api::Video),
    (1, Api::Audio),
    (1, Api::Track),
];

const APIS_WITHOUT_MEDIA: &[(usize, Api)] = &[
    (4, Api::Img),
    (4, Api::Script),
    (3, Api::Module),
    (1, Api::Import),
    (3, Api::Style),
    (2, Api::Font),
    (2, Api::EventSource),
    (2, Api::Beacon),
    (1, Api::Worker),
    (3, Api::Iframe),
    (2, Api::Form),
    (2, Api::WebSocket),
];

const STATUSES: &[(usize, u16)] = &[(8, 200), (1, 206), (1, 404), (1, 500), (1, 204)];

const WEB_SOCKET_STATUSES: &[(usize, u16)] = &[(6, SWITCHING_PROTOCOLS), (1, 200), (1, 302), (1, 403)];
const SWITCHING_PROTOCOLS: u16 = 101;

const RESOURCE_POLICIES: &[&str] = &["same-origin", "same-site", "cross-origin"];

/// Types and bodies that fit other elements, or none.
const OTHERS: &[(&str, &str)] = &[
    ("text/html", "<!doctype html><p>x"),
    ("application/json", "{\"a\":1}"),
    ("text/plain", "x"),
    ("text/javascript", "throw new Error('x')"),
    (
        "image/svg+xml",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>",
    ),
    ("image/gif", GIF),
    ("application/xml", "<a/>"),
    ("text/css", "a{color:red}"),
    ("", "x"),
    ("", ""),
];

/// One transparent pixel. Each character is the byte of its number.
const GIF: &str = "GIF89a\u{1}\0\u{1}\0\u{80}\0\0\0\0\0\u{ff}\u{ff}\u{ff}!\u{f9}\u{4}\u{1}\0\0\0\0,\0\0\0\0\u{1}\0\u{1}\0\0\u{2}\u{2}D\u{1}\0;";
