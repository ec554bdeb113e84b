//! Run one line through the browser half, with the scripted server in place of a network.
//!
//! Every decision is `corsac-fetch`'s. This module only carries requests to the script and answers
//! back, one at a time, or side by side for the parallel requests of a sequence.

use corsac::Origin;
use corsac_fetch::{PreflightCache, UserAgent};
use serde_json::value::RawValue;

use crate::outcome::{FetchOutcome, RequestKind, ScenarioOutcome, SequenceOutcome, StepOutcome, VERSION};
use crate::page_options::PageOptions;
use crate::scenario::{Line, RequestFields, Server};
use crate::scenario_request::{page_origin, sandbox_origin};
use crate::sequence::{Phase, SequenceStep};
use crate::simulate_cookies::KeptCookies;
use crate::simulate_error::LineError;
use crate::simulate_run::{Page, Run};
use crate::simulate_server::ScriptedServer;

/// Whose behaviour to follow, and how much to tell.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The user agent.
    pub user_agent: UserAgent,
    /// Whether outcomes carry their trace.
    pub trace: bool,
}

/// What became of a line.
#[derive(Debug)]
pub struct Simulated<'a> {
    /// The line's id.
    pub id: String,
    /// The outcome.
    pub outcome: LineOutcome,
    /// What browsers did, if the line says so.
    pub observed: Option<&'a RawValue>,
    /// Members of requests and answers that mean nothing: their places, as `server.hops.0.actual.x`.
    pub unknown: Vec<String>,
}

/// The outcome of either kind of line.
#[derive(Clone, Debug, serde::Serialize)]
#[serde(untagged)]
pub enum LineOutcome {
    /// Of a scenario.
    Scenario(Box<ScenarioOutcome>),
    /// Of a sequence.
    Sequence(SequenceOutcome),
}

/// Run one line.
///
/// # Errors
/// When the line is not JSON of the scenario or sequence format, or lacks an answer that the
/// browser asks for.
pub fn simulate(line: &[u8], options: Options) -> Result<Simulated<'_>, LineError> {
    let mut unknown = Vec::new();
    let line: Line<'_> = parse(line, &mut unknown).map_err(|error| LineError::of_json(line, &error))?;
    let outcome = match (&line.phases, &line.request) {
        (Some(phases), None) => LineOutcome::Sequence(sequence(&line, phases, options)?),
        (None, Some(request)) => {
            let server = line
                .server
                .as_ref()
                .ok_or_else(|| LineError::new("missing field `server`"))?;
            LineOutcome::Scenario(Box::new(scenario(&line, request, server, options)?))
        }
        (Some(_), Some(_)) => {
            return Err(LineError::at(
                "phases",
                "a line has either `request` or `phases`, not both",
            ));
        }
        (None, None) => return Err(LineError::new("missing field `request` (or `phases`)")),
    };
    Ok(Simulated {
        id: line.id,
        outcome,
        observed: line.observed,
        unknown,
    })
}

/// Parse a line. Members at its top that mean nothing are for readers; further in they are likely
/// mistakes, and noted.
fn parse<'a>(line: &'a [u8], unknown: &mut Vec<String>) -> serde_json::Result<Line<'a>> {
    let mut deserializer = serde_json::Deserializer::from_slice(line);
    let parsed = serde_ignored::deserialize(&mut deserializer, |path| {
        // `?` stands for the layer of an optional member.
        let path = path.to_string().replace(".?", "");
        if path.contains('.') && unknown.len() < UNKNOWN_KEPT {
            unknown.push(path);
        }
    })?;
    deserializer.end()?;
    Ok(parsed)
}

fn scenario(
    line: &Line<'_>,
    fields: &RequestFields,
    server: &Server,
    options: Options,
) -> Result<ScenarioOutcome, LineError> {
    let Some(origin) = &fields.page_origin else {
        return Err(LineError::at("request", "missing field `page_origin`"));
    };
    let recorded = line.observed.is_some();
    let page = Page {
        origin: parse_origin(origin, "request.page_origin")?,
        // The recordings' opaque page is a frame.
        top_level: match origin.as_str() {
            "null" if recorded => String::from(FRAMES_ARE_IN),
            origin => origin.to_owned(),
        },
        options: page_options(line),
    };
    let script = ScriptedServer {
        id: &line.id,
        server,
        place: "server",
        hosts: &line.hosts,
        recorded,
        cookies: kept_cookies(line),
    };
    let mut cache = PreflightCache::default();
    let mut run = Run::start(fields, &page, &script, options, &mut cache, 0);
    while run.step(&mut cache, 0)? {}
    Ok(ScenarioOutcome {
        version: VERSION,
        id: line.id.clone(),
        user_agent: name(options.user_agent),
        fetch: run.finish(),
    })
}

