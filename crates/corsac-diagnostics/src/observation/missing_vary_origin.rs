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
use url::Url;

use super::{Finding, Observation, Severity};

pub(super) fn check(observation: &Observation<'_>) -> Option<Finding> {
    let answer = cacheable_answers(observation.outcome)
        .into_iter()
        .find(|answer| answer.names_the_origin() && !answer.varies_by_origin())?;
    let allowed = answer.allow_origin();
    let others: Vec<(&str, Option<Vec<u8>>)> = observation
        .probes
        .iter()
        .filter_map(|probe| {
            let other = cacheable_answers(probe.outcome?)
                .into_iter()
                .find(|other| other.url == answer.url)?;
            Some((probe.origin.as_str(), other.allow_origin()))
        })
        .collect();
    let different: Vec<String> = others
        .iter()
        .filter(|(_, other)| *other != allowed)
        .map(|(origin, other)| match other {
            None => format!("`Origin: {origin}` got none"),
            Some(other) => format!("`Origin: {origin}` got `{}`", printable(other)),
        })
        .collect();
    if different.is_empty() && !others.is_empty() {
        // The same for everybody: one copy serves all.
        return None;
    }
    let allowed = printable(&allowed.unwrap_or_default());
    Some(Finding {
        name: "missing-vary-origin",
        severity: Severity::Note,
        title: "`Vary` does not list `Origin`".to_string(),
        observed: if different.is_empty() {
            format!("the answer names `{allowed}`, and no other origin was tried")
        } else {
            format!("this page got `{allowed}`, {}", different.join(", "))
        },
        meaning:
            "a cache may give the answer made for one origin to a page of another, which then cannot read it"
                .to_string(),
        fix: "add `Vary: Origin` to every answer of this resource, also to those without CORS headers"
            .to_string(),
    })
}

/// An answer that a cache may store.
struct CacheableAnswer<'a> {
    url: &'a Url,
    /// The Origin header of its request.
    origin: Vec<u8>,
    response: &'a HttpResponse,
}

impl CacheableAnswer<'_> {
    fn allow_origin(&self) -> Option<Vec<u8>> {
        self.response.headers.get("access-control-allow-origin")
    }

    fn names_the_origin(&self) -> bool {
        self.allow_origin().is_some_and(|value| value == self.origin)
    }

    fn varies_by_origin(&self) -> bool {
        let vary = self.response.headers.get("vary").unwrap_or_default();
        vary.split(|byte| *byte == b',').any(|item| {
            let item = corsac::header::trim_http_tab_or_space(item);
            item == b"*" || item.eq_ignore_ascii_case(b"origin")
        })
    }
}

/// The answers to CORS requests by `GET` and `HEAD` that a cache may store.
fn cacheable_answers(outcome: &Outcome) -> Vec<CacheableAnswer<'_>> {
    let mut answers = Vec::new();
    let mut sent = None;
    for step in &outcome.trace {
        match step {
            Step::Sent(request) => sent = Some(request),
            Step::Received(response) => {
                let Some(request) = sent.take() else { continue };
                let is_get = matches!(request.method.as_slice(), b"GET" | b"HEAD");
                let Some(origin) = request.headers.get("origin").filter(|_| is_get) else {
                    continue;
                };
                if request.kind == HttpRequestKind::Actual && !forbids_storing(response) {
                    answers.push(CacheableAnswer {
                        url: &request.url,
                        origin,
                        response,
                    });
                }
            }
            _ => {}
        }
    }
    answers
}

fn forbids_storing(response: &HttpResponse) -> bool {
    response.headers.get("cache-control").is_some_and(|value| {
        value
            .to_ascii_lowercase()
            .windows(NO_STORE.len())
            .any(|window| window == NO_STORE)
    })
}

fn printable(value: &[u8]) -> String {
    value.escape_ascii().to_string()
}

const NO_STORE: &[u8] = b"no-store";
