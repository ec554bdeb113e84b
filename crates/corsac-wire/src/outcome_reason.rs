//! A reason as JSON: a stable code and the values it is about.

use corsac_fetch::element_load::LoadFailure;
use corsac_fetch::{BlockReason, CorsCheckFailure, NetworkFailure, TypeErrorReason};
use serde::Serialize;

use crate::outcome::isomorphic_decode;

/// Why a request was blocked or an API threw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// A stable name in kebab case. Reasons of a preflight begin with `preflight-`.
    pub code: String,
    /// The value that was refused: a header's value, a method, a status, a scheme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The origin that the value was compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

impl From<&BlockReason> for Reason {
    fn from(reason: &BlockReason) -> Self {
        match reason {
            BlockReason::BadPort(port) => Self::with("bad-port", port.to_string()),
            BlockReason::MixedContent => Self::bare("mixed-content"),
            BlockReason::SameOriginMode => Self::bare("same-origin-mode"),
            BlockReason::NoCorsRedirectMode => Self::bare("no-cors-redirect-mode"),
            BlockReason::SchemeNotHttp(scheme) => Self::with("scheme-not-http", scheme.clone()),
            BlockReason::CorsCheck(failure) => Self::cors_check("", failure),
            BlockReason::PreflightCorsCheck(failure) => Self::cors_check("preflight-", failure),
            BlockReason::PreflightStatus(status) => Self::with("preflight-status", status.to_string()),
            BlockReason::PreflightAllowMethodsSyntax(item) => {
                Self::bytes("preflight-allow-methods-syntax", item)
            }
            BlockReason::PreflightAllowHeadersSyntax(item) => {
                Self::bytes("preflight-allow-headers-syntax", item)
            }
            BlockReason::PreflightMethod(method) => Self::bytes("preflight-method", method),
            BlockReason::PreflightNonWildcardHeader(name) => {
                Self::bytes("preflight-non-wildcard-header", name)
            }
            BlockReason::PreflightHeader(name) => Self::bytes("preflight-header", name),
            BlockReason::PreflightNetwork(failure) => Self::with("preflight-network", network(*failure)),
            BlockReason::Network(failure) => Self::with("network", network(*failure)),
            BlockReason::RedirectModeError => Self::bare("redirect-mode-error"),
            BlockReason::LocationInvalid(value) => Self::bytes("location-invalid", value),
            BlockReason::LocationMultiple => Self::bare("location-multiple"),
            BlockReason::LocationScheme(scheme) => Self::with("location-scheme", scheme.clone()),
            BlockReason::LocationCredentials => Self::bare("location-credentials"),
            BlockReason::TooManyRedirects => Self::bare("too-many-redirects"),
            BlockReason::RedirectStreamBody => Self::bare("redirect-stream-body"),
            BlockReason::CrossOriginResourcePolicy => Self::bare("cross-origin-resource-policy"),
            BlockReason::LocalNetworkAccess => Self::bare("local-network-access"),
            BlockReason::OpaqueResponseBlocking => Self::bare("opaque-response-blocking"),
            BlockReason::UserAgentRefusal(what) => Self::with("user-agent-refusal", (*what).to_owned()),
        }
    }
}

impl From<&TypeErrorReason> for Reason {
    fn from(reason: &TypeErrorReason) -> Self {
        match reason {
            TypeErrorReason::InvalidUrl(url) => Self::with("invalid-url", url.clone()),
            TypeErrorReason::UrlWithCredentials(url) => Self::with("url-with-credentials", url.clone()),
            TypeErrorReason::InvalidMethod(method) => Self::with("invalid-method", method.clone()),
            TypeErrorReason::ForbiddenMethod(method) => Self::with("forbidden-method", method.clone()),
            TypeErrorReason::NoCorsMethod(method) => Self::with("no-cors-method", method.clone()),
            TypeErrorReason::InvalidHeaderName(name) => Self::with("invalid-header-name", name.clone()),
            TypeErrorReason::InvalidHeaderValue { name, .. } => {
                Self::with("invalid-header-value", name.clone())
            }
            TypeErrorReason::BodyWithGetOrHead => Self::bare("body-with-get-or-head"),
            TypeErrorReason::StreamBody => Self::bare("stream-body"),
            TypeErrorReason::Mode(_) => Self::bare("mode"),
            TypeErrorReason::CrossOriginWorker(url) => Self::with("cross-origin-worker", url.clone()),
            TypeErrorReason::OnlyIfCached => Self::bare("only-if-cached"),
            _ => Self::bare("type-error"),
        }
    }
}

impl From<LoadFailure> for Reason {
    fn from(failure: LoadFailure) -> Self {
        Self::bare(match failure {
            LoadFailure::Nosniff => "nosniff",
            LoadFailure::MimeType => "mime-type",
            LoadFailure::Status => "status",
            LoadFailure::Integrity => "integrity",
            LoadFailure::Undecodable => "undecodable",
        })
    }
}

impl Reason {
    /// The page's own Content Security Policy does not let the request go.
    pub(crate) fn content_security_policy() -> Self {
        Self::bare("content-security-policy")
    }

    fn bare(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            value: None,
            origin: None,
        }
    }

    fn with(code: &str, value: impl Into<String>) -> Self {
        Self {
            value: Some(value.into()),
            ..Self::bare(code)
        }
    }

    fn bytes(code: &str, value: &[u8]) -> Self {
        Self::with(code, isomorphic_decode(value))
    }

    fn cors_check(prefix: &str, failure: &CorsCheckFailure) -> Self {
        let reason = match failure {
            CorsCheckFailure::AllowOriginMissing => Self::bare("allow-origin-missing"),
            CorsCheckFailure::AllowOriginMismatch { value, origin, .. } => Self {
                origin: Some(origin.clone()),
                ..Self::bytes("allow-origin-mismatch", value)
            },
            CorsCheckFailure::WildcardWithCredentials => Self::bare("wildcard-with-credentials"),
            CorsCheckFailure::AllowCredentialsNotTrue { value } => Self {
                value: value.as_deref().map(isomorphic_decode),
                ..Self::bare("allow-credentials-not-true")
            },
        };
        Self {
            code: format!("{prefix}{}", reason.code),
            ..reason
        }
    }
}

pub(crate) fn network(failure: NetworkFailure) -> &'static str {
    match failure {
        NetworkFailure::Dns => "dns",
        NetworkFailure::Connect => "connect",
        NetworkFailure::Tls => "tls",
        NetworkFailure::Closed => "closed",
        NetworkFailure::Timeout => "timeout",
        NetworkFailure::Malformed => "malformed",
    }
}
