//! What `corsac simulate` writes: one JSON object for each line of input, version 1.
//!
//! Byte strings of the wire are given as scripts read them: each byte is the character of that
//! number.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::observed::CorsError;
use crate::outcome_reason::Reason;
use crate::outcome_trace::TraceStep;

/// The version of this shape. A change that an older reader would misread gets a new number.
pub const VERSION: u32 = 1;

/// The outcome of a scenario.
#[derive(Clone, Debug, Serialize)]
pub struct ScenarioOutcome {
    /// [`VERSION`].
    pub version: u32,
    /// The line's id.
    pub id: String,
    /// Whose behaviour this is.
    pub user_agent: &'static str,
    /// What came of the request.
    #[serde(flatten)]
    pub fetch: FetchOutcome,
}

/// The outcome of a sequence.
#[derive(Clone, Debug, Serialize)]
pub struct SequenceOutcome {
    /// [`VERSION`].
    pub version: u32,
    /// The line's id.
    pub id: String,
    /// Whose behaviour this is.
    pub user_agent: &'static str,
    /// The number of preflights of each step, joined by commas.
    pub pattern: String,
    /// The steps of all phases, in order.
    pub steps: Vec<StepOutcome>,
}

/// The outcome of one step of a sequence.
#[derive(Clone, Debug, Serialize)]
pub struct StepOutcome {
    /// How many preflights were sent.
    pub preflights: usize,
    /// One outcome for each request of the step.
    pub fetches: Vec<FetchOutcome>,
}

/// What came of one request.
#[derive(Clone, Debug, Serialize)]
pub struct FetchOutcome {
    /// Whether the promise resolves (or the load event fires), rejects, or the API throws at once.
    pub outcome: Settled,
    /// The response, when there is one.
    #[serde(flatten)]
    pub response: Option<ResponseOutcome>,
    /// The step that said no, when the request was blocked or the API threw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Everything else that the same answer has wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Reason>,
    /// What the user agent prints on its console about it, line by line.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub console: Vec<String>,
    /// Chromium's code for the reason, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cors_error: Option<CorsError>,
    /// The categories that Firefox files its lines under.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<&'static str>,
    /// What the answer does in the page, for elements: `canvas` is `clean` or `tainted`, `error` is `full`
    /// or `muted`, `rules` are `readable` or `hidden`, a frame's `document` is `accessible` or `closed`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub effects: BTreeMap<&'static str, &'static str>,
    /// What was sent, in order.
    pub requests: Vec<WireRequest>,
    /// Every step, on request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<Vec<TraceStep>>,
}

/// How the API settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Settled {
    /// A response, readable or opaque.
    Resolve,
    /// A network error.
    Reject,
    /// An exception before anything was fetched.
    Throw,
}

/// What the page sees of the response.
#[derive(Clone, Debug, Serialize)]
pub struct ResponseOutcome {
    /// `basic`, `cors`, `opaque` or `opaqueredirect`.
    #[serde(rename = "type")]
    pub response_type: &'static str,
    /// 0 when opaque.
    pub status: u16,
    /// Empty when opaque; without its fragment.
    pub url: String,
    /// Whether a redirect was followed.
    pub redirected: bool,
    /// The readable headers: lower-case names, sorted, with their values.
    pub headers: Vec<(String, String)>,
    /// The names of headers that arrived and that the page cannot read.
    pub hidden_headers: Vec<String>,
}

/// A request as it reaches a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WireRequest {
    /// Which entry of `server.hops` answered it.
    pub hop: usize,
    /// `preflight` or `actual`.
    pub kind: RequestKind,
    /// The method.
    pub method: String,
    /// The URL, without its fragment.
    pub url: String,
    /// The Origin header; `null` in JSON when there is none.
    pub origin: Option<String>,
    /// Access-Control-Request-Method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acrm: Option<String>,
    /// Access-Control-Request-Headers, exact bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acrh: Option<String>,
    /// The names of the cookies that go along, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cookies: Vec<&'static str>,
    /// Sec-Fetch-Mode, Sec-Fetch-Site and Sec-Fetch-Dest, joined by spaces; `-` for one that is missing.
    pub sec_fetch: String,
}

/// Preflight or actual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RequestKind {
    /// A CORS-preflight request.
    Preflight,
    /// The request itself.
    Actual,
}

/// What is written in place of an outcome for a line that could not be used.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorLine<'a> {
    /// [`VERSION`].
    pub version: u32,
    /// What is wrong.
    pub error: ErrorFields<'a>,
}

/// Where a line is wrong, and how.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorFields<'a> {
    /// The file, `-` for standard input.
    pub file: &'a str,
    /// The number of the line, from 1.
    pub line: u64,
    /// The place within the line: a path such as `request.method`, or a column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<&'a str>,
    /// The value found there, shortened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<&'a str>,
    /// What is wrong with it.
    pub message: &'a str,
}

/// Bytes as a script reads them, <https://infra.spec.whatwg.org/#isomorphic-decode>.
pub(crate) fn isomorphic_decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => text.to_owned(),
        _ => bytes.iter().copied().map(char::from).collect(),
    }
}
