//! Why a fetch was blocked: each reason explained, one family per file.
//!
//! No match here has a `_`: a reason that nobody explained does not compile.

mod allow_credentials;
mod allow_origin_mismatch;
mod allow_origin_missing;
mod bad_port;
mod cross_origin_resource_policy;
mod list_syntax;
mod local_network_access;
mod location;
mod mixed_content;
mod network;
mod no_cors_redirect_mode;
mod opaque_response_blocking;
mod origin_difference;
mod preflight_header;
mod preflight_method;
mod preflight_status;
mod redirect_limits;
mod redirect_mode_error;
mod same_origin_mode;
mod scheme_not_http;
mod stage;
mod user_agent_refusal;
mod wildcard_with_credentials;

use alloc::string::String;

use corsac_fetch::{BlockReason, CorsCheckFailure};

use crate::context::Context;
use stage::Stage;

/// A reason in words. [`Diagnostic`](crate::Diagnostic) says what each part is.
pub(crate) struct Explanation {
    pub(crate) name: &'static str,
    pub(crate) title: String,
    pub(crate) meaning: String,
    pub(crate) cause: String,
    pub(crate) fix: String,
    pub(crate) reference: &'static str,
}

/// Explain a reason.
pub(crate) fn explanation(reason: &BlockReason, context: &Context) -> Explanation {
    match reason {
        BlockReason::BadPort(port) => bad_port::explain(*port, context),
        BlockReason::MixedContent => mixed_content::explain(context),
        BlockReason::SameOriginMode => same_origin_mode::explain(context),
        BlockReason::NoCorsRedirectMode => no_cors_redirect_mode::explain(context),
        BlockReason::SchemeNotHttp(scheme) => scheme_not_http::explain(scheme, context),
        BlockReason::CorsCheck(failure) => cors_check(failure, Stage::Actual, context),
        BlockReason::PreflightCorsCheck(failure) => cors_check(failure, Stage::Preflight, context),
        BlockReason::PreflightStatus(status) => preflight_status::explain(*status, context),
        BlockReason::PreflightAllowMethodsSyntax(item) => list_syntax::explain_methods(item, context),
        BlockReason::PreflightAllowHeadersSyntax(item) => list_syntax::explain_headers(item, context),
        BlockReason::PreflightMethod(method) => preflight_method::explain(method, context),
        BlockReason::PreflightNonWildcardHeader(name) => {
            preflight_header::explain_non_wildcard(name, context)
        }
        BlockReason::PreflightHeader(name) => preflight_header::explain(name, context),
        BlockReason::PreflightNetwork(failure) => network::explain(*failure, Stage::Preflight, context),
        BlockReason::Network(failure) => network::explain(*failure, Stage::Actual, context),
        BlockReason::RedirectModeError => redirect_mode_error::explain(context),
        BlockReason::LocationInvalid(value) => location::explain_invalid(value, context),
        BlockReason::LocationMultiple => location::explain_multiple(context),
        BlockReason::LocationScheme(scheme) => location::explain_scheme(scheme, context),
        BlockReason::LocationCredentials => location::explain_credentials(context),
        BlockReason::TooManyRedirects => redirect_limits::explain_too_many(context),
        BlockReason::RedirectStreamBody => redirect_limits::explain_stream_body(context),
        BlockReason::CrossOriginResourcePolicy => cross_origin_resource_policy::explain(context),
        BlockReason::LocalNetworkAccess => local_network_access::explain(context),
        BlockReason::OpaqueResponseBlocking => opaque_response_blocking::explain(context),
        BlockReason::UserAgentRefusal(name) => user_agent_refusal::explain(name, context),
    }
}

fn cors_check(failure: &CorsCheckFailure, stage: Stage, context: &Context) -> Explanation {
    match failure {
        CorsCheckFailure::AllowOriginMissing => allow_origin_missing::explain(stage, context),
        CorsCheckFailure::AllowOriginMismatch { value, origin, lines } => {
            allow_origin_mismatch::explain(value, origin, *lines, stage, context)
        }
        CorsCheckFailure::WildcardWithCredentials => wildcard_with_credentials::explain(stage, context),
        CorsCheckFailure::AllowCredentialsNotTrue { value } => {
            allow_credentials::explain(value.as_deref(), stage, context)
        }
    }
}
