//! The state machine: fetching as a sequence of requests to send and answers to judge.
//!
//! Main fetch, HTTP fetch, HTTP-redirect fetch and CORS-preflight fetch each have a module of their
//! own for what they decide; this one is the order in which they call each other.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::block_reason::{BlockReason, NetworkFailure};
use crate::http_message::{HttpRequest, HttpRequestKind, HttpResponse};
use crate::http_network_or_cache_fetch::{actual_request, preflight_request};
use crate::local_network_access::is_refused_by_url;
use crate::mixed_content::is_mixed_content;
use crate::network_error::NetworkError;
use crate::outcome::{FilteredResponse, Outcome, OutcomeKind, ResponseType, Step};
use crate::preflight_cache::PreflightCache;
use crate::profile_entry::{PROXY_AUTHENTICATION, UNREPEATABLE_HEADERS};
use crate::request::Request;
use crate::request_init::{BodyKind, Initiator};
use crate::response_lines::{
    as_utf8, has_conflicting_lines, read_leniently, with_single_lines, without_empty_lines,
};
use crate::user_agent_refusal::{refusal_of_body, refusal_of_request};

/// A fetch that waits for an answer.
#[derive(Clone, Debug)]
pub struct Fetch {
    pub(crate) request: Request,
    pub(crate) trace: Vec<Step>,
    pub(crate) waits_for: HttpRequestKind,
    /// Whether a main fetch of this chain took the branch that ends in "If
    /// corsWithPreflightResponse is a network error, then clear cache entries using request."
    pub(crate) clears_cache_entries: bool,
    pub(crate) is_new_connection_fetch: bool,
    /// The Content-Type of an answer with status 421, where that adds to the next one's.
    pub(crate) misdirected_content_type: Option<Vec<u8>>,
}

/// What the fetch needs next.
#[derive(Clone, Debug)]
pub enum Need {
    /// Send this request, then call [`Fetch::resume`] with its answer.
    Send(Box<Fetch>, HttpRequest),
    /// Nothing more.
    Done(Outcome),
}

impl Fetch {
    /// Fetching, <https://fetch.spec.whatwg.org/#concept-fetch>. `now` is in milliseconds of any
    /// clock that does not go back.
    #[must_use]
    pub fn start(mut request: Request, cache: &mut PreflightCache, now: u64) -> Need {
        // "If request's header list does not contain `Accept`, then append (`Accept`, value) to
        // request's header list."
        if !request.headers.contains("accept") {
            request
                .headers
                .append("Accept", default_accept(request.initiator));
        }
        request.remember_for_redirects();
        let refusal = refusal_of_request(&request);
        cache.connect(&request);
        let fetch = Box::new(Self {
            request,
            trace: Vec::new(),
            waits_for: HttpRequestKind::Actual,
            clears_cache_entries: false,
            is_new_connection_fetch: false,
            misdirected_content_type: None,
        });
        match refusal {
            Some(reason) => fetch.network_error(reason.into(), cache),
            None => fetch.main_fetch(cache, now),
        }
    }

    /// Go on with the answer to the request that [`Need::Send`] asked for.
    #[must_use]
    pub fn resume(
        mut self: Box<Self>,
        answer: Result<HttpResponse, NetworkFailure>,
        cache: &mut PreflightCache,
        now: u64,
    ) -> Need {
        match answer {
            Ok(mut response) => {
                let profile = self.request.user_agent.profile();
                self.trace.push(Step::Received(response.clone()));
                if profile.lenient_response_lines {
                    response.headers = read_leniently(&response.headers);
                }
                if has_conflicting_lines(profile, &response.headers) {
                    return self
                        .network_error(BlockReason::UserAgentRefusal(UNREPEATABLE_HEADERS).into(), cache);
                }
                if let Some(content_type) = self.misdirected_content_type.take() {
                    response.headers.append("Content-Type", content_type);
                }
                if !profile.single_response_headers.is_empty() {
                    response.headers = with_single_lines(profile, &response.headers);
                }
                if profile.header_values_are_utf8 {
                    response.headers = as_utf8(&response.headers);
                }
                if profile.empty_response_lines_are_dropped {
                    response.headers = without_empty_lines(&response.headers);
                }
                if response.status == 421 && !self.is_new_connection_fetch && self.body_can_be_sent_again() {
                    // "Set response to the result of running HTTP-network-or-cache fetch given
                    // fetchParams, isAuthenticationFetch, and true." (isNewConnectionFetch)
                    self.is_new_connection_fetch = true;
                    if profile.misdirected_content_type_stays {
                        self.misdirected_content_type = response.headers.get("content-type");
                    }
                    let kind = self.waits_for;
                    return self.send(kind, cache);
                }
                self.is_new_connection_fetch = false;
                if response.status == 407
                    && self.waits_for == HttpRequestKind::Actual
                    && profile.refuses_proxy_authentication
                {
                    return self
                        .network_error(BlockReason::UserAgentRefusal(PROXY_AUTHENTICATION).into(), cache);
                }
                match self.waits_for {
                    HttpRequestKind::Preflight => self.preflight_answered(&response, cache, now),
                    HttpRequestKind::Actual => self.answered(&response, cache, now),
                }
            }
            Err(failure) => {
                self.trace.push(Step::Failed(failure));
                self.no_answer(failure, cache)
            }
        }
    }

