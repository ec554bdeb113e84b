//! Main fetch: which way a request goes, <https://fetch.spec.whatwg.org/#main-fetch>.
//!
//! Left out: preloaded responses, Content Security Policy, Integrity Policy, HSTS.

use alloc::boxed::Box;
use alloc::string::ToString;

use corsac::Origin;
use url::{Host, Url};

use crate::block_reason::BlockReason;
use crate::fetch::{Fetch, Need};
use crate::http_message::HttpRequestKind;
use crate::mixed_content::{is_mixed_content, upgrade_mixed_content};
use crate::outcome::Step;
use crate::port_blocking::bad_port;
use crate::preflight_cache::PreflightCache;
use crate::profile_entry::UNSPECIFIED_ADDRESS;
use crate::request::Request;
use crate::request_init::Initiator;
use crate::request_modes::{Mode, RedirectMode, ReferrerPolicy, ResponseTainting};
use crate::scheme_fetch::scheme_fetch;
use crate::user_agent_refusal::refusal_of_scheme;

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
    let profile = request.user_agent.profile();
    if let Some(port) = bad_port(current_url).filter(|port| !profile.unblocked_ports.contains(port)) {
        return Err(BlockReason::BadPort(port));
    }
    let preflight_comes_first = profile.redirected_preflight_may_be_mixed_content
        && request.url_list().len() > 1
        && request.mode == Mode::Cors
        && request.needs_cors_preflight();
    if is_mixed_content(request) && !preflight_comes_first {
        return Err(BlockReason::MixedContent);
    }
    if profile.refuses_unspecified_address && is_unspecified_address(current_url) {
        return Err(BlockReason::UserAgentRefusal(UNSPECIFIED_ADDRESS));
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
    if request.needs_cors_preflight() {
        return Ok(Branch::CorsWithPreflight);
    }
    Ok(Branch::Cors)
}

fn is_unspecified_address(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_unspecified(),
        Some(Host::Ipv6(address)) => address.is_unspecified(),
        Some(Host::Domain(_)) | None => false,
    }
}

impl Fetch {
    /// Main fetch, <https://fetch.spec.whatwg.org/#main-fetch>, up to the response.
    pub(crate) fn main_fetch(mut self: Box<Self>, cache: &mut PreflightCache, now: u64) -> Need {
        let request = &mut self.request;
        if matches!(
            request.initiator,
            Initiator::Image | Initiator::Media | Initiator::Audio
        ) && upgrade_mixed_content(
            request.user_agent.profile(),
            &request.client.origin,
            request.url_list.current_mut(),
        ) {
            self.trace
                .push(Step::Upgraded(request.url_list.current().clone()));
        }
        // "If request's referrer policy is the empty string, then set request's referrer policy to
        // request's policy container's referrer policy." (Its default: the page sets none.)
        if request.referrer_policy == ReferrerPolicy::Empty {
            request.referrer_policy = ReferrerPolicy::StrictOriginWhenCrossOrigin;
        }
        let branch = match choose_branch(request) {
            Ok(branch) => branch,
            Err(reason) => return self.network_error(reason.into(), cache),
        };
        request.response_tainting = branch.response_tainting();
        if branch == Branch::CorsWithPreflight {
            self.clears_cache_entries = true;
            request.remember_preflight();
        }
        match branch {
            Branch::Basic | Branch::Opaque if !matches!(request.current_url().scheme(), "http" | "https") => {
                if let Some(reason) = refusal_of_scheme(request) {
                    return self.network_error(reason.into(), cache);
                }
                match scheme_fetch(request) {
                    Ok(response) => self.done(&response),
                    Err(reason) => self.network_error(reason.into(), cache),
                }
            }
            Branch::CorsWithPreflight => self.preflight(cache, now),
            Branch::Basic | Branch::Opaque | Branch::Cors => self.send(HttpRequestKind::Actual, cache),
        }
    }
}
