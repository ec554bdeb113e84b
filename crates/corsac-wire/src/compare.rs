//! Compare an outcome with what a browser was seen to do.
//!
//! Compared are the outcome, type, status, redirected, url, the readable headers, and the requests on
//! the wire (hop, kind, method, Origin, Access-Control-Request-Method and -Headers, Sec-Fetch-*),
//! Chromium's code and Firefox's categories for the reason; cookie names on request. Body texts and times are not, nor is the value of Content-Length, which is the recording
//! server's.
//!
//! A browser repeats a request by itself when the server closes the connection without an answer.
//! How often depends on its connection pool at that moment, so a request that got no answer may
//! have reached the server any number of times. The requests of a parallel step are compared
//! without their order, which is a matter of scheduling.

use std::fmt;

use corsac_fetch::UserAgent;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::observed::{CorsError, ObservedFetch, ObservedRequest, ObservedSequence, ObservedStep};
use crate::outcome::{FetchOutcome, RequestKind, SequenceOutcome, Settled, StepOutcome, WireRequest};
use crate::simulate::{LineOutcome, Simulated};
use crate::simulate_error::LineError;

/// One field in which an outcome and a recording differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Which field.
    pub field: String,
    /// What the browser did.
    pub expected: String,
    /// What was simulated.
    pub got: String,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}: expected {}, got {}",
            self.field, self.expected, self.got
        )
    }
}

/// What is compared beyond what every recording says.
///
/// Everything else that a line carries is compared whenever it does: a member that is not there was
/// not recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// The names of cookies; a request without any has no such member.
    pub cookies: bool,
}

/// Compare; `None` when the line does not say what this user agent did.
///
/// # Errors
/// When `observed` does not have the format of `cases/browsers/README.md`.
pub fn compare(
    simulated: &Simulated<'_>,
    user_agent: UserAgent,
    compared: &Compared,
) -> Result<Option<Vec<Disagreement>>, LineError> {
    let Some(observed) = simulated.observed else {
        return Ok(None);
    };
    let observed: Observed<'_> = read(observed)?;
    let observed = match user_agent {
        UserAgent::Standard => observed.standard,
        UserAgent::Chromium => observed.chromium,
        UserAgent::Firefox => observed.firefox,
        UserAgent::WebKit => observed.webkit,
    };
    let Some(observed) = observed else {
        return Ok(None);
    };
    let mut found = Disagreements::default();
    match &simulated.outcome {
        LineOutcome::Scenario(outcome) => {
            compare_fetch(
                &outcome.fetch,
                &read_owned(observed)?,
                compared.cookies,
                &mut found,
            );
        }
        LineOutcome::Sequence(outcome) => compare_sequence(outcome, &read_owned(observed)?, &mut found),
    }
    Ok(Some(found.0))
}

/// `observed` of a line, each part read when it is asked for.
#[derive(Deserialize)]
struct Observed<'a> {
    #[serde(borrow)]
    standard: Option<&'a RawValue>,
    #[serde(borrow)]
    chromium: Option<&'a RawValue>,
    #[serde(borrow)]
    firefox: Option<&'a RawValue>,
    #[serde(borrow)]
    webkit: Option<&'a RawValue>,
}

fn compare_fetch(got: &FetchOutcome, expected: &ObservedFetch, cookies: bool, found: &mut Disagreements) {
    found.check("outcome", &expected.outcome, settled(got.outcome));
    if let (true, Some(response)) = (expected.outcome == "resolve", &got.response) {
        // Only what the recording says: an element tells no status.
        if let Some(response_type) = &expected.response_type {
            found.check("type", response_type, response.response_type);
        }
        if let Some(status) = expected.status {
            found.check("status", &status.to_string(), &response.status.to_string());
        }
        if let Some(redirected) = expected.redirected {
            found.check(
                "redirected",
                &redirected.to_string(),
                &response.redirected.to_string(),
            );
        }
        if let Some(url) = &expected.url {
            found.check("url", url, &response.url);
        }
        if let Some(headers) = &expected.headers {
            compare_headers(headers, &response.headers, found);
        }
    }
    let expected_lines: Vec<String> = expected
        .requests
        .iter()
        .map(|request| observed_line(request, cookies))
        .collect();
    let got_lines: Vec<String> = got
        .requests
        .iter()
        .map(|request| line(request, cookies))
        .collect();
    // What the browser half knows nothing of is for readers.
    for (name, expected) in expected.effects.iter().flatten() {
        if let Some(got) = got.effects.get(name.as_str()) {
            found.check(&format!("effects {name}"), expected, got);
        }
    }
    compare_reason(got, expected, found);
    found.check_requests("requests", expected_lines, got_lines, unanswered(got));
    for (index, (expected, got)) in expected.requests.iter().zip(&got.requests).enumerate() {
        if let Some(expected) = &expected.sec_fetch {
            found.check(&format!("requests[{index}].sec_fetch"), expected, &got.sec_fetch);
        }
    }
}

