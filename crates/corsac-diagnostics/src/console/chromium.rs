//! Chromium: one sentence with the reason at its end, then the network stack's name for the failure.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use corsac::Origin;
use corsac::trustworthy::is_origin_potentially_trustworthy;
use corsac_fetch::local_network_access::host_address_space;
use corsac_fetch::{AddressSpace, BlockReason, CorsCheckFailure, Initiator, Mode, NetworkFailure};
use url::Url;

use super::chromium_texts as texts;
use super::template::fill;
use crate::context::{Context, text};

pub(super) fn lines(reason: &BlockReason, context: &Context) -> Vec<String> {
    let url = [
        ("url", context.current_url.as_str()),
        ("origin", context.page_origin.as_str()),
    ];
    match reason {
        BlockReason::BadPort(_) => Vec::from([failed("net::ERR_UNSAFE_PORT")]),
        BlockReason::MixedContent => Vec::from([mixed_content(context)]),
        BlockReason::SameOriginMode if context.redirected => {
            let page = [
                ("url", context.current_url.as_str()),
                ("page_url", &context.page_url),
            ];
            Vec::from([fill(texts::UNSAFE_ATTEMPT, &page)])
        }
        BlockReason::SameOriginMode => Vec::from([fill(texts::SAME_ORIGIN_MODE, &url)]),
        BlockReason::NoCorsRedirectMode => Vec::from([fill(texts::NO_CORS_REDIRECT_MODE, &url)]),
        BlockReason::SchemeNotHttp(scheme) => scheme_not_http(scheme, context),
        BlockReason::CorsCheck(failure) => blocked(&cors_check(failure, context), context),
        BlockReason::PreflightCorsCheck(failure) => blocked(
            &fill(texts::PREFLIGHT, &[("reason", &cors_check(failure, context))]),
            context,
        ),
        BlockReason::PreflightStatus(_) if context.is_redirect() => blocked(
            &fill(texts::PREFLIGHT, &[("reason", texts::PREFLIGHT_REDIRECT)]),
            context,
        ),
        BlockReason::PreflightStatus(_) => blocked(
            &fill(texts::PREFLIGHT, &[("reason", texts::PREFLIGHT_STATUS)]),
            context,
        ),
        BlockReason::PreflightAllowMethodsSyntax(_) => blocked(texts::ALLOW_METHODS_SYNTAX, context),
        BlockReason::PreflightAllowHeadersSyntax(_) => blocked(texts::ALLOW_HEADERS_SYNTAX, context),
        BlockReason::PreflightMethod(method) => {
            blocked(&fill(texts::METHOD, &[("value", &text(method))]), context)
        }
        BlockReason::PreflightHeader(name) | BlockReason::PreflightNonWildcardHeader(name) => {
            blocked(&fill(texts::HEADER, &[("value", &text(name))]), context)
        }
        BlockReason::PreflightNetwork(failure) | BlockReason::Network(failure) => {
            Vec::from([failed(network_error(*failure))])
        }
        // The location is looked at first.
        BlockReason::RedirectModeError if redirects_with_credentials(context) => {
            blocked(texts::LOCATION_CREDENTIALS, context)
        }
        BlockReason::RedirectModeError | BlockReason::RedirectStreamBody => {
            Vec::from([failed("net::ERR_FAILED")])
        }
        BlockReason::LocationInvalid(_) => Vec::from([failed("net::ERR_INVALID_REDIRECT")]),
        BlockReason::LocationMultiple => Vec::from([failed("net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION")]),
        BlockReason::LocationScheme(scheme) => location_scheme(scheme, context),
        BlockReason::LocationCredentials if context.mode != Mode::Cors => Vec::new(),
        BlockReason::LocationCredentials => blocked(texts::LOCATION_CREDENTIALS, context),
        BlockReason::TooManyRedirects => Vec::from([failed("net::ERR_TOO_MANY_REDIRECTS")]),
        BlockReason::CrossOriginResourcePolicy => Vec::from([failed(resource_policy_error(context))]),
        BlockReason::LocalNetworkAccess => blocked(&local_network_access(context), context),
        BlockReason::UserAgentRefusal("stream-body") => {
            Vec::from([failed("net::ERR_ALPN_NEGOTIATION_FAILED")])
        }
        BlockReason::UserAgentRefusal("header-forbidden-by-network-stack") => {
            Vec::from([failed("net::ERR_INVALID_ARGUMENT")])
        }
        BlockReason::UserAgentRefusal("unrepeatable-response-headers") => {
            Vec::from([failed(repeated_header_error(context))])
        }
        BlockReason::UserAgentRefusal("about-blank") => scheme_not_http("about", context),
        // The console stays empty.
        BlockReason::OpaqueResponseBlocking => Vec::new(),
        BlockReason::UserAgentRefusal(_) => Vec::from([failed("net::ERR_FAILED")]),
    }
}

