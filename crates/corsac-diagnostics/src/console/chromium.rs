//! Chromium: one sentence with the reason at its end, then the network stack's name for the failure.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use corsac_fetch::local_network_access::host_address_space;
use corsac_fetch::{AddressSpace, BlockReason, Initiator, NetworkFailure};
use url::Url;

use super::chromium_texts as texts;
use super::cors_error::{CorsError, PROXY_AUTHENTICATION_REQUIRED, cors_error};
use super::template::fill;
use crate::context::Context;

pub(super) fn lines(reason: &BlockReason, context: &Context) -> Vec<String> {
    if let Some(error) = cors_error(reason, context) {
        return blocked(&error, context);
    }
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
        BlockReason::UserAgentRefusal("about-blank") => scheme_not_http("about", context),
        BlockReason::PreflightNetwork(failure) | BlockReason::Network(failure) => {
            Vec::from([failed(network_error(*failure))])
        }
        BlockReason::LocationInvalid(_) => Vec::from([failed("net::ERR_INVALID_REDIRECT")]),
        BlockReason::LocationMultiple => Vec::from([failed("net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION")]),
        BlockReason::LocationScheme(scheme) => Vec::from([failed(location_scheme_error(scheme))]),
        BlockReason::PreflightStatus(PROXY_AUTHENTICATION_REQUIRED)
        | BlockReason::UserAgentRefusal("proxy-authentication") => {
            Vec::from([failed("net::ERR_UNEXPECTED_PROXY_AUTH")])
        }
        BlockReason::TooManyRedirects => Vec::from([failed("net::ERR_TOO_MANY_REDIRECTS")]),
        BlockReason::CrossOriginResourcePolicy => Vec::from([failed(resource_policy_error(context))]),
        BlockReason::UserAgentRefusal("stream-body") => {
            Vec::from([failed("net::ERR_ALPN_NEGOTIATION_FAILED")])
        }
        BlockReason::UserAgentRefusal("header-forbidden-by-network-stack") => {
            Vec::from([failed("net::ERR_INVALID_ARGUMENT")])
        }
        BlockReason::UserAgentRefusal("unrepeatable-response-headers") => {
            Vec::from([failed(repeated_header_error(context))])
        }
        // The console stays empty.
        BlockReason::OpaqueResponseBlocking | BlockReason::LocationCredentials => Vec::new(),
        // The others have codes.
        BlockReason::RedirectModeError
        | BlockReason::RedirectStreamBody
        | BlockReason::CorsCheck(_)
        | BlockReason::PreflightCorsCheck(_)
        | BlockReason::PreflightStatus(_)
        | BlockReason::PreflightAllowMethodsSyntax(_)
        | BlockReason::PreflightAllowHeadersSyntax(_)
        | BlockReason::PreflightMethod(_)
        | BlockReason::PreflightHeader(_)
        | BlockReason::PreflightNonWildcardHeader(_)
        | BlockReason::LocalNetworkAccess
        | BlockReason::UserAgentRefusal(_) => Vec::from([failed("net::ERR_FAILED")]),
    }
}

/// The sentence and the line below it.
fn blocked(error: &CorsError, context: &Context) -> Vec<String> {
    // What a refused scheme is about is the location, not the URL that led there.
    let location = match context.location() {
        Some(location) if error.code == "CorsDisabledScheme" => Some(String::from(location)),
        _ => None,
    };
    let url = location.as_deref().unwrap_or(&context.current_url);
    let redirected_from = match context.redirected || location.is_some() {
        true => fill(texts::REDIRECTED_FROM, &[("url", &context.url)]),
        false => String::new(),
    };
    let values = [
        ("kind", kind(context.initiator)),
        ("url", url),
        ("redirected_from", &redirected_from),
        ("origin", &context.page_origin),
        ("reason", &reason_text(error, context)),
    ];
    Vec::from([fill(texts::ACCESS, &values), failed("net::ERR_FAILED")])
}

