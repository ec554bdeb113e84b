//! From the facts of a check to its report.

use corsac_diagnostics::{
    Context, Diagnostic, Finding, Observation, ObservedProbe, Severity, console_text, console_warnings,
    explain_access, explain_all, findings, limit_name, mechanism_name,
};
use corsac_fetch::embedding::access;
use corsac_fetch::{
    Access, BlockReason, Client, Content, CredentialsMode, FilteredResponse, Initiator, Mode, Outcome,
    OutcomeKind, RedirectMode, Request, RequestInit, ResponseType, Step, UserAgent,
};

use super::exchange::{Exchange, ExchangeFacts, wire_url};
use super::secrets::Secrets;
use super::{
    AccessReport, Asked, Blocked, CheckStep, ConsoleReport, DiagnosticReport, FindingReport, FindingSeverity,
    OpenVerdict, OtherVerdict, Page, ProbeReport, Report, UserAgentReport, VERSION, Verdict,
};
use crate::outcome::isomorphic_decode;
use crate::outcome_reason::Reason;
use crate::outcome_trace::TraceStep;

/// Everything a report is made of.
#[derive(Clone, Debug)]
pub struct Check<'a> {
    /// What the script asks for.
    pub init: &'a RequestInit,
    /// Its page.
    pub client: &'a Client,
    /// Whose behaviour was followed.
    pub user_agent: UserAgent,
    /// What came of it.
    pub outcome: &'a Outcome,
    /// One entry for each `Step::Sent` of the trace, in the same order.
    pub exchanges: Vec<ExchangeFacts<'a>>,
    /// The same request as pages of other origins.
    pub probes: Vec<ProbeFacts<'a>>,
    /// What the other user agents make of the same answers.
    pub others: &'a [(UserAgent, OtherOutcome)],
    /// What asks, where that was said: the report then tells what the page may do with the answer.
    pub kind: Option<&'static str>,
    /// Whether credentials are written.
    pub secrets: Secrets,
}

/// What another user agent makes of the same answers.
#[derive(Clone, Debug)]
pub enum OtherOutcome {
    /// It comes to this end.
    Done(Outcome),
    /// It goes on where the chosen one stopped.
    GoesOn,
    /// It would have sent something else.
    Unknown,
}

/// The same request as a page of another origin.
#[derive(Clone, Debug)]
pub struct ProbeFacts<'a> {
    /// The origin, serialised.
    pub origin: String,
    /// What that page got; `None` when its preflight was passed and nothing more sent.
    pub outcome: Option<&'a Outcome>,
    /// What went over the wire.
    pub exchanges: Vec<ExchangeFacts<'a>>,
}

impl Report {
    /// The report of a check.
    #[must_use]
    pub fn new(check: &Check<'_>) -> Self {
        let context = Context::new(check.init, check.client, check.outcome);
        let steps = steps(check);
        let (console, diagnostics) = match &check.outcome.kind {
            OutcomeKind::Blocked { reason, .. } => (
                console_text(check.user_agent, reason, &context),
                explain_all(reason, &context)
                    .into_iter()
                    .map(DiagnosticReport::from)
                    .collect(),
            ),
            _ => (console_warnings(check.user_agent, &context), Vec::new()),
        };
        Self {
            version: VERSION,
            asked: asked(check),
            verdict: verdict(check, check.user_agent, check.outcome),
            access: access_of(check, check.user_agent, check.outcome)
                .map(|access| AccessReport::new(&access, check.init.initiator)),
            page: page(&check.outcome.kind, check.secrets).filter(|_| is_script_api(check)),
            blocked: blocked(&check.outcome.kind, &steps),
            steps,
            console,
            diagnostics,
            findings: observed(check),
            probes: check
                .probes
                .iter()
                .map(|probe| probe_report(probe, check.secrets))
                .collect(),
            user_agents: check
                .others
                .iter()
                .map(|(user_agent, outcome)| UserAgentReport::new(check, *user_agent, outcome))
                .collect(),
        }
    }
}

