//! All that is wrong in one answer, the deciding step first.

use corsac_fetch::{BlockReason, CorsCheckFailure, CredentialsMode, RedirectMode, RequestInit};

use crate::exchange::{API, answer, init, reasons, request};

#[test]
fn a_refused_preflight_names_every_header_that_is_missing() {
    let request = request(init("PUT", &["X-B", "Authorization", "X-A", "X-C"]));
    let answer = answer(
        404,
        &[
            ("Access-Control-Allow-Methods", "put, DELETE"),
            ("Access-Control-Allow-Headers", "x-b"),
        ],
    );
    assert_eq!(
        reasons(request, &[answer]),
        [
            BlockReason::PreflightCorsCheck(CorsCheckFailure::AllowOriginMissing),
            BlockReason::PreflightStatus(404),
            BlockReason::PreflightMethod(b"PUT".to_vec()),
            BlockReason::PreflightNonWildcardHeader(b"authorization".to_vec()),
            BlockReason::PreflightHeader(b"x-a".to_vec()),
            BlockReason::PreflightHeader(b"x-c".to_vec()),
        ]
    );
}

#[test]
fn what_a_list_that_does_not_parse_would_allow_is_not_judged() {
    let request = request(init("PUT", &["X-A"]));
    let answer = answer(
        204,
        &[
            ("Access-Control-Allow-Origin", "*"),
            ("Access-Control-Allow-Methods", "GET; PUT"),
            ("Access-Control-Allow-Headers", "\"x-a\""),
        ],
    );
    assert_eq!(
        reasons(request, &[answer]),
        [
            BlockReason::PreflightAllowMethodsSyntax(b"GET; PUT".to_vec()),
            BlockReason::PreflightAllowHeadersSyntax(b"\"x-a\"".to_vec()),
        ]
    );
}

#[test]
fn with_credentials_a_wildcard_origin_does_not_hide_that_credentials_are_not_allowed() {
    let request = request(RequestInit {
        credentials: CredentialsMode::Include,
        ..RequestInit::new(API)
    });
    let answer = answer(
        200,
        &[
            ("Access-Control-Allow-Origin", "*"),
            ("Access-Control-Allow-Credentials", "True"),
        ],
    );
    assert_eq!(
        reasons(request, &[answer]),
        [
            BlockReason::CorsCheck(CorsCheckFailure::WildcardWithCredentials),
            BlockReason::CorsCheck(CorsCheckFailure::AllowCredentialsNotTrue {
                value: Some(b"True".to_vec())
            }),
        ]
    );
}

#[test]
fn two_allow_origin_lines_are_one_value_that_matches_nothing() {
    let answer = answer(
        200,
        &[
            ("Access-Control-Allow-Origin", "https://app.example"),
            ("access-control-allow-origin", "https://app.example"),
        ],
    );
    assert_eq!(
        reasons(request(RequestInit::new(API)), &[answer]),
        [BlockReason::CorsCheck(CorsCheckFailure::AllowOriginMismatch {
            value: b"https://app.example, https://app.example".to_vec(),
            origin: "https://app.example".to_owned(),
            lines: 2,
        })]
    );
}

#[test]
fn a_redirect_that_fails_the_cors_check_is_judged_as_a_redirect_too() {
    let location = [("Location", "ftp://user@elsewhere.example/")];
    assert_eq!(
        reasons(request(RequestInit::new(API)), &[answer(302, &location)]),
        [
            BlockReason::CorsCheck(CorsCheckFailure::AllowOriginMissing),
            BlockReason::LocationScheme("ftp".to_owned()),
            BlockReason::LocationCredentials,
        ]
    );
    let request = request(RequestInit {
        redirect: RedirectMode::Error,
        ..RequestInit::new(API)
    });
    assert_eq!(
        reasons(request, &[answer(302, &location)]),
        [
            BlockReason::CorsCheck(CorsCheckFailure::AllowOriginMissing),
            BlockReason::RedirectModeError,
        ]
    );
}
