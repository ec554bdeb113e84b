//! Main fetch: which way a request goes, <https://fetch.spec.whatwg.org/#main-fetch>.
//!
//! Left out: preloaded responses, Content Security Policy, Integrity Policy, HSTS.

use alloc::string::ToString;

use corsac::Origin;
use corsac::method::is_cors_safelisted_method;

use crate::block_reason::BlockReason;
use crate::cors_unsafe_request_header_names::cors_unsafe_request_header_names;
use crate::mixed_content::is_blocked_as_mixed_content;
use crate::port_blocking::bad_port;
use crate::request::{Mode, RedirectMode, Request, ResponseTainting};

/// The statement of main fetch's switch that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Branch {
    /// Scheme fetch with response tainting `basic`.
    Basic,
    /// Scheme fetch with response tainting `opaque`.
    Opaque,
    /// HTTP fetch with response tainting `cors`.
    Cors,
    /// HTTP fetch with response tainting `cors` and makeCORSPreflight true.
    CorsWithPreflight,
}

impl Branch {
    /// The response tainting that the branch sets.
    #[must_use]
    pub const fn response_tainting(self) -> ResponseTainting {
        match self {
            Self::Basic => ResponseTainting::Basic,
            Self::Opaque => ResponseTainting::Opaque,
            Self::Cors | Self::CorsWithPreflight => ResponseTainting::Cors,
        }
    }
}

/// What main fetch does with a request's current URL.
///
/// # Errors
/// The step that returns a network error before anything is sent.
pub fn choose_branch(request: &Request) -> Result<Branch, BlockReason> {
    let current_url = request.current_url();
    if let Some(port) = bad_port(current_url) {
        return Err(BlockReason::BadPort(port));
    }
    if is_blocked_as_mixed_content(request.origin(), current_url) {
        return Err(BlockReason::MixedContent);
    }
    // "request's current URL's origin is same origin with request's origin, and request's response
    // tainting is "basic"", or "request's current URL's scheme is "data"", or "request's mode is
    // "navigate", "websocket" or "webtransport""
    if (request.response_tainting == ResponseTainting::Basic
        && Origin::of_url(current_url).same_origin(request.origin()))
        || current_url.scheme() == "data"
        || matches!(
            request.mode,
            Mode::Navigate | Mode::WebSocket | Mode::WebTransport
        )
    {
        return Ok(Branch::Basic);
    }
    match request.mode {
        // "request's mode is "same-origin"": "Return a network error."
        Mode::SameOrigin => return Err(BlockReason::SameOriginMode),
        // "If request's redirect mode is not "follow", then return a network error."
        Mode::NoCors if request.redirect != RedirectMode::Follow => {
            return Err(BlockReason::NoCorsRedirectMode);
        }
        Mode::NoCors => return Ok(Branch::Opaque),
        Mode::Cors | Mode::Navigate | Mode::WebSocket | Mode::WebTransport => {}
    }
    // "request's current URL's scheme is not an HTTP(S) scheme": "Return a network error."
    if !matches!(current_url.scheme(), "http" | "https") {
        return Err(BlockReason::SchemeNotHttp(current_url.scheme().to_string()));
    }
    // "request's use-CORS-preflight flag is set", or "request's unsafe-request flag is set and
    // either request's method is not a CORS-safelisted method or CORS-unsafe request-header names
    // with request's header list is not empty"
    if request.use_cors_preflight_flag
        || (request.unsafe_request_flag
            && (!is_cors_safelisted_method(&request.method)
                || !cors_unsafe_request_header_names(&request.headers).is_empty()))
    {
        return Ok(Branch::CorsWithPreflight);
    }
    Ok(Branch::Cors)
}