/// The sentence and the line below it.
fn blocked(reason: &str, context: &Context) -> Vec<String> {
    blocked_at(&context.current_url, context.redirected, reason, context)
}

fn blocked_at(url: &str, redirected: bool, reason: &str, context: &Context) -> Vec<String> {
    let redirected_from = if redirected {
        fill(texts::REDIRECTED_FROM, &[("url", &context.url)])
    } else {
        String::new()
    };
    let values = [
        ("kind", kind(context.initiator)),
        ("url", url),
        ("redirected_from", &redirected_from),
        ("origin", &context.page_origin),
        ("reason", reason),
    ];
    Vec::from([fill(texts::ACCESS, &values), failed("net::ERR_FAILED")])
}

/// A header value as Chromium quotes it: what is not printable ASCII becomes `\u00E9`.
fn escaped(value: &[u8]) -> String {
    let mut escaped = String::with_capacity(value.len());
    for &byte in value {
        match byte {
            b' '..=b'~' => escaped.push(char::from(byte)),
            _ => escaped.push_str(&format!("\\u{byte:04X}")),
        }
    }
    escaped
}

fn failed(error: &str) -> String {
    fill(texts::FAILED_TO_LOAD, &[("error", error)])
}

fn cors_check(failure: &CorsCheckFailure, context: &Context) -> String {
    match failure {
        CorsCheckFailure::AllowOriginMissing => texts::ALLOW_ORIGIN_MISSING.to_string(),
        CorsCheckFailure::AllowOriginMismatch { value, .. } => {
            let mut reason = fill(allow_origin(&text(value)), &[("value", &escaped(value))]);
            if context.initiator == Initiator::Fetch {
                reason.push_str(texts::VALID_VALUE);
            }
            reason
        }
        CorsCheckFailure::WildcardWithCredentials => with_credentials(texts::WILDCARD.to_string(), context),
        CorsCheckFailure::AllowCredentialsNotTrue { value } => {
            let value = value.as_deref().map(escaped).unwrap_or_default();
            with_credentials(fill(texts::ALLOW_CREDENTIALS, &[("value", &value)]), context)
        }
    }
}

/// The text for a value that is not the origin.
fn allow_origin(value: &str) -> &'static str {
    if value.contains([' ', ',']) {
        texts::ALLOW_ORIGIN_MULTIPLE
    } else if value != "null" && Url::parse(value).is_err() {
        texts::ALLOW_ORIGIN_INVALID
    } else {
        texts::ALLOW_ORIGIN_MISMATCH
    }
}

fn with_credentials(reason: String, context: &Context) -> String {
    match context.initiator {
        Initiator::Xhr => reason + texts::WITH_CREDENTIALS,
        _ => reason,
    }
}

fn scheme_not_http(scheme: &str, context: &Context) -> Vec<String> {
    let values = [("url", context.current_url.as_str()), ("value", scheme)];
    match (scheme, context.initiator) {
        ("ftp", Initiator::Xhr) => Vec::from([texts::FTP.to_string()]),
        ("file", _) => Vec::from([fill(texts::LOCAL_RESOURCE, &values)]),
        (_, Initiator::Fetch) => Vec::from([fill(texts::SCHEME, &values)]),
        _ => blocked(texts::SCHEMES, context),
    }
}