impl Verdict {
    fn of(kind: &OutcomeKind) -> Self {
        match kind {
            OutcomeKind::Shared(_) => Self::Readable,
            OutcomeKind::Opaque(_) => Self::Opaque,
            OutcomeKind::Blocked {
                reason: BlockReason::Network(_) | BlockReason::PreflightNetwork(_),
                ..
            } => Self::NotReached,
            OutcomeKind::Blocked { .. } => Self::Blocked,
        }
    }
}

/// The verdict on an outcome: where it was said what asks, by what the page may do with it.
fn verdict(check: &Check<'_>, user_agent: UserAgent, outcome: &Outcome) -> Verdict {
    let of_outcome = Verdict::of(&outcome.kind);
    match access_of(check, user_agent, outcome) {
        None => of_outcome,
        Some(_) if of_outcome == Verdict::NotReached => of_outcome,
        Some(Access { loads: false, .. }) => Verdict::Blocked,
        Some(access) => match access.content {
            Content::Readable => Verdict::Readable,
            Content::Usable(_) | Content::Nothing => Verdict::Opaque,
        },
    }
}

fn access_of(check: &Check<'_>, user_agent: UserAgent, outcome: &Outcome) -> Option<Access> {
    check.kind?;
    let request = Request::of_initiator(check.init, check.client.clone(), user_agent).ok()?;
    Some(access(&request, outcome))
}

/// Whether a script gets a `Response`.
fn is_script_api(check: &Check<'_>) -> bool {
    matches!(check.init.initiator, Initiator::Fetch | Initiator::Xhr)
}

impl AccessReport {
    fn new(access: &Access, initiator: Initiator) -> Self {
        let text = explain_access(access, initiator);
        Self {
            loads: access.loads,
            content: match access.content {
                Content::Readable => "readable",
                Content::Usable(_) => "usable",
                Content::Nothing => "nothing",
            },
            closed: limit_name(access.content),
            decided_by: mechanism_name(access.decided_by),
            title: text.title,
            meaning: text.meaning,
            cause: text.decided_by,
        }
    }
}

impl UserAgentReport {
    fn new(check: &Check<'_>, user_agent: UserAgent, outcome: &OtherOutcome) -> Self {
        let (verdict, reason) = match outcome {
            OtherOutcome::Done(outcome) => (
                OtherVerdict::Done(verdict(check, user_agent, outcome)),
                match &outcome.kind {
                    OutcomeKind::Blocked { reason, .. } => Some(reason.into()),
                    _ => None,
                },
            ),
            OtherOutcome::GoesOn => (OtherVerdict::Open(OpenVerdict::GoesOn), None),
            OtherOutcome::Unknown => (OtherVerdict::Open(OpenVerdict::Unknown), None),
        };
        Self {
            user_agent: user_agent_name(user_agent),
            verdict,
            reason,
        }
    }
}

fn asked(check: &Check<'_>) -> Asked {
    let method = corsac::method::normalize(check.init.method.as_bytes());
    // What asks can settle more than the init says.
    let request = Request::of_initiator(check.init, check.client.clone(), check.user_agent).ok();
    let redirect = request.map_or(check.init.redirect, |request| request.redirect());
    Asked {
        method: isomorphic_decode(method),
        url: url::Url::parse(&check.init.url).map_or_else(|_| check.init.url.clone(), |url| wire_url(&url)),
        origin: check.client.origin.to_string(),
        mode: mode_name(check.init.mode),
        credentials: credentials_name(check.init.credentials),
        redirect: redirect_name(redirect),
        user_agent: user_agent_name(check.user_agent),
        kind: check.kind,
    }
}

fn steps(check: &Check<'_>) -> Vec<CheckStep> {
    let mut exchanges = check.exchanges.iter();
    check
        .outcome
        .trace
        .iter()
        .filter_map(|step| match step {
            Step::Sent(_) => exchanges
                .next()
                .map(|facts| CheckStep::Exchange(Box::new(Exchange::new(facts, check.secrets)))),
            // Part of the exchange.
            Step::Received(_) | Step::Failed(_) => None,
            other => Some(CheckStep::Trace(TraceStep::from(other))),
        })
        .collect()
}

