//! Which of several faults of one answer a browser reports.

use corsac_fetch::{BlockReason, Mode, UserAgent};
use url::Url;

use crate::context::Context;

/// Of this reason and those in [`Context::also`], the one that the browser comes to first.
///
/// Chromium: redirect, origin and credentials, status, both lists, method, headers. Firefox: origin and
/// credentials, status, the list of methods and the method, the list of headers and the headers.
/// WebKit: status, origin and credentials, both lists, method, headers.
#[must_use]
pub fn reported_first<'a>(
    user_agent: UserAgent,
    reason: &'a BlockReason,
    context: &'a Context,
) -> &'a BlockReason {
    // The mode is looked at before the network stack or the content policy get to see the request.
    if context.mode == Mode::SameOrigin
        && is_refused_before_sending(reason)
        && leads_to_another_origin(context)
    {
        return &BlockReason::SameOriginMode;
    }
    core::iter::once(reason)
        .chain(&context.also)
        .min_by_key(|reason| rank(user_agent, reason, context))
        .unwrap_or(reason)
}

fn is_refused_before_sending(reason: &BlockReason) -> bool {
    matches!(
        reason,
        BlockReason::BadPort(_)
            | BlockReason::MixedContent
            | BlockReason::UserAgentRefusal("unspecified-address")
    )
}

fn leads_to_another_origin(context: &Context) -> bool {
    Url::parse(&context.current_url).is_ok_and(|url| context.is_cross_origin(&url))
}

/// Smaller is earlier; equal ones stay in the order of the standard.
fn rank(user_agent: UserAgent, reason: &BlockReason, context: &Context) -> u8 {
    let order = match user_agent {
        UserAgent::Standard => return 0,
        UserAgent::Chromium => CHROMIUM,
        UserAgent::Firefox => FIREFOX,
        UserAgent::WebKit => WEBKIT,
    };
    match reason {
        BlockReason::PreflightStatus(_) if context.is_redirect() => order.redirect,
        BlockReason::PreflightStatus(_) => order.status,
        BlockReason::PreflightCorsCheck(_) => order.cors_check,
        BlockReason::PreflightAllowMethodsSyntax(_) => order.allow_methods_syntax,
        BlockReason::PreflightAllowHeadersSyntax(_) => order.allow_headers_syntax,
        BlockReason::PreflightMethod(_) => order.method,
        BlockReason::PreflightHeader(_) | BlockReason::PreflightNonWildcardHeader(_) => order.header,
        // Reasons of other answers than a preflight's: in the order of the standard.
        BlockReason::BadPort(_)
        | BlockReason::MixedContent
        | BlockReason::SameOriginMode
        | BlockReason::NoCorsRedirectMode
        | BlockReason::SchemeNotHttp(_)
        | BlockReason::CorsCheck(_)
        | BlockReason::PreflightNetwork(_)
        | BlockReason::Network(_)
        | BlockReason::RedirectModeError
        | BlockReason::LocationInvalid(_)
        | BlockReason::LocationMultiple
        | BlockReason::LocationScheme(_)
        | BlockReason::LocationCredentials
        | BlockReason::TooManyRedirects
        | BlockReason::RedirectStreamBody
        | BlockReason::CrossOriginResourcePolicy
        | BlockReason::LocalNetworkAccess
        | BlockReason::OpaqueResponseBlocking
        | BlockReason::UserAgentRefusal(_) => 0,
    }
}

/// The order in which the checks of a preflight's answer are made.
struct Order {
    redirect: u8,
    cors_check: u8,
    status: u8,
    allow_methods_syntax: u8,
    allow_headers_syntax: u8,
    method: u8,
    header: u8,
}

const CHROMIUM: Order = Order {
    redirect: 1,
    cors_check: 2,
    status: 3,
    allow_methods_syntax: 4,
    allow_headers_syntax: 5,
    method: 6,
    header: 7,
};

const FIREFOX: Order = Order {
    cors_check: 1,
    redirect: 2,
    status: 2,
    allow_methods_syntax: 3,
    method: 4,
    allow_headers_syntax: 5,
    header: 6,
};

const WEBKIT: Order = Order {
    redirect: 1,
    status: 1,
    cors_check: 2,
    allow_methods_syntax: 3,
    allow_headers_syntax: 4,
    method: 5,
    header: 6,
};
