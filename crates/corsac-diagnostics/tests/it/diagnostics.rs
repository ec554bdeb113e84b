//! Every case of `cases/diagnostics`, compared whole; every reason has one.

use std::collections::BTreeSet;

use corsac_diagnostics::Console;
use corsac_fetch::{BlockReason, CorsCheckFailure, NetworkFailure};
use expect_test::expect_file;
use serde_json::Value;

use crate::case::{self, to_json};

#[test]
fn every_blocked_fetch_is_explained_as_its_case_says() {
    for case in case::all() {
        let ended = case.run("answers");
        let mut json = case.json.clone();
        json["diagnostic"] = ended.diagnostic.as_ref().map_or(Value::Null, to_json);
        let text = serde_json::to_string_pretty(&json).unwrap() + "\n";
        expect_file![&case.path].assert_eq(&text);
    }
}

#[test]
fn everything_wrong_with_an_answer_is_explained_and_only_the_first_has_console_texts() {
    let case = case::all()
        .into_iter()
        .find(|case| case.name() == "header-not-allowed")
        .unwrap();
    let diagnostics = case.run_all("answers");
    let names: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.name).collect();
    assert_eq!(names, ["header-not-allowed", "header-not-allowed"]);
    assert_eq!(
        diagnostics[1].title,
        "the preflight's answer does not allow the request header `x-request-id`"
    );
    assert_eq!(diagnostics[1].console, Console::default());
}

#[test]
fn near_misses_are_not_blocked() {
    for case in case::all() {
        if case.json["near_miss"].is_array() {
            let ended = case.run("near_miss");
            assert_eq!(ended.reason, None, "{}", case.name());
        }
    }
}

#[test]
fn every_reason_has_a_case() {
    let explained: BTreeSet<&str> = case::all()
        .iter()
        .filter_map(|case| case.run("answers").reason)
        .map(|reason| variant(&reason))
        .collect();
    let missing: Vec<_> = VARIANTS
        .iter()
        .filter(|variant| !explained.contains(*variant))
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

#[test]
fn every_case_has_the_name_of_its_diagnostic() {
    for case in case::all() {
        let name = case.run("answers").diagnostic.unwrap().name;
        // A family may have a second case, which has the name of what is special about it.
        if !["redirected-to-null", "authorization-not-listed"].contains(&case.name()) {
            assert_eq!(case.name(), name);
        }
    }
}

#[test]
fn no_fix_says_to_allow_everybody() {
    for case in case::all() {
        let fix = case.run("answers").diagnostic.unwrap().fix;
        for advice in [
            "allow `*`",
            "use `*`",
            "Allow-Origin: *",
            "Allow-Origin: null",
            "no-cors\"` to",
        ] {
            assert!(!fix.contains(advice), "{}: {fix}", case.name());
        }
    }
}

/// The name of the variant, down to what fails.
fn variant(reason: &BlockReason) -> &'static str {
    match reason {
        BlockReason::BadPort(_) => "bad port",
        BlockReason::MixedContent => "mixed content",
        BlockReason::SameOriginMode => "same-origin mode",
        BlockReason::NoCorsRedirectMode => "no-cors redirect mode",
        BlockReason::SchemeNotHttp(_) => "scheme not http",
        BlockReason::CorsCheck(CorsCheckFailure::AllowOriginMissing) => "missing",
        BlockReason::CorsCheck(CorsCheckFailure::AllowOriginMismatch { .. }) => "mismatch",
        BlockReason::CorsCheck(CorsCheckFailure::WildcardWithCredentials) => "wildcard",
        BlockReason::CorsCheck(CorsCheckFailure::AllowCredentialsNotTrue { .. }) => "credentials",
        BlockReason::PreflightCorsCheck(CorsCheckFailure::AllowOriginMissing) => "preflight missing",
        BlockReason::PreflightCorsCheck(CorsCheckFailure::AllowOriginMismatch { .. }) => "preflight mismatch",
        BlockReason::PreflightCorsCheck(CorsCheckFailure::WildcardWithCredentials) => "preflight wildcard",
        BlockReason::PreflightCorsCheck(CorsCheckFailure::AllowCredentialsNotTrue { .. }) => {
            "preflight credentials"
        }
        BlockReason::PreflightStatus(_) => "preflight status",
        BlockReason::PreflightAllowMethodsSyntax(_) => "methods syntax",
        BlockReason::PreflightAllowHeadersSyntax(_) => "headers syntax",
        BlockReason::PreflightMethod(_) => "method",
        BlockReason::PreflightNonWildcardHeader(_) => "non-wildcard header",
        BlockReason::PreflightHeader(_) => "header",
        BlockReason::PreflightNetwork(failure) => match failure {
            NetworkFailure::Dns => "preflight dns",
            NetworkFailure::Connect => "preflight connect",
            NetworkFailure::Tls => "preflight tls",
            NetworkFailure::Closed => "preflight closed",
            NetworkFailure::Timeout => "preflight timeout",
            NetworkFailure::Malformed => "preflight malformed",
        },
        BlockReason::Network(failure) => match failure {
            NetworkFailure::Dns => "dns",
            NetworkFailure::Connect => "connect",
            NetworkFailure::Tls => "tls",
            NetworkFailure::Closed => "closed",
            NetworkFailure::Timeout => "timeout",
            NetworkFailure::Malformed => "malformed",
        },
        BlockReason::RedirectModeError => "redirect mode error",
        BlockReason::LocationInvalid(_) => "location invalid",
        BlockReason::LocationMultiple => "location multiple",
        BlockReason::LocationScheme(_) => "location scheme",
        BlockReason::LocationCredentials => "location credentials",
        BlockReason::TooManyRedirects => "too many redirects",
        BlockReason::RedirectStreamBody => "stream body",
        BlockReason::CrossOriginResourcePolicy => "resource policy",
        BlockReason::LocalNetworkAccess => "local network",
        BlockReason::OpaqueResponseBlocking => "opaque response",
        BlockReason::UserAgentRefusal(_) => "refusal",
    }
}

/// What `variant` can say.
const VARIANTS: &[&str] = &[
    "bad port",
    "mixed content",
    "same-origin mode",
    "no-cors redirect mode",
    "scheme not http",
    "missing",
    "mismatch",
    "wildcard",
    "credentials",
    "preflight missing",
    "preflight mismatch",
    "preflight wildcard",
    "preflight credentials",
    "preflight status",
    "methods syntax",
    "headers syntax",
    "method",
    "non-wildcard header",
    "header",
    "preflight dns",
    "preflight connect",
    "preflight tls",
    "preflight closed",
    "preflight timeout",
    "preflight malformed",
    "dns",
    "connect",
    "tls",
    "closed",
    "timeout",
    "malformed",
    "redirect mode error",
    "location invalid",
    "location multiple",
    "location scheme",
    "location credentials",
    "too many redirects",
    "stream body",
    "resource policy",
    "local network",
    "opaque response",
    "refusal",
];