fn blocked(kind: &OutcomeKind, steps: &[CheckStep]) -> Option<Blocked> {
    let OutcomeKind::Blocked { reason, also } = kind else {
        return None;
    };
    // What follows the last exchange without a redirect between them was decided by it.
    let last = steps.iter().rposition(|step| {
        matches!(
            step,
            CheckStep::Exchange(_) | CheckStep::Trace(TraceStep::Redirected { .. })
        )
    });
    Some(Blocked {
        step: last.filter(|index| matches!(steps.get(*index), Some(CheckStep::Exchange(_)))),
        reason: reason.into(),
        also: also.iter().map(Reason::from).collect(),
    })
}

fn page(kind: &OutcomeKind, secrets: Secrets) -> Option<Page> {
    let (OutcomeKind::Shared(response) | OutcomeKind::Opaque(response)) = kind else {
        return None;
    };
    let FilteredResponse {
        response_type,
        status,
        url,
        redirected,
        headers,
        hidden_header_names,
        ..
    } = response;
    Some(Page {
        response_type: match response_type {
            ResponseType::Basic => "basic",
            ResponseType::Cors => "cors",
            ResponseType::Opaque => "opaque",
            ResponseType::OpaqueRedirect => "opaqueredirect",
        },
        status: *status,
        url: url.as_ref().map(wire_url).unwrap_or_default(),
        redirected: *redirected,
        headers: headers
            .iter()
            .map(|(name, value)| (isomorphic_decode(name), secrets.value(name, value)))
            .collect(),
        hidden_headers: hidden_header_names
            .iter()
            .map(|name| isomorphic_decode(name))
            .collect(),
    })
}

fn observed(check: &Check<'_>) -> Vec<FindingReport> {
    let probes: Vec<ObservedProbe<'_>> = check.probes.iter().map(observed_probe).collect();
    findings(&Observation {
        outcome: check.outcome,
        probes: &probes,
    })
    .into_iter()
    .map(FindingReport::from)
    .collect()
}

fn observed_probe<'a>(probe: &ProbeFacts<'a>) -> ObservedProbe<'a> {
    ObservedProbe {
        origin: probe.origin.clone(),
        outcome: probe.outcome,
    }
}

fn probe_report(probe: &ProbeFacts<'_>, secrets: Secrets) -> ProbeReport {
    ProbeReport {
        origin: probe.origin.clone(),
        grant: observed_probe(probe).grant().name(),
        exchanges: probe
            .exchanges
            .iter()
            .map(|facts| Exchange::new(facts, secrets))
            .collect(),
    }
}

impl From<Diagnostic> for DiagnosticReport {
    fn from(diagnostic: Diagnostic) -> Self {
        Self {
            name: diagnostic.name,
            title: diagnostic.title,
            meaning: diagnostic.meaning,
            cause: diagnostic.cause,
            fix: diagnostic.fix,
            reference: diagnostic.reference,
            console: ConsoleReport {
                chromium: diagnostic.console.chromium,
                firefox: diagnostic.console.firefox,
                webkit: diagnostic.console.webkit,
            },
        }
    }
}

impl From<Finding> for FindingReport {
    fn from(finding: Finding) -> Self {
        Self {
            name: finding.name,
            severity: match finding.severity {
                Severity::Error => FindingSeverity::Error,
                Severity::Note => FindingSeverity::Note,
            },
            title: finding.title,
            observed: finding.observed,
            meaning: finding.meaning,
            fix: finding.fix,
        }
    }
}

const fn user_agent_name(user_agent: UserAgent) -> &'static str {
    match user_agent {
        UserAgent::Standard => "standard",
        UserAgent::Chromium => "chromium",
        UserAgent::Firefox => "firefox",
        UserAgent::WebKit => "webkit",
    }
}

const fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::SameOrigin => "same-origin",
        Mode::Cors => "cors",
        Mode::NoCors => "no-cors",
        Mode::Navigate => "navigate",
        Mode::WebSocket => "websocket",
        Mode::WebTransport => "webtransport",
    }
}

const fn credentials_name(credentials: CredentialsMode) -> &'static str {
    match credentials {
        CredentialsMode::Omit => "omit",
        CredentialsMode::SameOrigin => "same-origin",
        CredentialsMode::Include => "include",
    }
}

const fn redirect_name(redirect: RedirectMode) -> &'static str {
    match redirect {
        RedirectMode::Follow => "follow",
        RedirectMode::Error => "error",
        RedirectMode::Manual => "manual",
    }
}
