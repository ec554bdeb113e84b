//! The lines of `corsac gateway --log-format json`: one object per line.
//!
//! Members may be added; those that are here keep their names and meaning for one `version`.

use serde::Serialize;

/// What happened to one request.
#[derive(Clone, Debug, Serialize)]
pub struct GatewayEvent<'a> {
    /// Of this shape: 1.
    pub version: u32,
    /// RFC 3339, UTC.
    pub time: &'a str,
    /// `allowed`, `refused`, or `not-cors` (written down only when it failed).
    pub verdict: &'a str,
    /// What decided, in kebab case.
    pub reason: &'a str,
    /// What decided, in words.
    pub explanation: &'a str,
    /// The name of the policy that covers the host and path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<&'a str>,
    /// The entry of its `allow_origins` that the origin matched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<&'a str>,
    /// True where the policy only reports: the verdict changed nothing. Absent otherwise.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub report_only: bool,
    /// The method.
    pub method: &'a str,
    /// The path, without the query: queries carry secrets.
    pub path: &'a str,
    /// `Origin`, everything but printable ASCII escaped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<&'a str>,
    /// The status of the answer.
    pub status: u16,
    /// What the gateway could not do, in kebab case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<&'a str>,
    /// What caused the failure, for the operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<&'a str>,
}

impl GatewayEvent<'_> {
    /// The line, without its end.
    ///
    /// # Errors
    /// None that strings and numbers can cause.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

/// The first line: the gateway answers from here on.
#[derive(Clone, Debug, Serialize)]
pub struct GatewayStarted<'a> {
    /// Of this shape: 1.
    pub version: u32,
    /// The gateway's URL.
    pub listening: &'a str,
    /// The API's URL.
    pub upstream: &'a str,
    /// The names of the policies.
    pub policies: Vec<&'a str>,
    /// The names of the warnings about the policies.
    pub warnings: Vec<&'a str>,
}

/// The last line: the gateway was asked to stop, and has.
#[derive(Clone, Debug, Serialize)]
pub struct GatewayStopped {
    /// Of this shape: 1.
    pub version: u32,
    /// How many connections were cut because their requests took too long.
    pub connections_cut: usize,
}

impl GatewayStarted<'_> {
    /// The line, without its end.
    ///
    /// # Errors
    /// None that strings can cause.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

impl GatewayStopped {
    /// The line, without its end.
    ///
    /// # Errors
    /// None that numbers can cause.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}