fn sequence(line: &Line<'_>, phases: &[Phase], options: Options) -> Result<SequenceOutcome, LineError> {
    if phases.iter().map(Phase::request_count).sum::<usize>() > LONGEST_SEQUENCE {
        return Err(LineError::at(
            "phases",
            format!("more than {LONGEST_SEQUENCE} requests"),
        ));
    }
    let mut cache = PreflightCache::default();
    let mut now = 0_u64;
    let mut steps = Vec::new();
    for (p, phase) in phases.iter().enumerate() {
        for (s, step) in phase.steps.iter().enumerate() {
            now = now.saturating_add(step.wait_ms);
            let place = format!("phases[{p}].steps[{s}]");
            let page = page_of_step(line, phase, step, [&format!("phases[{p}]"), &place])?;
            let script = ScriptedServer {
                id: &line.id,
                server: &step.server,
                place: &format!("{place}.server"),
                hosts: &line.hosts,
                recorded: line.observed.is_some(),
                cookies: kept_cookies(line),
            };
            let requests: Vec<&RequestFields> = step
                .request
                .iter()
                .chain(step.parallel.iter().flatten())
                .collect();
            if requests.is_empty() {
                return Err(LineError::at(place, "missing field `request` (or `parallel`)"));
            }
            let mut runs: Vec<Run<'_>> = requests
                .into_iter()
                .map(|fields| Run::start(fields, &page, &script, options, &mut cache, now))
                .collect();
            // Side by side: each gets its next answer in turn.
            let mut going = true;
            while going {
                going = false;
                for run in &mut runs {
                    going |= run.step(&mut cache, now)?;
                }
            }
            let fetches: Vec<FetchOutcome> = runs.into_iter().map(Run::finish).collect();
            let preflights = fetches
                .iter()
                .flat_map(|fetch| &fetch.requests)
                .filter(|request| request.kind == RequestKind::Preflight)
                .count();
            steps.push(StepOutcome { preflights, fetches });
        }
    }
    let pattern: Vec<String> = steps.iter().map(|step| step.preflights.to_string()).collect();
    Ok(SequenceOutcome {
        version: VERSION,
        id: line.id.clone(),
        user_agent: name(options.user_agent),
        pattern: pattern.join(","),
        steps,
    })
}

fn page_of_step(
    line: &Line<'_>,
    phase: &Phase,
    step: &SequenceStep,
    [phase_place, step_place]: [&str; 2],
) -> Result<Page, LineError> {
    let page = parse_origin(&phase.page_origin, &format!("{phase_place}.page_origin"))?;
    let origin = match step.via.as_deref() {
        None | Some("worker") => page,
        Some("sandbox") => sandbox_origin(),
        Some(frame) => parse_origin(frame, &format!("{step_place}.via"))?,
    };
    Ok(Page {
        origin,
        top_level: phase.page_origin.clone(),
        options: page_options(line),
    })
}

const fn kept_cookies(line: &Line<'_>) -> KeptCookies {
    match (&line.observed, line.seed) {
        (Some(_), None) => KeptCookies::OfFirstRecordings,
        _ => KeptCookies::All,
    }
}

fn page_options(line: &Line<'_>) -> PageOptions {
    line.page_query
        .as_deref()
        .map(PageOptions::parse)
        .unwrap_or_default()
}

fn parse_origin(text: &str, place: &str) -> Result<Origin, LineError> {
    page_origin(text).ok_or_else(|| {
        LineError::at(
            place,
            "not a serialised origin such as `https://app.example` (or `null`)",
        )
        .with_value(text)
    })
}

/// The user agent as the command line, recordings and results name it.
#[must_use]
pub const fn name(user_agent: UserAgent) -> &'static str {
    match user_agent {
        UserAgent::Standard => "standard",
        UserAgent::Chromium => "chromium",
        UserAgent::Firefox => "firefox",
        UserAgent::WebKit => "webkit",
    }
}

/// So many requests a sequence can have: the outcomes of a line are kept until it is done.
const LONGEST_SEQUENCE: usize = 10_000;

const UNKNOWN_KEPT: usize = 16;

const FRAMES_ARE_IN: &str = "http://localhost:23001";
