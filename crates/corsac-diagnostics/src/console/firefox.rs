//! Firefox: one line with the reason, and often a second that only says that it did not succeed.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use corsac_fetch::{BlockReason, CorsCheckFailure, Initiator, Mode, RedirectMode};
use url::Url;

use super::firefox_texts::{self as texts, Text};
use super::template::fill;
use crate::context::Context;

/// A line, with the category that Firefox files it under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) category: &'static str,
    pub(super) text: String,
}

pub(super) fn messages(reason: &BlockReason, context: &Context) -> Vec<Message> {
    let url = [("url", context.current_url.as_str())];
    match reason {
        // What is no http either is refused for that.
        BlockReason::MixedContent => match context.current_url.split_once(':') {
            Some((scheme, _)) if !matches!(scheme, "http" | "ws") => scheme_not_http(scheme, context),
            _ => mixed_content(context),
        },
        BlockReason::SameOriginMode => Vec::from([security_error(texts::SAME_ORIGIN_MODE, context)]),
        BlockReason::NoCorsRedirectMode | BlockReason::RedirectModeError => Vec::new(),
        BlockReason::SchemeNotHttp(scheme) => scheme_not_http(scheme, context),
        // Where a redirect leads is looked at before whether the page may read it.
        BlockReason::CorsCheck(_) if leads_to_blob(context) => location_scheme("blob", context),
        BlockReason::CorsCheck(failure) => {
            let mut lines = Vec::from([cors_check(failure, context)]);
            if is_followed_redirect(context) {
                lines.push(did_not_succeed(context));
            }
            lines.extend(of_initiator(context));
            lines
        }
        BlockReason::PreflightCorsCheck(failure) => {
            let mut lines = preflight(cors_check(failure, context), context);
            if is_followed_redirect(context) {
                lines.push(did_not_succeed(context));
            }
            lines
        }
        BlockReason::PreflightStatus(status) => preflight_status(*status, context),
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
        BlockReason::PreflightNetwork(_) => preflight(did_not_succeed(context), context),
        BlockReason::LocalNetworkAccess if context.mode == Mode::Cors && context.needs_preflight => {
            preflight(did_not_succeed(context), context)
        }
        BlockReason::LocationScheme(scheme) => location_scheme(scheme, context),
        BlockReason::CrossOriginResourcePolicy => Vec::from([message(texts::RESOURCE_POLICY, &url)]),
        // Without a redirect, the console stays empty.
        BlockReason::BadPort(_) if context.redirected => Vec::from([did_not_succeed_at(&context.url)]),
        BlockReason::BadPort(_) => Vec::new(),
        BlockReason::Network(_) if !is_cross_origin(context) => Vec::new(),
        BlockReason::LocationMultiple if !context.redirected && !is_cross_origin(context) => Vec::new(),
        BlockReason::Network(_)
        | BlockReason::LocationInvalid(_)
        | BlockReason::LocationMultiple
        | BlockReason::LocationCredentials
        | BlockReason::TooManyRedirects
        | BlockReason::RedirectStreamBody
        | BlockReason::LocalNetworkAccess
        | BlockReason::OpaqueResponseBlocking
        | BlockReason::UserAgentRefusal(_) => match context.mode {
            Mode::Cors => Vec::from([did_not_succeed(context)]),
            _ => Vec::new(),
        },
    }
}

fn scheme_not_http(scheme: &str, context: &Context) -> Vec<Message> {
    match scheme {
        "blob" => Vec::from([security_error(texts::SAME_ORIGIN_MODE, context)]),
        "file" => Vec::from([security_error(texts::LINK_FORBIDDEN, context)]),
        // One that does not decode.
        "data" => Vec::new(),
        _ if context.mode == Mode::NoCors => Vec::new(),
        _ => Vec::from([blocked(texts::NOT_HTTP, context)]),
    }
}

/// After a redirect, a second line that has nothing to add.
fn mixed_content(context: &Context) -> Vec<Message> {
    let first = message(texts::MIXED_CONTENT, &[("url", &context.current_url)]);
    let by = context.redirected_by.as_deref();
    let second = by.filter(|by| context.mode == Mode::Cors && is_cross_origin_url(by, context));
    core::iter::once(first)
        .chain(second.map(did_not_succeed_at))
        .collect()
}

/// `*` let `Authorization` pass a preflight.
pub(super) fn warnings(context: &Context) -> Vec<Message> {
    context
        .differences
        .iter()
        .filter(|(name, _)| *name == "wildcard-covers-authorization")
        .map(|(_, url)| message(texts::WILDCARD_AUTHORIZATION, &[("url", url)]))
        .collect()
}

/// A preflight's failure: the reason, then a line that has nothing to add.
fn preflight(reason: Message, context: &Context) -> Vec<Message> {
    Vec::from([reason, did_not_succeed(context)])
}

fn preflight_value(text: Text, value: &[u8], context: &Context) -> Vec<Message> {
    let reason = blocked_at(&context.current_url, text, &lossy(value));
    preflight(reason, context)
}

/// A preflight whose headers are right and whose status is not.
///
/// When it is a redirect, Firefox notes that, goes on to compare the origin of the redirected request
/// (which is `null` once the first origin is left), and only then looks at the status.
fn preflight_status(status: u16, context: &Context) -> Vec<Message> {
    let reason = blocked_with_status(texts::PREFLIGHT_STATUS, &status.to_string(), context);
    if !is_followed_redirect(context) {
        return preflight(reason, context);
    }
    let reason = match context.response_header_bytes("access-control-allow-origin") {
        Some(value) if leaves_origin(context) && value != b"*" && value != b"null" => {
            mismatch(&value, context)
        }
        _ => reason,
    };
    let mut lines = preflight(reason, context);
    lines.insert(0, blocked(texts::EXTERNAL_REDIRECT, context));
    lines
}

