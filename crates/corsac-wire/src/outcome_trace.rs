//! The trace of a fetch as JSON. Values of Cookie, Authorization and their like are not written.

use corsac_fetch::{HeaderList, HttpRequestKind, Step};
use serde::Serialize;

use crate::outcome::{RequestKind, isomorphic_decode};
use crate::outcome_reason::Reason;

/// One step of the trace.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum TraceStep {
    /// Why a preflight is needed.
    PreflightNeeded {
        /// The method, when it is not safelisted.
        #[serde(skip_serializing_if = "Option::is_none")]
        method: Option<String>,
        /// The CORS-unsafe request-header names.
        header_names: Vec<String>,
        /// Upload listeners or a stream body.
        use_cors_preflight_flag: bool,
    },
    /// The preflight cache made a preflight unnecessary.
    PreflightCached,
    /// A request left.
    Sent {
        /// Preflight or actual.
        kind: RequestKind,
        /// The method.
        method: String,
        /// The URL.
        url: String,
        /// The headers that the standard decides.
        headers: Vec<(String, String)>,
    },
    /// Its answer came.
    Received {
        /// The status.
        status: u16,
        /// The headers.
        headers: Vec<(String, String)>,
    },
    /// No answer came.
    Failed {
        /// Why.
        failure: String,
    },
    /// The preflight was passed.
    PreflightPassed {
        /// For so many seconds it may be remembered.
        max_age: u64,
    },
    /// The CORS check of an answer was passed.
    CorsCheckPassed,
    /// An insecure request became one over TLS.
    Upgraded {
        /// To this URL.
        url: String,
    },
    /// A redirect is followed.
    Redirected {
        /// To this URL.
        url: String,
    },
    /// A named difference of the user agent decided a step.
    Profile {
        /// Its name.
        name: &'static str,
    },
    /// A step said no.
    Blocked {
        /// Why.
        reason: Reason,
    },
}

impl From<&Step> for TraceStep {
    fn from(step: &Step) -> Self {
        match step {
            Step::PreflightNeeded {
                method,
                header_names,
                use_cors_preflight_flag,
            } => Self::PreflightNeeded {
                method: method.as_deref().map(isomorphic_decode),
                header_names: header_names.iter().map(|name| isomorphic_decode(name)).collect(),
                use_cors_preflight_flag: *use_cors_preflight_flag,
            },
            Step::PreflightCached => Self::PreflightCached,
            Step::Sent(request) => Self::Sent {
                kind: match request.kind {
                    HttpRequestKind::Preflight => RequestKind::Preflight,
                    HttpRequestKind::Actual => RequestKind::Actual,
                },
                method: isomorphic_decode(&request.method),
                url: request.url.to_string(),
                headers: headers(&request.headers),
            },
            Step::Received(response) => Self::Received {
                status: response.status,
                headers: headers(&response.headers),
            },
            Step::Failed(failure) => Self::Failed {
                failure: format!("{failure:?}").to_lowercase(),
            },
            Step::PreflightPassed { max_age } => Self::PreflightPassed { max_age: *max_age },
            Step::CorsCheckPassed => Self::CorsCheckPassed,
            Step::Upgraded(url) => Self::Upgraded { url: url.to_string() },
            Step::Redirected(url) => Self::Redirected { url: url.to_string() },
            Step::Profile(name) => Self::Profile { name },
            Step::Blocked(reason) => Self::Blocked {
                reason: reason.into(),
            },
        }
    }
}

fn headers(list: &HeaderList) -> Vec<(String, String)> {
    list.iter()
        .map(|(name, value)| {
            let hidden = SECRET
                .iter()
                .any(|secret| name.eq_ignore_ascii_case(secret.as_bytes()));
            let value = if hidden {
                String::from("(not shown)")
            } else {
                isomorphic_decode(value)
            };
            (isomorphic_decode(name), value)
        })
        .collect()
}

const SECRET: [&str; 5] = [
    "authorization",
    "cookie",
    "proxy-authorization",
    "set-cookie",
    "x-api-key",
];