/// What the browser gives as its reason, in the form that is for programs.
fn compare_reason(got: &FetchOutcome, expected: &ObservedFetch, found: &mut Disagreements) {
    // Where Firefox refuses a type, it does so first, and has nothing to say of the rest.
    let reasons = expected.reasons.as_ref();
    if let Some(reasons) = reasons.filter(|reasons| !reasons.iter().any(|reason| reason == "MIMEMISMATCH")) {
        let expected: Vec<&str> = reasons
            .iter()
            .map(String::as_str)
            .filter(is_of_fetching)
            .collect();
        let got: Vec<&str> = got.reasons.iter().copied().filter(is_of_fetching).collect();
        found.check("reasons", &expected.join(", "), &got.join(", "));
    }
    if expected.cors_error.is_none() && (expected.console.is_none() || got.cors_error.is_none()) {
        return;
    }
    let describe = |error: &Option<CorsError>| match error {
        None => String::new(),
        // Which of several refused headers Chromium names is the order of a hash table.
        Some(error) if refuses_several_headers(got) => error.cors_error.clone(),
        Some(error) => format!("{} {}", error.cors_error, error.failed_parameter),
    };
    found.check(
        "cors_error",
        &describe(&expected.cors_error),
        &describe(&got.cors_error),
    );
}

/// Whether a category of Firefox's is about fetching; others are what an element or a parser says of
/// what it got.
fn is_of_fetching(category: &&str) -> bool {
    category.starts_with("CORS")
        || matches!(
            *category,
            "SOP" | "COEP" | "Mixed Content Blocker" | "DATA_URI_BLOCKED"
        )
}

fn refuses_several_headers(got: &FetchOutcome) -> bool {
    let reasons = got.reason.iter().chain(&got.also);
    reasons
        .filter(|reason| {
            matches!(
                reason.code.as_str(),
                "preflight-header" | "preflight-non-wildcard-header"
            )
        })
        .count()
        > 1
}

/// First the names; the values only where these agree.
fn compare_headers(expected: &[(String, String)], got: &[(String, String)], found: &mut Disagreements) {
    let (expected_names, got_names) = (names(expected), names(got));
    if expected_names != got_names {
        return found.check("headers", &expected_names, &got_names);
    }
    for (name, value) in expected.iter().filter(|(name, _)| name != "content-length") {
        let got = got.iter().find(|(got, _)| got.eq_ignore_ascii_case(name));
        found.check(
            &format!("header {name}"),
            value,
            got.map_or("", |(_, value)| value),
        );
    }
}

fn compare_sequence(got: &SequenceOutcome, expected: &ObservedSequence, found: &mut Disagreements) {
    // A preflight without an answer may have been repeated.
    if !got.steps.iter().any(|step| step.fetches.iter().any(unanswered)) {
        found.check("pattern", &expected.pattern, &got.pattern);
    }
    found.check(
        "steps",
        &expected.steps.len().to_string(),
        &got.steps.len().to_string(),
    );
    for (index, (got, expected)) in got.steps.iter().zip(&expected.steps).enumerate() {
        compare_step(index, got, expected, found);
    }
}

fn compare_step(index: usize, got: &StepOutcome, expected: &ObservedStep, found: &mut Disagreements) {
    let outcomes: Vec<&str> = got.fetches.iter().map(|fetch| settled(fetch.outcome)).collect();
    found.check(
        &format!("steps[{index}].outcome"),
        &expected.outcome,
        &outcomes.join("+"),
    );
    let mut expected_lines = expected.wire.clone();
    let mut got_lines: Vec<String> = got
        .fetches
        .iter()
        .flat_map(|fetch| &fetch.requests)
        .map(short_line)
        .collect();
    if got.fetches.len() > 1 {
        expected_lines.sort_unstable();
        got_lines.sort_unstable();
    }
    let unanswered = got.fetches.len() == 1 && got.fetches.iter().any(unanswered);
    found.check_requests(
        &format!("steps[{index}].wire"),
        expected_lines,
        got_lines,
        unanswered,
    );
}