fn cors_check(failure: &CorsCheckFailure, context: &Context) -> Message {
    match failure {
        CorsCheckFailure::AllowOriginMissing => {
            let status = context.status().unwrap_or_default().to_string();
            blocked_with_status(texts::ALLOW_ORIGIN_MISSING, &status, context)
        }
        CorsCheckFailure::AllowOriginMismatch { .. } if has_several_lines(context) => {
            blocked(texts::ALLOW_ORIGIN_MULTIPLE, context)
        }
        CorsCheckFailure::AllowOriginMismatch { value, .. } => mismatch(value, context),
        CorsCheckFailure::WildcardWithCredentials => Message {
            category: texts::WILDCARD.category,
            text: fill(
                texts::BLOCKED_QUOTED,
                &[("url", &context.current_url), ("reason", texts::WILDCARD.text)],
            ),
        },
        CorsCheckFailure::AllowCredentialsNotTrue { .. } => blocked(texts::ALLOW_CREDENTIALS, context),
    }
}

fn mismatch(value: &[u8], context: &Context) -> Message {
    blocked_at(&context.current_url, texts::ALLOW_ORIGIN_MISMATCH, &lossy(value))
}

/// Firefox counts the lines whose name is spelt in this way only; it joins others before it looks.
fn has_several_lines(context: &Context) -> bool {
    context.response.as_ref().is_some_and(|response| {
        let lines = response.headers.iter();
        lines
            .filter(|(name, _)| *name == b"Access-Control-Allow-Origin")
            .count()
            > 1
    })
}

fn location_scheme(scheme: &str, context: &Context) -> Vec<Message> {
    let location = context.location().map(String::from).unwrap_or_default();
    let from_to = [("page_url", context.current_url.as_str()), ("url", &location)];
    let mut lines = Vec::new();
    match (scheme, context.mode) {
        ("data", _) => lines.push(message(texts::DATA_REDIRECT, &from_to)),
        ("file", Mode::Cors) => lines.push(message(texts::LINK_FORBIDDEN, &from_to)),
        ("blob", Mode::Cors) => lines.push(message(texts::SAME_ORIGIN_MODE, &from_to)),
        ("javascript", _) => {}
        (_, Mode::Cors) => lines.push(blocked_at(&location, texts::NOT_HTTP, "")),
        _ => {}
    }
    let is_tainted = context.request_origin() != context.page_origin;
    if context.mode == Mode::Cors && (is_cross_origin(context) || is_tainted) {
        lines.push(did_not_succeed(context));
    }
    lines
}

fn is_followed_redirect(context: &Context) -> bool {
    context.redirect == RedirectMode::Follow && context.location().is_some()
}

/// Whether the redirect leads to another origin than it came from.
fn leaves_origin(context: &Context) -> bool {
    match (Url::parse(&context.current_url), context.location()) {
        (Ok(url), Some(location)) => url.origin() != location.origin(),
        _ => false,
    }
}

fn is_cross_origin(context: &Context) -> bool {
    is_cross_origin_url(&context.current_url, context)
}

fn is_cross_origin_url(url: &str, context: &Context) -> bool {
    Url::parse(url).map_or(true, |url| context.is_cross_origin(&url))
}

fn leads_to_blob(context: &Context) -> bool {
    context.redirect == RedirectMode::Follow && context.location().is_some_and(|url| url.scheme() == "blob")
}

fn blocked(text: Text, context: &Context) -> Message {
    blocked_at(&context.current_url, text, "")
}

fn blocked_at(url: &str, text: Text, value: &str) -> Message {
    let reason = fill(text.text, &[("value", value)]);
    Message {
        category: text.category,
        text: fill(texts::BLOCKED, &[("url", url), ("reason", &reason)]),
    }
}

fn blocked_with_status(text: Text, status: &str, context: &Context) -> Message {
    blocked(text, context).with_status(status)
}

fn did_not_succeed(context: &Context) -> Message {
    did_not_succeed_at(&context.current_url)
}

fn did_not_succeed_at(url: &str) -> Message {
    blocked_at(url, texts::DID_NOT_SUCCEED, "").with_status(texts::NO_STATUS)
}

fn security_error(text: Text, context: &Context) -> Message {
    message(
        text,
        &[("page_url", &context.page_url), ("url", &context.current_url)],
    )
}

fn message(text: Text, values: &[(&str, &str)]) -> Message {
    Message {
        category: text.category,
        text: fill(text.text, values),
    }
}

impl Message {
    fn with_status(mut self, status: &str) -> Self {
        self.text.push_str(&fill(texts::STATUS, &[("status", status)]));
        self
    }
}

/// What the element itself adds.
fn of_initiator(context: &Context) -> Option<Message> {
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
        | Initiator::Audio
        | Initiator::Track
        | Initiator::Preload
        | Initiator::Worker
        | Initiator::Iframe
        | Initiator::Form
        | Initiator::WebSocket => return None,
    };
    Some(message(template, &[("url", &context.current_url)]))
}

/// Firefox replaces bytes that are not UTF-8.
fn lossy(value: &[u8]) -> String {
    String::from_utf8_lossy(value).into_owned()
}
