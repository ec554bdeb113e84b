//! `cases/tower/`: policies, a request and what the handler answers.

use corsac::{LivePolicies, PolicyTable};
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use serde::Deserialize;
use std::sync::Arc;

use crate::draft::{DraftCase, read_cases};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseFile {
    policies: Vec<DraftCase>,
    #[serde(default)]
    debug: bool,
    #[serde(default)]
    report_only: bool,
    pub(crate) cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) name: String,
    /// The row of the matrix of libraries.
    pub(crate) row: Option<String>,
    #[serde(default = "root")]
    target: String,
    method: String,
    headers: Vec<(String, Text)>,
    #[serde(default)]
    pub(crate) inner: Inner,
    pub(crate) expect: Expect,
    #[serde(default)]
    pub(crate) peers: Vec<Peers>,
}

/// A text, or a text so many times.
#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Once(String),
    Repeated(String, usize),
}

/// What stands inside of the layer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Inner {
    /// What the handler answers; 200 when absent.
    status: Option<u16>,
    #[serde(default)]
    headers: Vec<(String, String)>,
    /// The handler panics, under a layer that catches it.
    #[serde(default)]
    pub(crate) panics: bool,
    /// A middleware refuses before the handler is called, with this status.
    pub(crate) rejects: Option<u16>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    verdict: String,
    reason: String,
    pub(crate) status: u16,
    pub(crate) response: Vec<(String, String)>,
    pub(crate) handler_ran: bool,
}

/// Libraries that answer otherwise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Peers {
    pub(crate) libraries: Vec<String>,
    pub(crate) differs: String,
}

/// The case files, with their names.
pub(crate) fn read() -> Vec<(String, CaseFile)> {
    read_cases("tower")
}

impl CaseFile {
    /// The policies and modes of the file.
    pub(crate) fn policies(&mut self) -> Arc<LivePolicies> {
        let drafts = self.policies.drain(..).map(Into::into).collect();
        let (table, _) = PolicyTable::build(drafts).unwrap_or_else(|errors| panic!("{errors}"));
        let policies = LivePolicies::new(table);
        policies.set_debug(self.debug);
        policies.set_report_only(self.report_only);
        Arc::new(policies)
    }
}

impl Case {
    /// The request, with an empty body of any type.
    pub(crate) fn request<B: Default>(&self) -> Request<B> {
        let mut request = Request::builder()
            .method(self.method.as_bytes())
            .uri(&self.target)
            .body(B::default())
            .unwrap();
        for (name, text) in &self.headers {
            let value = match text {
                Text::Once(text) => text.clone(),
                Text::Repeated(text, count) => text.repeat(*count),
            };
            request
                .headers_mut()
                .append(name_of(name), HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        request
    }
}

impl Inner {
    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status.unwrap_or(200)).unwrap()
    }

    pub(crate) fn headers(&self) -> HeaderMap {
        self.headers
            .iter()
            .map(|(name, value)| (name_of(name), HeaderValue::from_str(value).unwrap()))
            .fold(HeaderMap::new(), |mut map, (name, value)| {
                map.append(name, value);
                map
            })
    }
}

impl Expect {
    pub(crate) fn new(
        decision: &corsac_tower::RequestDecision,
        status: StatusCode,
        headers: &HeaderMap,
        handler_ran: bool,
    ) -> Self {
        Self {
            verdict: match decision.verdict {
                corsac::Verdict::NotCors => "not-cors".to_owned(),
                corsac::Verdict::Allowed => "allowed".to_owned(),
                corsac::Verdict::Refused => "refused".to_owned(),
            },
            reason: decision.reason.code().to_owned(),
            status: status.as_u16(),
            response: lines(headers),
            handler_ran,
        }
    }
}

/// All header lines in the order of the map.
pub(crate) fn lines(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.to_string(), value)
        })
        .collect()
}

fn name_of(name: &str) -> HeaderName {
    HeaderName::from_bytes(name.as_bytes()).unwrap()
}

fn root() -> String {
    "/".to_owned()
}
