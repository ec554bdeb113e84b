//! WebKit: the reason without a URL, then a line with the URL and no reason.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use corsac_fetch::{BlockReason, CorsCheckFailure, Initiator, Mode, NetworkFailure};
use url::Url;

use super::template::fill;
use super::webkit_header::named_header;
use super::webkit_texts as texts;
use crate::context::{Context, text};

pub(super) fn lines(reason: &BlockReason, context: &Context) -> Vec<String> {
    let url = [("url", context.current_url.as_str())];
    match reason {
        BlockReason::BadPort(port) => {
            let values = [
                ("url", context.current_url.as_str()),
                ("value", &port.to_string()),
            ];
            Vec::from([fill(texts::RESTRICTED_PORT, &values)])
        }
        BlockReason::MixedContent => {
            let values = [
                ("page_url", context.page_url.as_str()),
                ("url", &context.current_url),
            ];
            not_allowed(fill(texts::MIXED_CONTENT, &values), context)
        }
        BlockReason::SameOriginMode if context.redirected => {
            let values = [
                ("url", context.current_url.as_str()),
                ("origin", &context.page_origin),
            ];
            with_last_line(fill(texts::UNSAFE_ATTEMPT, &values), context)
        }
        BlockReason::SameOriginMode => Vec::from([fill(texts::SAME_ORIGIN_MODE, &url)]),
        BlockReason::NoCorsRedirectMode => not_allowed(texts::NO_CORS_REDIRECT_MODE.to_string(), context),
        BlockReason::SchemeNotHttp(scheme) => scheme_not_http(scheme, context),
        BlockReason::CorsCheck(failure) => {
            with_last_line(in_redirection(cors_check(failure, context), context), context)
        }
        BlockReason::PreflightCorsCheck(failure) => with_last_line(cors_check(failure, context), context),
        BlockReason::PreflightStatus(status) => {
            let reason = fill(texts::PREFLIGHT_STATUS, &[("status", &status.to_string())]);
            with_last_line(reason, context)
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
        BlockReason::PreflightHeader(_) | BlockReason::PreflightNonWildcardHeader(_) => {
            let name = named_header(reason, context);
            with_last_line(fill(texts::HEADER, &[("value", &name)]), context)
        }
        BlockReason::PreflightNetwork(failure) => with_last_line(network(*failure, context), context),
        BlockReason::RedirectModeError => with_last_line(fill(texts::REDIRECT_MODE_ERROR, &url), context),
        BlockReason::LocationInvalid(value) if value.is_empty() => Vec::new(),
        BlockReason::LocationInvalid(value) => {
            let values = [("location", &*text(value)), ("reason", texts::LOCATION_SCHEME)];
            with_last_line(fill(texts::REDIRECTION, &values), context)
        }
        BlockReason::LocationScheme(scheme) => location_scheme(scheme, context),
        BlockReason::LocationCredentials => {
            let location = context.location().map(String::from).unwrap_or_default();
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
        BlockReason::UserAgentRefusal("unspecified-address") => {
            Vec::from([fill(texts::RESTRICTED_HOST, &url)])
        }
        // The console stays empty.
        BlockReason::Network(_)
        | BlockReason::RedirectStreamBody
        | BlockReason::LocalNetworkAccess
        | BlockReason::OpaqueResponseBlocking
        | BlockReason::UserAgentRefusal(_) => Vec::new(),
    }
}

/// The reason, then what the API or element adds.
fn with_last_line(reason: String, context: &Context) -> Vec<String> {
    with_last_line_at(reason, &context.current_url, context)
}

fn with_last_line_at(reason: String, url: &str, context: &Context) -> Vec<String> {
    let url = without_user_info(url);
    let template = match context.initiator {
        Initiator::Fetch => texts::FETCH,
        Initiator::Xhr => texts::XHR,
        Initiator::EventSource => texts::EVENT_SOURCE,
        Initiator::Image => texts::IMAGE,
        Initiator::Script => texts::SCRIPT,
        Initiator::Beacon => {
            return Vec::from([fill(texts::BEACON, &[("url", &url), ("reason", &reason)])]);
        }
        Initiator::Font => return Vec::new(),
        Initiator::ModuleScript
        | Initiator::Style
        | Initiator::Media
        | Initiator::Audio
        | Initiator::Track
        | Initiator::Preload
        | Initiator::Worker
        | Initiator::Iframe
        | Initiator::Form
        | Initiator::WebSocket => return Vec::from([reason]),
    };
    Vec::from([reason, fill(template, &[("url", &url)])])
}

/// A request that is not even made.
fn not_allowed(reason: String, context: &Context) -> Vec<String> {
    let mut lines = with_last_line(reason, context);
    lines.insert(lines.len().min(1), texts::NOT_ALLOWED.to_string());
    lines
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
    // WebKit replaces bytes that are not UTF-8.
    let value = context.response_header_bytes(name).unwrap_or_default();
    let value = String::from_utf8_lossy(&value);
    with_last_line(fill(template, &[("value", &value)]), context)
}

/// When the answer is a redirect, WebKit says that it is the redirection that is denied.
fn in_redirection(reason: String, context: &Context) -> String {
    match context.location() {
        Some(location) if location.as_str() != context.current_url => {
            let location = without_user_info(location.as_str());
            fill(
                texts::REDIRECTION,
                &[("location", &location), ("reason", &reason)],
            )
        }
        _ => reason,
    }
}

fn scheme_not_http(scheme: &str, context: &Context) -> Vec<String> {
    let url = [("url", context.current_url.as_str())];
    match (scheme, context.mode) {
        ("file", Mode::NoCors) => not_allowed(fill(texts::LOCAL_RESOURCE, &url), context),
        ("ftp", Mode::NoCors) => with_last_line(texts::FTP.to_string(), context),
        (_, Mode::NoCors) => Vec::new(),
        _ => with_last_line(texts::NOT_HTTP.to_string(), context),
    }
}

fn location_scheme(scheme: &str, context: &Context) -> Vec<String> {
    match (scheme, context.mode) {
        ("ftp", _) => with_last_line_at(texts::FTP.to_string(), &context.url, context),
        (_, Mode::Cors) => with_last_line(
            in_redirection(texts::LOCATION_SCHEME.to_string(), context),
            context,
        ),
        _ => {
            let location = context.location().map(String::from).unwrap_or_default();
            with_last_line_at(texts::REDIRECT_NOT_HTTP.to_string(), &location, context)
        }
    }
}

fn without_user_info(url: &str) -> String {
    match Url::parse(url) {
        Ok(mut url) if !url.username().is_empty() || url.password().is_some() => {
            // Both fail only for URLs that cannot have user info.
            let _ = url.set_username("").and_then(|()| url.set_password(None));
            String::from(url)
        }
        _ => url.to_string(),
    }
}

fn network(failure: NetworkFailure, context: &Context) -> String {
    let host = Url::parse(&context.current_url)
        .ok()
        .and_then(|url| url.host_str().map(String::from))
        .unwrap_or_default();
    let value = [("value", host.trim_matches(['[', ']']))];
    match failure {
        NetworkFailure::Dns => fill(texts::UNKNOWN_NAME, &value),
        NetworkFailure::Connect => fill(texts::REFUSED, &value),
        NetworkFailure::Tls | NetworkFailure::Closed | NetworkFailure::Timeout => texts::CLOSED.to_string(),
        NetworkFailure::Malformed => texts::MALFORMED.to_string(),
    }
}