/// The sentence for a code.
fn reason_text(error: &CorsError, context: &Context) -> String {
    if let Some(code) = error.code.strip_prefix("Preflight") {
        let reason = match code {
            "DisallowedRedirect" => String::from(texts::PREFLIGHT_REDIRECT),
            "InvalidStatus" => String::from(texts::PREFLIGHT_STATUS),
            code => cors_check_text(code, &error.value, context),
        };
        return fill(texts::PREFLIGHT, &[("reason", &reason)]);
    }
    let value = [("value", error.value.as_str())];
    match error.code {
        "InvalidAllowMethodsPreflightResponse" => String::from(texts::ALLOW_METHODS_SYNTAX),
        "InvalidAllowHeadersPreflightResponse" => String::from(texts::ALLOW_HEADERS_SYNTAX),
        "MethodDisallowedByPreflightResponse" => fill(texts::METHOD, &value),
        "HeaderDisallowedByPreflightResponse" => fill(texts::HEADER, &value),
        "RedirectContainsCredentials" => String::from(texts::LOCATION_CREDENTIALS),
        "CorsDisabledScheme" => String::from(texts::SCHEMES),
        "LocalNetworkAccessPermissionDenied" => local_network(texts::LOCAL_NETWORK_DENIED, context),
        "InsecureLocalNetwork" => local_network(texts::LOCAL_NETWORK_INSECURE, context),
        code => cors_check_text(code, &error.value, context),
    }
}

/// The sentence for a code of the CORS check, without what makes it one of a preflight.
fn cors_check_text(code: &str, value: &str, context: &Context) -> String {
    let value = [("value", escaped(value))];
    let value = value.each_ref().map(|(name, value)| (*name, value.as_str()));
    let template = match code {
        "MissingAllowOriginHeader" => return String::from(texts::ALLOW_ORIGIN_MISSING),
        "WildcardOriginNotAllowed" => return with_credentials(String::from(texts::WILDCARD), context),
        "InvalidAllowCredentials" => {
            return with_credentials(fill(texts::ALLOW_CREDENTIALS, &value), context);
        }
        "MultipleAllowOriginValues" => texts::ALLOW_ORIGIN_MULTIPLE,
        "InvalidAllowOriginValue" => texts::ALLOW_ORIGIN_INVALID,
        _ => texts::ALLOW_ORIGIN_MISMATCH,
    };
    let mut reason = fill(template, &value);
    if context.initiator == Initiator::Fetch {
        reason.push_str(texts::VALID_VALUE);
    }
    reason
}

/// A header value as Chromium quotes it: what is not printable ASCII becomes `\u00E9`.
fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            ' '..='~' => escaped.push(character),
            _ => escaped.push_str(&format!("\\u{:04X}", u32::from(character))),
        }
    }
    escaped
}

fn failed(error: &str) -> String {
    fill(texts::FAILED_TO_LOAD, &[("error", error)])
}

fn with_credentials(reason: String, context: &Context) -> String {
    match context.initiator {
        Initiator::Xhr => reason + texts::WITH_CREDENTIALS,
        _ => reason,
    }
}

fn scheme_not_http(scheme: &str, context: &Context) -> Vec<String> {
    let values = [("url", context.current_url.as_str()), ("value", scheme)];
    let template = match (scheme, context.initiator) {
        // One that does not decode.
        ("data", _) => return Vec::from([failed("net::ERR_INVALID_URL")]),
        ("ftp", Initiator::Xhr) => texts::FTP,
        ("file", _) => texts::LOCAL_RESOURCE,
        _ => texts::SCHEME,
    };
    Vec::from([fill(template, &values)])
}

fn location_scheme_error(scheme: &str) -> &'static str {
    match scheme {
        "data" | "file" | "blob" | "about" => "net::ERR_UNSAFE_REDIRECT",
        _ => "net::ERR_UNKNOWN_URL_SCHEME",
    }
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

fn local_network(template: &str, context: &Context) -> String {
    let space = Url::parse(&context.current_url)
        .ok()
        .and_then(|url| host_address_space(&url.host()?));
    let space = match space {
        Some(AddressSpace::Loopback) => "loopback",
        Some(AddressSpace::Local) | None => "local",
        Some(AddressSpace::Public) => "public",
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
