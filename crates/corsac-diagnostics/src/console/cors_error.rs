//! Chromium's codes for the reasons of the CORS protocol: `Network.CorsErrorStatus` of the DevTools
//! protocol, <https://chromedevtools.github.io/devtools-protocol/tot/Network/#type-CorsErrorStatus>.
//!
//! The text on the console is made from them. `DisallowedByMode` and `NoCorsRedirectModeNotFollow` are
//! left out: Chromium has them under "Issues" only.

use alloc::string::String;

use corsac::Origin;
use corsac::trustworthy::is_origin_potentially_trustworthy;
use corsac_fetch::{BlockReason, CorsCheckFailure, Initiator, Mode};
use url::Url;

use crate::context::{Context, text};

/// A reason as Chromium's DevTools protocol has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorsError {
    /// The code, `corsError`.
    pub code: &'static str,
    /// The value or name that was refused; empty where the code says it all.
    pub(super) value: String,
}

/// The code for this reason; none where Chromium gives no code.
pub(super) fn cors_error(reason: &BlockReason, context: &Context) -> Option<CorsError> {
    match reason {
        BlockReason::CorsCheck(failure) => Some(cors_check(failure, ACTUAL)),
        BlockReason::PreflightCorsCheck(failure) => Some(cors_check(failure, PREFLIGHT)),
        // The network stack refuses it: there is no proxy.
        BlockReason::PreflightStatus(PROXY_AUTHENTICATION_REQUIRED) => None,
        BlockReason::PreflightStatus(_) if context.is_redirect() => bare("PreflightDisallowedRedirect"),
        BlockReason::PreflightStatus(_) => bare("PreflightInvalidStatus"),
        BlockReason::PreflightAllowMethodsSyntax(_) => bare("InvalidAllowMethodsPreflightResponse"),
        BlockReason::PreflightAllowHeadersSyntax(_) => bare("InvalidAllowHeadersPreflightResponse"),
        BlockReason::PreflightMethod(method) => Some(CorsError::new(
            "MethodDisallowedByPreflightResponse",
            text(method),
        )),
        BlockReason::PreflightHeader(name) | BlockReason::PreflightNonWildcardHeader(name) => {
            Some(CorsError::new("HeaderDisallowedByPreflightResponse", text(name)))
        }
        // The location is looked at first.
        BlockReason::RedirectModeError if redirects_with_credentials(context) => {
            bare("RedirectContainsCredentials")
        }
        BlockReason::LocationCredentials if context.mode == Mode::Cors => bare("RedirectContainsCredentials"),
        BlockReason::LocationScheme(scheme)
            if context.mode == Mode::Cors
                && !matches!(scheme.as_str(), "data" | "file" | "blob" | "about") =>
        {
            bare("CorsDisabledScheme")
        }
        BlockReason::SchemeNotHttp(scheme) => scheme_not_http(scheme, context),
        BlockReason::UserAgentRefusal("about-blank") => scheme_not_http("about", context),
        BlockReason::LocalNetworkAccess if is_secure_page(context) => {
            bare("LocalNetworkAccessPermissionDenied")
        }
        BlockReason::LocalNetworkAccess => bare("InsecureLocalNetwork"),
        _ => None,
    }
}

impl CorsError {
    const fn new(code: &'static str, value: String) -> Self {
        Self { code, value }
    }

    /// The value or name that was refused, `failedParameter`; empty where the code says it all, and
    /// where the value is not ASCII.
    #[must_use]
    pub fn failed_parameter(&self) -> &str {
        if self.value.is_ascii() { &self.value } else { "" }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "most callers are arms of one match")]
const fn bare(code: &'static str) -> Option<CorsError> {
    Some(CorsError::new(code, String::new()))
}

/// The codes of the CORS check, which has two sets of them.
struct CorsCheckCodes {
    allow_origin_missing: &'static str,
    multiple_allow_origin_values: &'static str,
    invalid_allow_origin_value: &'static str,
    allow_origin_mismatch: &'static str,
    wildcard: &'static str,
    allow_credentials: &'static str,
}

fn cors_check(failure: &CorsCheckFailure, codes: CorsCheckCodes) -> CorsError {
    match failure {
        CorsCheckFailure::AllowOriginMissing => CorsError::new(codes.allow_origin_missing, String::new()),
        CorsCheckFailure::AllowOriginMismatch { value, .. } => {
            let value = isomorphic_decode(value);
            let code = if value.contains([' ', ',']) {
                codes.multiple_allow_origin_values
            } else if value != "null" && Url::parse(&value).is_err() {
                codes.invalid_allow_origin_value
            } else {
                codes.allow_origin_mismatch
            };
            CorsError::new(code, value)
        }
        CorsCheckFailure::WildcardWithCredentials => CorsError::new(codes.wildcard, String::new()),
        CorsCheckFailure::AllowCredentialsNotTrue { value } => {
            let value = value.as_deref().map(isomorphic_decode).unwrap_or_default();
            CorsError::new(codes.allow_credentials, value)
        }
    }
}

/// Each byte as the character of its number.
fn isomorphic_decode(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// `fetch()` has a sentence of its own and no code, and so have schemes that nobody knows.
fn scheme_not_http(scheme: &str, context: &Context) -> Option<CorsError> {
    match (scheme, context.initiator) {
        ("ftp", Initiator::Xhr) | ("file" | "data", _) | (_, Initiator::Fetch) => None,
        _ => bare("CorsDisabledScheme"),
    }
}

fn redirects_with_credentials(context: &Context) -> bool {
    context.location().is_some_and(|url| {
        (!url.username().is_empty() || url.password().is_some()) && context.is_cross_origin(&url)
    })
}

fn is_secure_page(context: &Context) -> bool {
    Origin::from_serialization(&context.page_origin)
        .is_some_and(|origin| is_origin_potentially_trustworthy(&origin))
}

/// Proxy Authentication Required.
pub(super) const PROXY_AUTHENTICATION_REQUIRED: u16 = 407;

const ACTUAL: CorsCheckCodes = CorsCheckCodes {
    allow_origin_missing: "MissingAllowOriginHeader",
    multiple_allow_origin_values: "MultipleAllowOriginValues",
    invalid_allow_origin_value: "InvalidAllowOriginValue",
    allow_origin_mismatch: "AllowOriginMismatch",
    wildcard: "WildcardOriginNotAllowed",
    allow_credentials: "InvalidAllowCredentials",
};

const PREFLIGHT: CorsCheckCodes = CorsCheckCodes {
    allow_origin_missing: "PreflightMissingAllowOriginHeader",
    multiple_allow_origin_values: "PreflightMultipleAllowOriginValues",
    invalid_allow_origin_value: "PreflightInvalidAllowOriginValue",
    allow_origin_mismatch: "PreflightAllowOriginMismatch",
    wildcard: "PreflightWildcardOriginNotAllowed",
    allow_credentials: "PreflightInvalidAllowCredentials",
};