    /// The request as it stands: its current URL, method and headers change with redirects.
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The steps taken so far.
    #[must_use]
    pub fn trace(&self) -> &[Step] {
        &self.trace
    }

    pub(crate) fn send(mut self: Box<Self>, kind: HttpRequestKind, cache: &mut PreflightCache) -> Need {
        if is_refused_by_url(&self.request) {
            return self.network_error(BlockReason::LocalNetworkAccess.into(), cache);
        }
        let http_request = match kind {
            HttpRequestKind::Preflight => preflight_request(&self.request),
            HttpRequestKind::Actual => {
                if let Some(reason) = refusal_of_body(self.request.user_agent.profile(), &self.request) {
                    return self.network_error(reason.into(), cache);
                }
                let profile = self.request.user_agent.profile();
                if is_mixed_content(&self.request) {
                    return self.network_error(BlockReason::MixedContent.into(), cache);
                }
                let http_request = actual_request(&self.request);
                if profile.redirect_keeps_origin_header {
                    let origin = http_request.headers.get("origin");
                    self.request.kept_origin_header =
                        origin.and_then(|origin| String::from_utf8(origin).ok());
                }
                http_request
            }
        };
        self.waits_for = kind;
        self.trace.push(Step::Sent(http_request.clone()));
        Need::Send(self, http_request)
    }

    /// "request's body is null, or request's body is non-null and request's body's source is
    /// non-null". (A stream has no source.)
    pub(crate) fn body_can_be_sent_again(&self) -> bool {
        self.request
            .body
            .as_ref()
            .is_none_or(|body| body.kind != BodyKind::Stream)
    }

    fn no_answer(self: Box<Self>, failure: NetworkFailure, cache: &mut PreflightCache) -> Need {
        let reason = match self.waits_for {
            HttpRequestKind::Preflight => BlockReason::PreflightNetwork(failure),
            HttpRequestKind::Actual => BlockReason::Network(failure),
        };
        self.network_error(reason.into(), cache)
    }

    /// The end of main fetch with a response.
    pub(crate) fn done(self: Box<Self>, response: &HttpResponse) -> Need {
        let filtered = FilteredResponse::new(&self.request, response);
        let kind = match filtered.response_type {
            ResponseType::Basic | ResponseType::Cors => OutcomeKind::Shared(filtered),
            ResponseType::Opaque | ResponseType::OpaqueRedirect => OutcomeKind::Opaque(filtered),
        };
        Need::Done(Outcome {
            kind,
            trace: self.trace,
        })
    }

    /// "Set response to an opaque-redirect filtered response."
    pub(crate) fn done_opaque_redirect(self: Box<Self>, response: &HttpResponse) -> Need {
        let kind = OutcomeKind::Opaque(FilteredResponse::opaque_redirect(&self.request, response));
        Need::Done(Outcome {
            kind,
            trace: self.trace,
        })
    }

    /// The end of main fetch with a network error.
    pub(crate) fn network_error(self: Box<Self>, error: NetworkError, cache: &mut PreflightCache) -> Need {
        Need::Done(self.blocked(error, cache))
    }

    /// The outcome of a network error.
    pub(crate) fn blocked(mut self: Box<Self>, error: NetworkError, cache: &mut PreflightCache) -> Outcome {
        if self.clears_cache_entries && !self.request.user_agent.profile().preflight_cache_survives_failure {
            cache.clear(&self.request);
        }
        self.trace.push(Step::Blocked(error.reason.clone()));
        Outcome {
            kind: OutcomeKind::Blocked {
                reason: error.reason,
                also: error.also,
            },
            trace: self.trace,
        }
    }
}

/// The `Accept` value that fetching appends, by destination.
const fn default_accept(initiator: Initiator) -> &'static str {
    match initiator {
        Initiator::Image => "image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
        Initiator::Style => "text/css,*/*;q=0.1",
        Initiator::EventSource => "text/event-stream",
        Initiator::Iframe | Initiator::Form => {
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        }
        Initiator::Fetch
        | Initiator::Xhr
        | Initiator::Beacon
        | Initiator::Script
        | Initiator::ModuleScript
        | Initiator::Font
        | Initiator::Media
        | Initiator::Audio
        | Initiator::Track
        | Initiator::Preload
        | Initiator::Worker
        | Initiator::WebSocket => "*/*",
    }
}
