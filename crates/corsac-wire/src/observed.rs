//! What a browser was seen to do, as recorded lines say it under `observed`. The format is described
//! in `cases/browsers/README.md`.
//!
//! A member that a recording lacks was not recorded, and is not compared; only cookies are written
//! by their presence. Members that nobody compares are for readers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::outcome::RequestKind;

/// What one browser did with a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ObservedLine {
    /// With a sequence.
    Sequence(ObservedSequence),
    /// With a scenario.
    Fetch(Box<ObservedFetch>),
}

/// What came of one request.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ObservedFetch {
    /// `resolve`, `reject` or `throw`.
    pub outcome: String,
    /// For readers: the text of the exception.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The response's type.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub response_type: Option<String>,
    /// The response's status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Whether a redirect was followed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirected: Option<bool>,
    /// The response's URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The readable headers, sorted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headers: Option<Vec<(String, String)>>,
    /// What the answer did in the page, for elements: `canvas` is `tainted`, for instance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effects: Option<BTreeMap<String, String>>,
    /// What the page's own `Request` object says of itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_request: Option<PageRequest>,
    /// What reached the servers, in order.
    #[serde(default)]
    pub requests: Vec<ObservedRequest>,
    /// What the browser printed on its console, line by line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub console: Option<Vec<String>>,
    /// Chromium's code for the reason. Where `console` is recorded, its absence says that there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cors_error: Option<CorsError>,
    /// For readers: the network stack's name for the failure, in Chromium.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net_error: Option<String>,
    /// The categories of Firefox's console messages, in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<String>>,
}

/// What a `Request` object says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRequest {
    /// Its method.
    pub method: String,
    /// Its headers, sorted.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
}

/// `Network.CorsErrorStatus` of the DevTools protocol.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CorsError {
    /// The code.
    pub cors_error: String,
    /// The value or name that was refused.
    #[serde(default)]
    pub failed_parameter: String,
}

impl From<corsac_diagnostics::CorsError> for CorsError {
    fn from(error: corsac_diagnostics::CorsError) -> Self {
        Self {
            cors_error: error.code.to_owned(),
            failed_parameter: error.failed_parameter().to_owned(),
        }
    }
}

/// A request as it reached a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservedRequest {
    /// The hop that its path names.
    pub hop: usize,
    /// Preflight or actual.
    pub kind: RequestKind,
    /// The method.
    pub method: String,
    /// For readers: the Host header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The Origin header; null when there is none.
    pub origin: Option<String>,
    /// Access-Control-Request-Method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acrm: Option<String>,
    /// Access-Control-Request-Headers, exact bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acrh: Option<String>,
    /// The names of the cookies that came along, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cookies: Vec<String>,
    /// Sec-Fetch-Mode, Sec-Fetch-Site and Sec-Fetch-Dest, joined by spaces; `-` for one that is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sec_fetch: Option<String>,
}

/// What came of a sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservedSequence {
    /// The number of preflights of each step, joined by commas.
    pub pattern: String,
    /// The steps of all phases, in order.
    pub steps: Vec<ObservedStep>,
}

/// What came of one step of a sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservedStep {
    /// The outcomes of its requests, joined by `+`.
    pub outcome: String,
    /// What reached the servers: `P0 PUT [x-a] origin=…` is a preflight, `A0` the request itself.
    pub wire: Vec<String>,
}
