//! What elements make of responses that fetching let through.

use corsac_fetch::element_load::{ElementResponse, LoadFailure, load_failure};
use corsac_fetch::{HeaderList, Initiator, ResponseType};

#[test]
fn an_element_refuses_what_it_cannot_use() {
    for (initiator, headers, body, expected) in CASES {
        let headers: HeaderList = headers.iter().copied().collect();
        let response = ElementResponse {
            response_type: ResponseType::Opaque,
            status: 200,
            headers: &headers,
            body: Some(body),
            integrity: None,
        };
        assert_eq!(
            load_failure(*initiator, &response),
            *expected,
            "{initiator:?}, {headers:?}"
        );
    }
}

#[test]
fn scripts_and_event_streams_need_an_ok_status() {
    let headers: HeaderList = [("Content-Type", "text/javascript")].into_iter().collect();
    let of_status = |initiator, status| {
        let response = ElementResponse {
            response_type: ResponseType::Cors,
            status,
            headers: &headers,
            body: None,
            integrity: None,
        };
        load_failure(initiator, &response)
    };
    assert_eq!(of_status(Initiator::Script, 404), Some(LoadFailure::Status));
    assert_eq!(of_status(Initiator::Script, 201), None);
    assert_eq!(of_status(Initiator::Fetch, 500), None);
}

#[test]
fn integrity_fails_on_opaque_responses_and_on_digests_of_the_wrong_length() {
    let headers: HeaderList = [("Content-Type", "text/javascript")].into_iter().collect();
    let digest = format!("sha256-{}=", "A".repeat(43));
    for (response_type, integrity, expected) in [
        (
            ResponseType::Opaque,
            digest.as_str(),
            Some(LoadFailure::Integrity),
        ),
        (ResponseType::Cors, digest.as_str(), None),
        (ResponseType::Cors, "sha256-AAAA", Some(LoadFailure::Integrity)),
        (ResponseType::Opaque, "md5-AAAA", None),
        (ResponseType::Opaque, "", None),
    ] {
        let response = ElementResponse {
            response_type,
            status: 200,
            headers: &headers,
            body: None,
            integrity: Some(integrity),
        };
        assert_eq!(
            load_failure(Initiator::Script, &response),
            expected,
            "{integrity}"
        );
    }
}

type Case = (
    Initiator,
    &'static [(&'static str, &'static str)],
    &'static [u8],
    Option<LoadFailure>,
);

const NOSNIFF: (&str, &str) = ("X-Content-Type-Options", "nosniff");
const HTML: (&str, &str) = ("Content-Type", "text/html");

const CASES: &[Case] = &[
    (Initiator::Fetch, &[HTML, NOSNIFF], b"", None),
    (Initiator::Script, &[HTML], b"", None),
    (
        Initiator::Script,
        &[HTML, NOSNIFF],
        b"",
        Some(LoadFailure::Nosniff),
    ),
    (
        Initiator::Script,
        &[("Content-Type", "text/csv")],
        b"",
        Some(LoadFailure::MimeType),
    ),
    (
        Initiator::Script,
        &[("Content-Type", "image/png")],
        b"",
        Some(LoadFailure::MimeType),
    ),
    (Initiator::Script, &[], b"", None),
    (Initiator::ModuleScript, &[], b"", Some(LoadFailure::MimeType)),
    (
        Initiator::ModuleScript,
        &[("Content-Type", "text/html, text/javascript")],
        b"",
        None,
    ),
    (Initiator::Style, &[HTML], b"", Some(LoadFailure::MimeType)),
    (Initiator::Style, &[], b"", None),
    (Initiator::Style, &[NOSNIFF], b"", Some(LoadFailure::Nosniff)),
    (
        Initiator::EventSource,
        &[("Content-Type", "text/event-stream; charset=utf-8")],
        b"",
        None,
    ),
    (Initiator::EventSource, &[HTML], b"", Some(LoadFailure::MimeType)),
    (Initiator::Font, &[], b"wOF2\0", None),
    (Initiator::Font, &[], b"x", Some(LoadFailure::Undecodable)),
    (
        Initiator::Image,
        &[("Content-Type", "image/svg+xml")],
        b"<svg/>",
        None,
    ),
    (Initiator::Image, &[], b"GIF89a", None),
    (
        Initiator::Image,
        &[HTML],
        b"<html>",
        Some(LoadFailure::Undecodable),
    ),
    (Initiator::Media, &[], b"\0\0\0\x20ftypisom", None),
];
