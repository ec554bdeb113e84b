//! Firefox: one line with the reason, and often a second that only says that it did not succeed.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use corsac_fetch::{BlockReason, CorsCheckFailure, Initiator, Mode};

use super::firefox_texts as texts;
use super::template::fill;
use crate::context::{Context, text};

pub(super) fn lines(reason: &BlockReason, context: &Context) -> Vec<String> {
    let url = context.current_url.as_str();
    match reason {
        BlockReason::MixedContent => Vec::from([fill(texts::MIXED_CONTENT, &[("url", url)])]),
        BlockReason::SameOriginMode => Vec::from([security_error(texts::SAME_ORIGIN_MODE, context)]),
        BlockReason::NoCorsRedirectMode | BlockReason::RedirectModeError | BlockReason::BadPort(_) => {
            Vec::new()
        }
        BlockReason::SchemeNotHttp(scheme) => match scheme.as_str() {
            "file" => Vec::from([security_error(texts::LINK_FORBIDDEN, context)]),
            _ => Vec::from([blocked(texts::NOT_HTTP, context)]),
        },
        BlockReason::CorsCheck(failure) => {
            let mut lines = Vec::from([cors_check(failure, context)]);
            if context.location().is_some() {
                lines.push(did_not_succeed(context));
            }
            lines.extend(of_initiator(context));
            lines
        }
        BlockReason::PreflightCorsCheck(failure) => preflight(cors_check(failure, context), context),
        BlockReason::PreflightStatus(status) => {
            let status = status.to_string();
            preflight(
                blocked_with_status(texts::PREFLIGHT_STATUS, &status, context),
                context,
            )
        }
        BlockReason::PreflightAllowMethodsSyntax(item) => {
            preflight_value(texts::ALLOW_METHODS_SYNTAX, item, context)
        }
        BlockReason::PreflightAllowHeadersSyntax(item) => {
            preflight_value(texts::ALLOW_HEADERS_SYNTAX, item, context)
        }
        BlockReason::PreflightMethod(_) => preflight(blocked(texts::METHOD, context), context),
        BlockReason::PreflightHeader(name) | BlockReason::PreflightNonWildcardHeader(name) => {
            preflight_value(texts::HEADER, name, context)
        }
        BlockReason::PreflightNetwork(_) => Vec::from([did_not_succeed(context)]),
        BlockReason::LocationScheme(scheme) => location_scheme(scheme, context),
        BlockReason::CrossOriginResourcePolicy => Vec::from([fill(texts::RESOURCE_POLICY, &[("url", url)])]),
        BlockReason::Network(_)
        | BlockReason::LocationInvalid(_)
        | BlockReason::LocationMultiple
        | BlockReason::LocationCredentials
        | BlockReason::TooManyRedirects
        | BlockReason::RedirectStreamBody
        | BlockReason::LocalNetworkAccess
        | BlockReason::UnexpectedRange
        | BlockReason::UserAgentRefusal(_) => match context.mode {
            Mode::Cors => Vec::from([did_not_succeed(context)]),
            _ => Vec::new(),
        },
    }
}

/// `*` let `Authorization` pass a preflight.
pub(super) fn warnings(context: &Context) -> Vec<String> {
    context
        .differences
        .iter()
        .filter(|(name, _)| *name == "wildcard-covers-authorization")
        .map(|(_, url)| fill(texts::WILDCARD_AUTHORIZATION, &[("url", url)]))
        .collect()
}

/// A preflight's failure: a redirect is noted before the reason, the empty line comes after it.
fn preflight(reason: String, context: &Context) -> Vec<String> {
    let mut lines = Vec::new();
    if context.location().is_some() {
        lines.push(blocked(texts::EXTERNAL_REDIRECT, context));
    }
    lines.push(reason);
    lines.push(did_not_succeed(context));
    lines
}

fn preflight_value(template: &str, value: &[u8], context: &Context) -> Vec<String> {
    preflight(
        blocked(&fill(template, &[("value", &text(value))]), context),
        context,
    )
}

fn cors_check(failure: &CorsCheckFailure, context: &Context) -> String {
    match failure {
        CorsCheckFailure::AllowOriginMissing => {
            let status = context.status().unwrap_or_default().to_string();
            blocked_with_status(texts::ALLOW_ORIGIN_MISSING, &status, context)
        }
        CorsCheckFailure::AllowOriginMismatch { lines: 2.., .. } => {
            blocked(texts::ALLOW_ORIGIN_MULTIPLE, context)
        }
        CorsCheckFailure::AllowOriginMismatch { value, .. } => blocked(
            &fill(texts::ALLOW_ORIGIN_MISMATCH, &[("value", &text(value))]),
            context,
        ),
        CorsCheckFailure::WildcardWithCredentials => fill(
            texts::BLOCKED_QUOTED,
            &[("url", &context.current_url), ("reason", texts::WILDCARD)],
        ),
        CorsCheckFailure::AllowCredentialsNotTrue { .. } => blocked(texts::ALLOW_CREDENTIALS, context),
    }
}

fn location_scheme(scheme: &str, context: &Context) -> Vec<String> {
    let location = context.location().map(String::from).unwrap_or_default();
    let first = match scheme {
        "data" => fill(texts::DATA_REDIRECT, &[("url", &location)]),
        _ => fill(texts::BLOCKED, &[("url", &location), ("reason", texts::NOT_HTTP)]),
    };
    Vec::from([first, did_not_succeed(context)])
}

fn blocked(reason: &str, context: &Context) -> String {
    fill(
        texts::BLOCKED,
        &[("url", &context.current_url), ("reason", reason)],
    )
}

fn blocked_with_status(reason: &str, status: &str, context: &Context) -> String {
    blocked(reason, context) + &fill(texts::STATUS, &[("status", status)])
}

fn did_not_succeed(context: &Context) -> String {
    blocked_with_status(texts::DID_NOT_SUCCEED, texts::NO_STATUS, context)
}

fn security_error(template: &str, context: &Context) -> String {
    fill(
        template,
        &[("page_url", &context.page_url), ("url", &context.current_url)],
    )
}

/// What the element itself adds.
fn of_initiator(context: &Context) -> Option<String> {
    let template = match context.initiator {
        Initiator::Script => texts::SCRIPT,
        Initiator::ModuleScript => texts::MODULE_SCRIPT,
        Initiator::EventSource => texts::EVENT_SOURCE,
        Initiator::Fetch
        | Initiator::Xhr
        | Initiator::Beacon
        | Initiator::Image
        | Initiator::Style
        | Initiator::Font
        | Initiator::Media
        | Initiator::Manifest
        | Initiator::Worker => return None,
    };
    Some(fill(template, &[("url", &context.current_url)]))
}
