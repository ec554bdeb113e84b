//! # `missing-vary-origin`
//!
//! **What it checks.** The answer to a `GET` or `HEAD` names the page's origin, another origin gets
//! another answer (or was not tried), the answer may be stored, and its `Vary` does not list `Origin`.
//!
//! **Why it matters.** A cache, the browser's own included, may give the answer made for one origin to a
//! page of another, which then cannot read it.
//!
//! **Example.** An allowlist that sets `Access-Control-Allow-Origin` and forgets `Vary`.
//!
//! **Use instead.** `Vary: Origin` on every answer of the resource, on those without CORS headers too.
//!
//! **When to ignore it.** When only one origin ever asks.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use corsac_fetch::{HttpRequestKind, HttpResponse, Outcome, Step};

use super::{Finding, Observation, Severity};

pub(super) fn check(observation: &Observation<'_>) -> Option<Finding> {
    let own = cacheable_answers(observation.outcome);
    let (url, answer) = own
        .iter()
        .find(|(_, answer)| names_an_origin(answer) && !varies_by_origin(answer))?;
    let allowed = allow_origin(answer);
    let others: Vec<String> = observation
        .probes
        .iter()
        .filter_map(|probe| {
            let answers = cacheable_answers(probe.outcome?);
            let (_, other) = answers.into_iter().find(|(other_url, _)| other_url == url)?;
            Some(match allow_origin(other) {
                other if other == allowed => return None,
                None => format!("`Origin: {}` got none", probe.origin),
                Some(other) => format!("`Origin: {}` got `{}`", probe.origin, printable(&other)),
            })
        })
        .collect();
    let any_other_answer = observation.probes.iter().any(|probe| {
        probe.outcome.is_some_and(|outcome| {
            cacheable_answers(outcome)
                .iter()
                .any(|(other_url, _)| other_url == url)
        })
    });
    if others.is_empty() && any_other_answer {
        // The same for everybody: one copy serves all.
        return None;
    }
    let allowed = printable(&allowed.unwrap_or_default());
    Some(Finding {
        name: "missing-vary-origin",
        severity: Severity::Note,
        title: "`Vary` does not list `Origin`".to_string(),
        observed: if others.is_empty() {
            format!("the answer names `{allowed}`, and no other origin was tried")
        } else {
            format!("this page got `{allowed}`, {}", others.join(", "))
        },
        meaning:
            "a cache may give the answer made for one origin to a page of another, which then cannot read it"
                .to_string(),
        fix: "add `Vary: Origin` to every answer of this resource, also to those without CORS headers"
            .to_string(),
    })
}

/// The answers to CORS requests by `GET` and `HEAD` that a cache may store, with their URLs.
fn cacheable_answers(outcome: &Outcome) -> Vec<(String, &HttpResponse)> {
    let mut answers = Vec::new();
    let mut sent = None;
    for step in &outcome.trace {
        match step {
            Step::Sent(request) => sent = Some(request),
            Step::Received(response) => {
                let Some(request) = sent.take() else { continue };
                let stored = !response.headers.get("cache-control").is_some_and(|value| {
                    value
                        .to_ascii_lowercase()
                        .windows(NO_STORE.len())
                        .any(|window| window == NO_STORE)
                });
                if request.kind == HttpRequestKind::Actual
                    && matches!(request.method.as_slice(), b"GET" | b"HEAD")
                    && request.headers.contains("origin")
                    && stored
                {
                    answers.push((request.url.to_string(), response));
                }
            }
            _ => {}
        }
    }
    answers
}

fn allow_origin(response: &HttpResponse) -> Option<Vec<u8>> {
    response.headers.get("access-control-allow-origin")
}

fn names_an_origin(response: &HttpResponse) -> bool {
    allow_origin(response).is_some_and(|value| value != b"*")
}

fn varies_by_origin(response: &HttpResponse) -> bool {
    let vary = response.headers.get("vary").unwrap_or_default();
    vary.split(|byte| *byte == b',').any(|item| {
        let item = corsac::header::trim_http_tab_or_space(item);
        item == b"*" || item.eq_ignore_ascii_case(b"origin")
    })
}

fn printable(value: &[u8]) -> String {
    value.escape_ascii().to_string()
}

const NO_STORE: &[u8] = b"no-store";
