//! One observation from its three sources: what the page saw, what arrived at the servers, and
//! what the browser told beside.

use anyhow::Context as _;
use corsac_wire::observed::{ObservedFetch, ObservedLine, ObservedRequest, ObservedSequence, ObservedStep};
use corsac_wire::outcome::RequestKind;
use corsac_wire::scenario::OwnedLine;
use serde_json::Value;

use crate::driver::Browser;
use crate::driver::console::Console;
use crate::server::{PageResult, Played};

/// Of a scenario.
pub(crate) fn fetch(
    browser: Browser,
    results: Vec<PageResult>,
    arrivals: Vec<Played>,
    console: Option<Console>,
) -> anyhow::Result<ObservedLine> {
    let seen = results.into_iter().next().and_then(|result| result.observed);
    let mut seen = seen.context("the page told no result of a scenario")?;
    let members = seen.as_object_mut().context("the page's result is no object")?;
    members.insert(String::from("requests"), Value::Array(Vec::new()));
    let mut observed: ObservedFetch = serde_json::from_value(seen)?;
    observed.requests = arrivals.into_iter().flatten().collect();
    let console = console.unwrap_or_default();
    observed.console = Some(console.texts);
    observed.cors_error = console.cors_error;
    observed.net_error = console.net_error;
    if browser == Browser::Firefox {
        observed.reasons = Some(console.reasons);
    }
    Ok(ObservedLine::Fetch(Box::new(observed)))
}

/// Of a sequence.
pub(crate) fn sequence(results: Vec<PageResult>, arrivals: Vec<Played>) -> ObservedLine {
    let outcomes = results.into_iter().flat_map(|result| result.outcomes);
    let steps: Vec<ObservedStep> = outcomes
        .zip(&arrivals)
        .map(|(outcome, arrived)| ObservedStep {
            outcome,
            wire: arrived.iter().map(wire).collect(),
        })
        .collect();
    let pattern: Vec<String> = arrivals
        .iter()
        .map(|arrived| {
            let is_preflight = |request: &&ObservedRequest| request.kind == RequestKind::Preflight;
            arrived.iter().filter(is_preflight).count().to_string()
        })
        .collect();
    ObservedLine::Sequence(ObservedSequence {
        pattern: pattern.join(","),
        steps,
    })
}

/// Of a line that the browser hung at.
pub(crate) fn timed_out(line: &OwnedLine) -> ObservedLine {
    let outcome = String::from("timeout");
    match line.phases {
        None => ObservedLine::Fetch(Box::new(ObservedFetch {
            outcome,
            ..ObservedFetch::default()
        })),
        Some(_) => ObservedLine::Sequence(ObservedSequence {
            pattern: outcome,
            steps: Vec::new(),
        }),
    }
}

/// `P0 PUT [x-a] origin=…`: a preflight with what it asks for; `A0 PUT origin=…`: the request.
fn wire(request: &ObservedRequest) -> String {
    let letter = match request.kind {
        RequestKind::Preflight => 'P',
        RequestKind::Actual => 'A',
    };
    let method = request.acrm.as_deref().unwrap_or(&request.method);
    let names = request.acrh.as_deref().map(|names| format!(" [{names}]"));
    format!(
        "{letter}{} {method}{} origin={}",
        request.hop,
        names.unwrap_or_default(),
        request.origin.as_deref().unwrap_or("-"),
    )
}
