//! Run one line through the browser half, with the scripted server in place of a network.
//!
//! Every decision is `corsac-fetch`'s. This module only carries requests to the script and answers
//! back, one at a time, or side by side for the parallel requests of a sequence.

use corsac::Origin;
use corsac_diagnostics::{Context, console_text, console_warnings};
use corsac_fetch::{
    Client, Fetch, HttpRequest, HttpRequestKind, HttpResponse, Need, NetworkFailure, Outcome, OutcomeKind,
    PreflightCache, Request, RequestInit, ResponseType, UserAgent,
};
use serde_json::value::RawValue;

use crate::outcome::{
    FetchOutcome, RequestKind, ResponseOutcome, ScenarioOutcome, SequenceOutcome, Settled, StepOutcome,
    VERSION, WireRequest, isomorphic_decode,
};
use crate::outcome_trace::TraceStep;
use crate::scenario::{Line, RequestFields, Server};
use crate::scenario_request::{page_origin, request_init, sandbox_origin};
use crate::sequence::{Phase, SequenceStep};
use crate::simulate_error::LineError;
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
    let line: Line<'_> = serde_json::from_slice(line).map_err(|error| LineError::of_json(line, &error))?;
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
    })
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
    let page = Page {
        origin: parse_origin(origin, "request.page_origin")?,
        top_level: origin.clone(),
    };
    let script = ScriptedServer {
        id: &line.id,
        server,
        place: "server",
        recorded: line.observed.is_some(),
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
    let mut cache = PreflightCache::default();
    let mut now = 0_u64;
    let mut steps = Vec::new();
    for (p, phase) in phases.iter().enumerate() {
        for (s, step) in phase.steps.iter().enumerate() {
            now = now.saturating_add(step.wait_ms);
            let place = format!("phases[{p}].steps[{s}]");
            let page = page_of_step(phase, step, &format!("phases[{p}]"), &place)?;
            let script = ScriptedServer {
                id: &line.id,
                server: &step.server,
                place: &format!("{place}.server"),
                recorded: line.observed.is_some(),
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

/// The page or frame that asks.
struct Page {
    origin: Origin,
    top_level: String,
}

fn page_of_step(
    phase: &Phase,
    step: &SequenceStep,
    phase_place: &str,
    step_place: &str,
) -> Result<Page, LineError> {
    let page = parse_origin(&phase.page_origin, &format!("{phase_place}.page_origin"))?;
    let origin = match step.via.as_deref() {
        None => page,
        Some("sandbox") => sandbox_origin(),
        Some(frame) => parse_origin(frame, &format!("{step_place}.via"))?,
    };
    Ok(Page {
        origin,
        top_level: phase.page_origin.clone(),
    })
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

/// One request on its way.
struct Run<'a> {
    script: &'a ScriptedServer<'a>,
    options: Options,
    init: RequestInit,
    client: Client,
    need: Option<Need>,
    thrown: Option<corsac_fetch::TypeErrorReason>,
    requests: Vec<WireRequest>,
}

impl<'a> Run<'a> {
    fn start(
        fields: &RequestFields,
        page: &Page,
        script: &'a ScriptedServer<'a>,
        options: Options,
        cache: &mut PreflightCache,
        now: u64,
    ) -> Self {
        let client = Client {
            origin: page.origin.clone(),
            network_partition_key: page.top_level.clone(),
            embedder_policy: corsac_fetch::EmbedderPolicy::default(),
            address_space: None,
        };
        let init = request_init(fields);
        let (need, thrown) = match Request::new(init.clone(), client.clone(), options.user_agent) {
            Ok(request) => (Some(Fetch::start(request, cache, now)), None),
            Err(reason) => (None, Some(reason)),
        };
        Self {
            script,
            options,
            init,
            client,
            need,
            thrown,
            requests: Vec::new(),
        }
    }

    /// Answer the request that is waiting. `false` when none is.
    fn step(&mut self, cache: &mut PreflightCache, now: u64) -> Result<bool, LineError> {
        let (fetch, request) = match self.need.take() {
            Some(Need::Send(fetch, request)) => (fetch, request),
            done => {
                self.need = done;
                return Ok(false);
            }
        };
        let answer = self.exchange(&request)?;
        self.need = Some(fetch.resume(answer, cache, now));
        Ok(true)
    }

    fn exchange(&mut self, request: &HttpRequest) -> Result<Result<HttpResponse, NetworkFailure>, LineError> {
        if let Err(failure) = self.script.reach(&request.url) {
            return Ok(Err(failure));
        }
        let hop = self.script.hop(&request.url, request.hop);
        self.requests.push(wire_request(hop, request));
        self.script.answer(hop, request)
    }

    fn finish(self) -> FetchOutcome {
        if let Some(reason) = &self.thrown {
            return FetchOutcome {
                outcome: Settled::Throw,
                response: None,
                reason: Some(reason.into()),
                also: Vec::new(),
                console: Vec::new(),
                requests: self.requests,
                trace: None,
            };
        }
        match self.need {
            Some(Need::Done(outcome)) => FetchOutcome {
                console: console(&self.init, &self.client, &outcome, self.options.user_agent),
                ..fetch_outcome(&outcome, self.requests, self.options)
            },
            // `step` is called until nothing is left to send.
            Some(Need::Send(..)) | None => FetchOutcome {
                outcome: Settled::Reject,
                response: None,
                reason: None,
                also: Vec::new(),
                console: Vec::new(),
                requests: self.requests,
                trace: None,
            },
        }
    }
}

fn console(init: &RequestInit, client: &Client, outcome: &Outcome, user_agent: UserAgent) -> Vec<String> {
    let context = Context::new(init, client, outcome);
    match &outcome.kind {
        OutcomeKind::Blocked { reason, .. } => console_text(user_agent, reason, &context),
        OutcomeKind::Shared(_) | OutcomeKind::Opaque(_) => console_warnings(user_agent, &context),
    }
}

fn fetch_outcome(outcome: &Outcome, requests: Vec<WireRequest>, options: Options) -> FetchOutcome {
    let (settled, response, reason, also) = match &outcome.kind {
        OutcomeKind::Shared(response) | OutcomeKind::Opaque(response) => {
            let response = ResponseOutcome {
                response_type: match response.response_type {
                    ResponseType::Basic => "basic",
                    ResponseType::Cors => "cors",
                    ResponseType::Opaque => "opaque",
                    ResponseType::OpaqueRedirect => "opaqueredirect",
                },
                status: response.status,
                url: response.url.as_ref().map(without_fragment).unwrap_or_default(),
                redirected: response.redirected,
                headers: response
                    .headers
                    .iter()
                    .map(|(name, value)| (isomorphic_decode(name), isomorphic_decode(value)))
                    .collect(),
                hidden_headers: response
                    .hidden_header_names
                    .iter()
                    .map(|name| isomorphic_decode(name))
                    .collect(),
            };
            (Settled::Resolve, Some(response), None, Vec::new())
        }
        OutcomeKind::Blocked { reason, also } => {
            let also = also.iter().map(Into::into).collect();
            (Settled::Reject, None, Some(reason.into()), also)
        }
    };
    FetchOutcome {
        outcome: settled,
        response,
        reason,
        also,
        console: Vec::new(),
        requests,
        trace: options
            .trace
            .then(|| outcome.trace.iter().map(TraceStep::from).collect()),
    }
}

fn wire_request(hop: usize, request: &HttpRequest) -> WireRequest {
    let header = |name| request.headers.get(name).as_deref().map(isomorphic_decode);
    WireRequest {
        hop,
        kind: match request.kind {
            HttpRequestKind::Preflight => RequestKind::Preflight,
            HttpRequestKind::Actual => RequestKind::Actual,
        },
        method: isomorphic_decode(&request.method),
        url: without_fragment(&request.url),
        origin: header("origin"),
        acrm: header("access-control-request-method"),
        acrh: header("access-control-request-headers"),
        cookies: Vec::new(),
    }
}

fn without_fragment(url: &url::Url) -> String {
    let text = url.as_str();
    text.split_once('#').map_or(text, |(before, _)| before).to_owned()
}

fn name(user_agent: UserAgent) -> &'static str {
    match user_agent {
        UserAgent::Standard => "standard",
        UserAgent::Chromium => "chromium",
        UserAgent::Firefox => "firefox",
        UserAgent::WebKit => "webkit",
    }
}