fn location_scheme(scheme: &str, context: &Context) -> Vec<String> {
    match (scheme, context.mode) {
        ("data" | "file" | "blob" | "about", _) => Vec::from([failed("net::ERR_UNSAFE_REDIRECT")]),
        (_, Mode::Cors) => blocked_at(&location(context), true, texts::SCHEMES, context),
        _ => Vec::from([failed("net::ERR_UNKNOWN_URL_SCHEME")]),
    }
}

fn redirects_with_credentials(context: &Context) -> bool {
    context.location().is_some_and(|url| {
        (!url.username().is_empty() || url.password().is_some()) && context.is_cross_origin(&url)
    })
}

fn location(context: &Context) -> String {
    context.location().map(String::from).unwrap_or_default()
}

fn mixed_content(context: &Context) -> String {
    let resource = match context.initiator {
        Initiator::Xhr => "XMLHttpRequest endpoint",
        _ => "resource",
    };
    let values = [
        ("page_url", context.page_url.as_str()),
        ("resource", resource),
        ("url", &context.current_url),
    ];
    fill(texts::MIXED_CONTENT, &values)
}

fn local_network_access(context: &Context) -> String {
    let space = Url::parse(&context.current_url)
        .ok()
        .and_then(|url| host_address_space(&url.host()?));
    let space = match space {
        Some(AddressSpace::Loopback) => "loopback",
        Some(AddressSpace::Local) | None => "local",
        Some(AddressSpace::Public) => "public",
    };
    let is_secure = Origin::from_serialization(&context.page_origin)
        .is_some_and(|origin| is_origin_potentially_trustworthy(&origin));
    let template = if is_secure {
        texts::LOCAL_NETWORK_DENIED
    } else {
        texts::LOCAL_NETWORK_INSECURE
    };
    fill(template, &[("value", space)])
}

fn resource_policy_error(context: &Context) -> &'static str {
    match context.response_header("cross-origin-resource-policy").as_deref() {
        Some("same-site") => "net::ERR_BLOCKED_BY_RESPONSE.NotSameSite",
        _ => "net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin",
    }
}

/// Which header came several times.
fn repeated_header_error(context: &Context) -> &'static str {
    let is_repeated = |name| {
        context
            .response
            .as_ref()
            .is_some_and(|response| response.headers.lines(name).count() > 1)
    };
    if is_repeated("content-length") {
        "net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH"
    } else if is_repeated("content-disposition") {
        "net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION"
    } else {
        "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION"
    }
}

const fn network_error(failure: NetworkFailure) -> &'static str {
    match failure {
        NetworkFailure::Dns => "net::ERR_NAME_NOT_RESOLVED",
        NetworkFailure::Connect => "net::ERR_CONNECTION_REFUSED",
        NetworkFailure::Tls => "net::ERR_SSL_PROTOCOL_ERROR",
        NetworkFailure::Closed => "net::ERR_EMPTY_RESPONSE",
        NetworkFailure::Timeout => "net::ERR_TIMED_OUT",
        NetworkFailure::Malformed => "net::ERR_INVALID_HTTP_RESPONSE",
    }
}

const fn kind(initiator: Initiator) -> &'static str {
    match initiator {
        Initiator::Fetch => "fetch",
        Initiator::Xhr => "XMLHttpRequest",
        Initiator::Image => "image",
        Initiator::Script | Initiator::ModuleScript | Initiator::Worker => "script",
        Initiator::Style => "CSS stylesheet",
        Initiator::Font => "font",
        Initiator::Media => "video",
        Initiator::Audio => "audio",
        Initiator::Track => "track",
        Initiator::Preload => "link element resource",
        Initiator::Beacon
        | Initiator::EventSource
        | Initiator::Iframe
        | Initiator::Form
        | Initiator::WebSocket => "resource",
    }
}
