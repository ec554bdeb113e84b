//! What the API refuses, and what it makes of what it lets through.

use corsac_fetch::{
    Body, BodyKind, CacheMode, HeaderList, Initiator, Mode, OutcomeKind, PreflightCache, Request,
    RequestInit, TypeErrorReason, UserAgent,
};

use crate::exchange::{API, init, page, request, run};

fn refused(init: RequestInit) -> TypeErrorReason {
    Request::new(init, page(), UserAgent::Standard).unwrap_err()
}

fn body(kind: BodyKind, bytes: &[u8]) -> Option<Body> {
    Some(Body {
        kind,
        bytes: bytes.to_vec(),
    })
}

#[test]
fn each_refusal_names_what_was_written() {
    assert_eq!(
        refused(RequestInit::new("https://")),
        TypeErrorReason::InvalidUrl("https://".to_owned())
    );
    assert_eq!(
        refused(RequestInit::new("https://me@api.example/")),
        TypeErrorReason::UrlWithCredentials("https://me@api.example/".to_owned())
    );
    assert_eq!(
        refused(init("GET ", &[])),
        TypeErrorReason::InvalidMethod("GET ".to_owned())
    );
    assert_eq!(
        refused(init("trace", &[])),
        TypeErrorReason::ForbiddenMethod("trace".to_owned())
    );
    assert_eq!(
        refused(init("GET", &["X A"])),
        TypeErrorReason::InvalidHeaderName("X A".to_owned())
    );
    let header = |value: &str| RequestInit {
        headers: vec![("X-A".to_owned(), value.to_owned())],
        ..RequestInit::new(API)
    };
    for value in ["a\nb", "a\0b", "\u{100}"] {
        assert_eq!(
            refused(header(value)),
            TypeErrorReason::InvalidHeaderValue {
                name: "X-A".to_owned(),
                value: value.to_owned()
            }
        );
    }
    assert_eq!(
        refused(RequestInit {
            mode: Mode::NoCors,
            ..init("PUT", &[])
        }),
        TypeErrorReason::NoCorsMethod("PUT".to_owned())
    );
    assert_eq!(
        refused(RequestInit {
            mode: Mode::Navigate,
            ..RequestInit::new(API)
        }),
        TypeErrorReason::Mode(Mode::Navigate)
    );
    assert_eq!(
        refused(RequestInit {
            cache: CacheMode::OnlyIfCached,
            ..RequestInit::new(API)
        }),
        TypeErrorReason::OnlyIfCached
    );
    assert_eq!(
        refused(RequestInit {
            body: body(BodyKind::String, b""),
            ..init("HEAD", &[])
        }),
        TypeErrorReason::BodyWithGetOrHead
    );
    assert_eq!(
        refused(RequestInit {
            body: body(BodyKind::Stream, b""),
            mode: Mode::NoCors,
            ..init("POST", &[])
        }),
        TypeErrorReason::StreamBody
    );
}

#[test]
fn forbidden_headers_are_dropped_and_values_are_trimmed() {
    let init = RequestInit {
        headers: [
            ("Cookie", "a=b"),
            ("Sec-Fetch-Mode", "cors"),
            ("X-HTTP-Method-Override", "get, Trace"),
            ("X-A", "\r\n\t 1 \n"),
            ("x-a", ""),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
        ..RequestInit::new(API)
    };
    let expected: HeaderList = [("X-A", "1"), ("x-a", "")].into_iter().collect();
    assert_eq!(*request(init.clone()).headers(), expected);

    let combined: HeaderList = [("X-A", "1, ")].into_iter().collect();
    let by_xhr = RequestInit {
        initiator: Initiator::Xhr,
        ..init
    };
    assert_eq!(*request(by_xhr).headers(), combined);
}

#[test]
fn no_cors_keeps_only_what_is_safelisted_when_combined() {
    let long = "a".repeat(100);
    let init = RequestInit {
        mode: Mode::NoCors,
        method: "POST".to_owned(),
        headers: [
            ("Accept", long.as_str()),
            ("Accept", long.as_str()),
            ("X-A", "1"),
            ("Range", "bytes=0-1"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
        body: body(BodyKind::Blob("application/json".to_owned()), b"{}"),
        ..RequestInit::new(API)
    };
    let expected: HeaderList = [("Accept", long.as_str())].into_iter().collect();
    assert_eq!(*request(init).headers(), expected);
}

#[test]
fn a_form_says_the_boundary_that_its_body_has() {
    let init = RequestInit {
        body: body(BodyKind::FormData, b"--xyz\r\nContent-Disposition: form-data\r\n"),
        ..init("POST", &[])
    };
    assert_eq!(
        request(init).headers().get("content-type").unwrap(),
        b"multipart/form-data; boundary=xyz"
    );
}

#[test]
fn a_data_url_whose_base64_is_none_is_a_network_error() {
    for (url, resolves) in [
        ("data:text/plain;base64,aGk=", true),
        ("data:text/plain;base64,*", false),
    ] {
        let (_, outcome) = run(
            request(RequestInit::new(url)),
            &mut PreflightCache::default(),
            0,
            &[],
        );
        let is_shared = matches!(outcome.kind, OutcomeKind::Shared(_));
        assert_eq!(is_shared, resolves, "{url}");
    }
}