#[derive(Default)]
struct Disagreements(Vec<Disagreement>);

impl Disagreements {
    fn check(&mut self, field: &str, expected: &str, got: &str) {
        if expected != got {
            self.0.push(Disagreement {
                field: field.to_owned(),
                expected: quoted(expected),
                got: quoted(got),
            });
        }
    }

    fn check_requests(&mut self, field: &str, mut expected: Vec<String>, got: Vec<String>, unanswered: bool) {
        if unanswered && let Some(last) = got.last() {
            while expected.len() > got.len() && expected.last() == Some(last) {
                expected.pop();
            }
        }
        if expected != got {
            self.0.push(Disagreement {
                field: field.to_owned(),
                expected: listed(&expected),
                got: listed(&got),
            });
        }
    }
}

fn observed_line(request: &ObservedRequest, cookies: bool) -> String {
    format_line(
        request.hop,
        request.kind,
        &request.method,
        request.origin.as_deref(),
        request.acrm.as_deref(),
        request.acrh.as_deref(),
        cookies.then(|| request.cookies.join(" ")),
    )
}

fn line(request: &WireRequest, cookies: bool) -> String {
    format_line(
        request.hop,
        request.kind,
        &request.method,
        request.origin.as_deref(),
        request.acrm.as_deref(),
        request.acrh.as_deref(),
        cookies.then(|| request.cookies.join(" ")),
    )
}

fn format_line(
    hop: usize,
    kind: RequestKind,
    method: &str,
    origin: Option<&str>,
    acrm: Option<&str>,
    acrh: Option<&str>,
    cookies: Option<String>,
) -> String {
    let mut line = format!("{}{hop} {method} origin={}", letter(kind), origin.unwrap_or("-"));
    for (name, value) in [("acrm", acrm), ("acrh", acrh), ("cookies", cookies.as_deref())] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            line.push_str(&format!(" {name}={value}"));
        }
    }
    line
}

/// A request as the recordings of sequences write it: a preflight with the method and the header
/// names that it asks for.
fn short_line(request: &WireRequest) -> String {
    let method = request.acrm.as_deref().unwrap_or(&request.method);
    let names = request.acrh.as_deref().map(|names| format!(" [{names}]"));
    format!(
        "{}{} {method}{} origin={}",
        letter(request.kind),
        request.hop,
        names.unwrap_or_default(),
        request.origin.as_deref().unwrap_or("-"),
    )
}

fn letter(kind: RequestKind) -> char {
    match kind {
        RequestKind::Preflight => 'P',
        RequestKind::Actual => 'A',
    }
}

/// Whether the last request got no answer because the server closed the connection.
fn unanswered(fetch: &FetchOutcome) -> bool {
    fetch.reason.as_ref().is_some_and(|reason| {
        matches!(reason.code.as_str(), "network" | "preflight-network")
            && reason.value.as_deref() == Some("closed")
    })
}

fn settled(settled: Settled) -> &'static str {
    match settled {
        Settled::Resolve => "resolve",
        Settled::Reject => "reject",
        Settled::Throw => "throw",
    }
}

fn names(headers: &[(String, String)]) -> String {
    let mut names: Vec<String> = headers
        .iter()
        .map(|(name, _)| name.to_ascii_lowercase())
        .collect();
    names.sort_unstable();
    names.join(" ")
}

fn quoted(text: &str) -> String {
    format!("`{}`", text.escape_debug())
}

fn listed(lines: &[String]) -> String {
    if lines.len() > SHOWN {
        let shown = lines.get(..SHOWN).unwrap_or_default().join("; ");
        return quoted(&format!("{shown}; and {} more", lines.len() - SHOWN));
    }
    quoted(&lines.join("; "))
}

fn read<'a, T: Deserialize<'a>>(json: &'a RawValue) -> Result<T, LineError> {
    serde_json::from_str(json.get()).map_err(|error| LineError::at("observed", error.to_string()))
}

fn read_owned<T: DeserializeOwned>(json: &RawValue) -> Result<T, LineError> {
    read(json)
}

const SHOWN: usize = 24;
