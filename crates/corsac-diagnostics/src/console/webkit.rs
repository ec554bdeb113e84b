//! WebKit: the reason without a URL, then a line with the URL and no reason.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use corsac::Origin;
use corsac_fetch::{BlockReason, CorsCheckFailure, Initiator, NetworkFailure};
use url::Url;

use super::template::fill;
use super::webkit_texts as texts;
use crate::context::{Context, text};

pub(super) fn lines(reason: &BlockReason, context: &Context) -> Vec<String> {
    let url = [("url", context.current_url.as_str())];
    match reason {
        BlockReason::BadPort(port) => {
            let port = port.to_string();
            Vec::from([fill(
                texts::RESTRICTED_PORT,
                &[("url", &context.current_url), ("value", &port)],
            )])
        }
        BlockReason::MixedContent => {
            let page = [
                ("page_url", context.page_url.as_str()),
                ("url", &context.current_url),
            ];
            let mut lines = with_last_line(fill(texts::MIXED_CONTENT, &page), context);
            lines.insert(1, texts::NOT_ALLOWED.to_string());
            lines
        }
        BlockReason::SameOriginMode => Vec::from([fill(texts::SAME_ORIGIN_MODE, &url)]),
        BlockReason::NoCorsRedirectMode => {
            let mut lines = with_last_line(texts::NO_CORS_REDIRECT_MODE.to_string(), context);
            lines.insert(1, texts::NOT_ALLOWED.to_string());
            lines
        }
        BlockReason::SchemeNotHttp(_) => with_last_line(texts::NOT_HTTP.to_string(), context),
        BlockReason::CorsCheck(failure) => {
            let reason = cors_check(failure, context);
            with_last_line(in_redirection(reason, context), context)
        }
        BlockReason::PreflightCorsCheck(failure) => with_last_line(cors_check(failure, context), context),
        BlockReason::PreflightStatus(status) => {
            let status = status.to_string();
            with_last_line(fill(texts::PREFLIGHT_STATUS, &[("status", &status)]), context)
        }
        BlockReason::PreflightAllowMethodsSyntax(_) => list(
            texts::ALLOW_METHODS_SYNTAX,
            "access-control-allow-methods",
            context,
        ),
        BlockReason::PreflightAllowHeadersSyntax(_) => list(
            texts::ALLOW_HEADERS_SYNTAX,
            "access-control-allow-headers",
            context,
        ),
        BlockReason::PreflightMethod(method) => {
            with_last_line(fill(texts::METHOD, &[("value", &text(method))]), context)
        }
        BlockReason::PreflightHeader(name) | BlockReason::PreflightNonWildcardHeader(name) => {
            with_last_line(fill(texts::HEADER, &[("value", &text(name))]), context)
        }
        BlockReason::PreflightNetwork(failure) | BlockReason::Network(failure) => {
            with_last_line(network(*failure, context), context)
        }
        BlockReason::RedirectModeError => with_last_line(fill(texts::REDIRECT_MODE_ERROR, &url), context),
        BlockReason::LocationInvalid(_) | BlockReason::LocationScheme(_) => with_last_line(
            in_redirection(texts::LOCATION_SCHEME.to_string(), context),
            context,
        ),
        BlockReason::LocationCredentials => {
            let location = location(context);
            let reason = fill(texts::LOCATION_CREDENTIALS, &[("location", &location)]);
            with_last_line(in_redirection(reason, context), context)
        }
        BlockReason::LocationMultiple | BlockReason::TooManyRedirects => {
            with_last_line(texts::TOO_MANY_REDIRECTS.to_string(), context)
        }
        BlockReason::CrossOriginResourcePolicy => {
            let reason = fill(texts::RESOURCE_POLICY, &url);
            with_last_line(in_redirection(reason, context), context)
        }
        BlockReason::RedirectStreamBody
        | BlockReason::LocalNetworkAccess
        | BlockReason::UnexpectedRange
        | BlockReason::UserAgentRefusal(_) => Vec::new(),
    }
}

/// The reason, then what the API or element adds.
fn with_last_line(reason: String, context: &Context) -> Vec<String> {
    let template = match context.initiator {
        Initiator::Fetch => texts::FETCH,
        Initiator::Xhr => texts::XHR,
        Initiator::EventSource => texts::EVENT_SOURCE,
        Initiator::Image => texts::IMAGE,
        Initiator::Script => texts::SCRIPT,
        Initiator::Beacon => {
            return Vec::from([fill(
                texts::BEACON,
                &[("url", &context.current_url), ("reason", &reason)],
            )]);
        }
        Initiator::ModuleScript
        | Initiator::Style
        | Initiator::Font
        | Initiator::Media
        | Initiator::Manifest
        | Initiator::Worker => return Vec::from([reason]),
    };
    let last = fill(template, &[("url", &context.current_url)]);
    Vec::from([reason, last])
}

fn cors_check(failure: &CorsCheckFailure, context: &Context) -> String {
    match failure {
        CorsCheckFailure::AllowOriginMismatch { value, .. } if value.contains(&b',') => {
            texts::ALLOW_ORIGIN_MULTIPLE.to_string()
        }
        CorsCheckFailure::AllowOriginMissing | CorsCheckFailure::AllowOriginMismatch { .. } => {
            let status = context.status().unwrap_or_default().to_string();
            let origin = context.request_origin();
            fill(texts::ALLOW_ORIGIN, &[("origin", &origin), ("status", &status)])
        }
        CorsCheckFailure::WildcardWithCredentials => texts::WILDCARD.to_string(),
        CorsCheckFailure::AllowCredentialsNotTrue { .. } => texts::ALLOW_CREDENTIALS.to_string(),
    }
}

fn list(template: &str, name: &str, context: &Context) -> Vec<String> {
    let value = context.response_header(name).unwrap_or_default();
    with_last_line(fill(template, &[("value", &value)]), context)
}

/// When the answer is a redirect, WebKit says that it is the redirection that is denied.
fn in_redirection(reason: String, context: &Context) -> String {
    if context.location().is_none() {
        return reason;
    }
    fill(
        texts::REDIRECTION,
        &[("location", &location(context)), ("reason", &reason)],
    )
}

fn location(context: &Context) -> String {
    context.location().map(String::from).unwrap_or_default()
}

fn network(failure: NetworkFailure, context: &Context) -> String {
    let host = Url::parse(&context.current_url)
        .ok()
        .and_then(|url| url.host_str().map(String::from))
        .unwrap_or_default();
    let host = host.trim_matches(['[', ']']);
    match failure {
        NetworkFailure::Dns => fill(texts::UNKNOWN_NAME, &[("value", host)]),
        NetworkFailure::Connect => fill(texts::REFUSED, &[("value", host)]),
        NetworkFailure::Tls | NetworkFailure::Closed | NetworkFailure::Timeout => texts::CLOSED.to_string(),
        NetworkFailure::Malformed => texts::MALFORMED.to_string(),
    }
}
