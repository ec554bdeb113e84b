//! What `corsac check --format json` writes, version 1. `docs/check-json.md` is its reference.
//!
//! Byte strings of the wire are given as scripts read them: each byte is the character of that
//! number. Nothing in a report depends on the clock.

mod build;
mod exchange;
mod secrets;

use std::io;

use serde::Serialize;

use crate::outcome_reason::Reason;
use crate::outcome_trace::TraceStep;

pub use build::{Check, OtherOutcome, ProbeFacts};
pub use exchange::{
    AnswerFacts, BodyEnd, BodyReport, Exchange, ExchangeFacts, ExchangeKind, FailureReport, RequestReport,
    ResponseReport,
};
pub use secrets::Secrets;

/// The version of this shape. A change that an older reader would misread gets a new number.
pub const VERSION: u32 = 1;

/// One checked request.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// [`VERSION`].
    pub version: u32,
    /// What the page asks for.
    pub asked: Asked,
    /// What comes of it.
    pub verdict: Verdict,
    /// Everything that happened, in order.
    pub steps: Vec<CheckStep>,
    /// What the page may do with it, when it was said what asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<AccessReport>,
    /// What the page gets, unless it is a network error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
    /// Why the page gets a network error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked: Option<Blocked>,
    /// What the chosen browser prints on its console.
    pub console: Vec<String>,
    /// Everything that keeps the page from reading, explained: first what decided.
    pub diagnostics: Vec<DiagnosticReport>,
    /// What else the answers show.
    pub findings: Vec<FindingReport>,
    /// The same request sent again as pages of other origins.
    pub probes: Vec<ProbeReport>,
    /// What the other user agents make of the same answers.
    pub user_agents: Vec<UserAgentReport>,
}

/// The request as the page makes it.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    /// After normalisation.
    pub method: String,
    /// The URL.
    pub url: String,
    /// The page's origin, `null` when opaque.
    pub origin: String,
    /// Request mode.
    pub mode: &'static str,
    /// Credentials mode.
    pub credentials: &'static str,
    /// Redirect mode.
    pub redirect: &'static str,
    /// Whose behaviour this is.
    pub user_agent: &'static str,
    /// What asks, when that was said.
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
}

/// What the page may do with what an element or API got.
#[derive(Clone, Debug, Serialize)]
pub struct AccessReport {
    /// Whether it loads, opens, is shown or, of a form and a beacon, reaches the server.
    pub loads: bool,
    /// What the page's scripts have of it: `readable`, `usable` or `nothing`.
    pub content: &'static str,
    /// What stays closed to them, when it is usable: `canvas`, `errors`, `rules`, `bytes`, `document`,
    /// `response` or `page`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<&'static str>,
    /// What decided.
    pub decided_by: &'static str,
    /// All that in one line.
    pub title: String,
    /// What it means for scripts.
    pub meaning: &'static str,
    /// What decided, in words.
    pub cause: &'static str,
}

/// What comes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The page reads the response.
    Readable,
    /// The page gets a response that it cannot read.
    Opaque,
    /// A check failed: the page gets a network error.
    Blocked,
    /// No usable HTTP answer came: the page gets a network error that says nothing about CORS.
    NotReached,
}

/// One step.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum CheckStep {
    /// A request and its answer: `"step": "exchange"`.
    Exchange(Box<Exchange>),
    /// Any other step, as in the trace of `corsac simulate`.
    Trace(TraceStep),
}

/// What the page gets.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
    /// `basic`, `cors`, `opaque` or `opaqueredirect`.
    #[serde(rename = "type")]
    pub response_type: &'static str,
    /// 0 when opaque.
    pub status: u16,
    /// Empty when opaque; without its fragment.
    pub url: String,
    /// Whether a redirect was followed.
    pub redirected: bool,
    /// What `response.headers` lists: lower-case names, sorted, with their values.
    pub headers: Vec<(String, String)>,
    /// The names of headers that arrived and that the page cannot read.
    pub hidden_headers: Vec<String>,
}

/// Why the page gets a network error.
#[derive(Clone, Debug, Serialize)]
pub struct Blocked {
    /// The index in `steps` of the exchange that decided; absent when nothing was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<usize>,
    /// The check that failed.
    pub reason: Reason,
    /// Everything else that the same answer has wrong.
    pub also: Vec<Reason>,
}

/// A failed check in words.
#[derive(Clone, Debug, Serialize)]
pub struct DiagnosticReport {
    /// The rule's name.
    pub name: &'static str,
    /// What went wrong, in one line.
    pub title: String,
    /// What the browser asks for, and why.
    pub meaning: String,
    /// What was observed.
    pub cause: String,
    /// What to change, with the least privilege.
    pub fix: String,
    /// Where the standard says so.
    pub reference: &'static str,
    /// What each browser prints.
    pub console: ConsoleReport,
}

/// What each browser prints, line by line.
#[derive(Clone, Debug, Serialize)]
pub struct ConsoleReport {
    /// Chromium 156.
    pub chromium: Vec<String>,
    /// Firefox 153.
    pub firefox: Vec<String>,
    /// WebKitGTK 2.50.
    pub webkit: Vec<String>,
}

/// Something worth saying about the server.
#[derive(Clone, Debug, Serialize)]
pub struct FindingReport {
    /// The rule's name.
    pub name: &'static str,
    /// `error` for a hole, `note` for what is good to know.
    pub severity: FindingSeverity,
    /// What it is, in one line.
    pub title: String,
    /// What was sent and what came back.
    pub observed: String,
    /// What follows from that.
    pub meaning: String,
    /// What to change.
    pub fix: String,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingSeverity {
    /// A hole: the command ends with 1.
    Error,
    /// Good to know.
    Note,
}

/// The request sent again as a page of another origin would, with credentials.
#[derive(Clone, Debug, Serialize)]
pub struct ProbeReport {
    /// The origin that was sent.
    pub origin: String,
    /// What the server grants it, in a word.
    pub grant: &'static str,
    /// What went over the wire.
    pub exchanges: Vec<Exchange>,
}

/// What another user agent makes of the recorded answers.
#[derive(Clone, Debug, Serialize)]
pub struct UserAgentReport {
    /// Its name.
    pub user_agent: &'static str,
    /// Where it comes to.
    pub verdict: OtherVerdict,
    /// Why it blocks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// Where another user agent comes to with the recorded answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum OtherVerdict {
    /// To an end.
    Done(Verdict),
    /// To none that is recorded.
    Open(OpenVerdict),
}

/// Why a user agent does not come to an end with the recorded answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OpenVerdict {
    /// It goes on where the chosen one was blocked.
    GoesOn,
    /// It would have sent something else.
    Unknown,
}

impl Report {
    /// Write it as indented JSON with a final line feed.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write_json(&self, mut out: impl io::Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut out, self)?;
        out.write_all(b"\n")
    }

    /// Whether something was found that is a hole.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity == FindingSeverity::Error)
    }
}
