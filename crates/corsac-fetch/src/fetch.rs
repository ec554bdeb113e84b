//! The state machine: fetching as a sequence of requests to send and answers to judge.
//!
//! Main fetch, HTTP fetch, HTTP-redirect fetch and CORS-preflight fetch each have a module of their
//! own for what they decide; this one is the order in which they call each other.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use url::Url;

use crate::block_reason::{BlockReason, NetworkFailure};
use crate::cors_check::cors_check_failures;
use crate::cors_preflight_fetch::{evaluate_preflight_response, grant_of_refusal};
use crate::cross_origin_resource_policy::{cross_origin_resource_policy_check, is_same_site_by_address};
use crate::header_list::HeaderList;
use crate::http_network_or_cache_fetch::{actual_request, includes_credentials, preflight_request};
use crate::http_redirect_fetch::{redirect, redirect_failures};
use crate::location_url::{is_redirect_status, location_url_by};
use crate::main_fetch::{Branch, choose_branch};
use crate::mixed_content::{is_mixed_content_by, upgrade_mixed_content};
use crate::network_error::NetworkError;
use crate::outcome::{FilteredResponse, Outcome, OutcomeKind, ResponseType, Step};
use crate::preflight_cache::PreflightCache;
use crate::request::{BodyKind, Initiator, RedirectMode, ReferrerPolicy, Request, ResponseTainting};
use crate::response_lines::{has_conflicting_lines, without_empty_lines};
use crate::scheme_fetch::scheme_fetch;
use crate::tao_check::tao_check;
use crate::user_agent_refusal::{refusal_of_body, refusal_of_request, refusal_of_scheme};

/// A fetch that waits for an answer.
#[derive(Clone, Debug)]
pub struct Fetch {
    request: Request,
    trace: Vec<Step>,
    waits_for: HttpRequestKind,
    /// Whether a main fetch of this chain took the branch that ends in "If
    /// corsWithPreflightResponse is a network error, then clear cache entries using request."
    clears_cache_entries: bool,
    is_new_connection_fetch: bool,
}

/// What the fetch needs next.
#[derive(Clone, Debug)]
pub enum Need {
    /// Send this request, then call [`Fetch::resume`] with its answer.
    Send(Box<Fetch>, HttpRequest),
    /// Nothing more.
    Done(Outcome),
}

/// An HTTP request to put on the wire.
///
/// Its headers are those the standard decides: the author's, `Accept`, `Origin`, `Referer`,
/// `Sec-Fetch-*`, `Access-Control-Request-*`. The transport adds `Host`, `User-Agent`,
/// `Content-Length`, `Accept-Encoding` and, with `include_credentials`, cookies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpRequest {
    /// Index into the chain of URLs: 0 is the URL asked for.
    pub hop: usize,
    /// Preflight or actual.
    pub kind: HttpRequestKind,
    /// The method.
    pub method: Vec<u8>,
    /// The URL, with the fragment and the user info that it has; neither goes on the wire.
    pub url: Url,
    /// The headers.
    pub headers: HeaderList,
    /// Whether cookies and other credentials go along.
    pub include_credentials: bool,
    /// The body.
    pub body: Option<Vec<u8>>,
}

/// Which of the two requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HttpRequestKind {
    /// A CORS-preflight request.
    Preflight,
    /// The request itself.
    Actual,
}

/// An answer as received. Values come without surrounding white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// All header lines in order.
    pub headers: HeaderList,
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
        let fetch = Box::new(Self {
            request,
            trace: Vec::new(),
            waits_for: HttpRequestKind::Actual,
            clears_cache_entries: false,
            is_new_connection_fetch: false,
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
                if has_conflicting_lines(profile, &response.headers) {
                    return self.no_answer(NetworkFailure::Malformed, cache);
                }
                if profile.empty_response_lines_are_dropped {
                    response.headers = without_empty_lines(&response.headers);
                }
                if response.status == 421 && !self.is_new_connection_fetch && self.body_can_be_sent_again() {
                    // "Set response to the result of running HTTP-network-or-cache fetch given
                    // fetchParams, isAuthenticationFetch, and true." (isNewConnectionFetch)
                    self.is_new_connection_fetch = true;
                    let kind = self.waits_for;
                    return self.send(kind, cache);
                }
                self.is_new_connection_fetch = false;
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

    /// Main fetch, <https://fetch.spec.whatwg.org/#main-fetch>, up to the response.
    fn main_fetch(mut self: Box<Self>, cache: &mut PreflightCache, now: u64) -> Need {
        let request = &mut self.request;
        if matches!(request.initiator, Initiator::Image | Initiator::Media)
            && upgrade_mixed_content(&request.client.origin, request.url_list.current_mut())
        {
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

    /// HTTP fetch with makeCORSPreflight true: asks the cache, then the server.
    fn preflight(mut self: Box<Self>, cache: &mut PreflightCache, now: u64) -> Need {
        let header_names = self.request.unsafe_header_names();
        if cache.allows(&self.request, &header_names, now) {
            self.trace.push(Step::PreflightCached);
            return self.send(HttpRequestKind::Actual, cache);
        }
        let method = &self.request.method;
        self.trace.push(Step::PreflightNeeded {
            method: (!corsac::method::is_cors_safelisted_method(method)).then(|| method.clone()),
            header_names,
            use_cors_preflight_flag: self.request.use_cors_preflight_flag,
        });
        self.send(HttpRequestKind::Preflight, cache)
    }

    fn send(mut self: Box<Self>, kind: HttpRequestKind, cache: &mut PreflightCache) -> Need {
        let http_request = match kind {
            HttpRequestKind::Preflight => preflight_request(&self.request),
            HttpRequestKind::Actual => {
                if let Some(reason) = refusal_of_body(self.request.user_agent.profile(), &self.request) {
                    return self.network_error(reason.into(), cache);
                }
                let profile = self.request.user_agent.profile();
                if is_mixed_content_by(profile, self.request.origin(), self.request.current_url()) {
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

    /// CORS-preflight fetch, from its answer on.
    fn preflight_answered(
        mut self: Box<Self>,
        response: &HttpResponse,
        cache: &mut PreflightCache,
        now: u64,
    ) -> Need {
        let profile = self.request.user_agent.profile();
        let max_age_limit = [profile.max_age_limit, cache.max_age_limit()]
            .into_iter()
            .flatten()
            .min();
        match evaluate_preflight_response(&self.request, response, max_age_limit) {
            Ok(grant) => {
                cache.store(&self.request, &grant, now);
                self.trace
                    .extend(grant.profile.iter().copied().map(Step::Profile));
                self.trace.push(Step::PreflightPassed {
                    max_age: grant.max_age,
                });
                self.send(HttpRequestKind::Actual, cache)
            }
            Err(error) => {
                if profile.preflight_cache_stores_refusals
                    && let Some(grant) = grant_of_refusal(&self.request, response, max_age_limit, &error)
                {
                    cache.store(&self.request, &grant, now);
                }
                self.network_error(error, cache)
            }
        }
    }

    /// HTTP fetch, <https://fetch.spec.whatwg.org/#http-fetch>, from the answer on.
    fn answered(mut self: Box<Self>, response: &HttpResponse, cache: &mut PreflightCache, now: u64) -> Need {
        let checks = self.check_response(response);
        if !is_redirect_status(response.status) {
            return match NetworkError::from_reasons(checks) {
                Ok(()) => self.done(response),
                Err(error) => self.network_error(error, cache),
            };
        }
        match self.request.redirect {
            RedirectMode::Error if self.is_let_through(response) => {
                match NetworkError::from_reasons(checks) {
                    Ok(()) => self.done(response),
                    Err(error) => self.network_error(error, cache),
                }
            }
            // "Set response to a network error."
            RedirectMode::Error => {
                let reasons = checks.into_iter().chain([BlockReason::RedirectModeError]);
                match NetworkError::from_reasons(reasons) {
                    Ok(()) => self.done(response),
                    Err(error) => self.network_error(error, cache),
                }
            }
            RedirectMode::Manual => match NetworkError::from_reasons(checks) {
                Ok(()) => self.done_opaque_redirect(response),
                Err(error) => self.network_error(error, cache),
            },
            RedirectMode::Follow => self.http_redirect_fetch(response, checks, cache, now),
        }
    }

    /// The checks that HTTP fetch makes of every answer: all that fail, in order.
    fn check_response(&mut self, response: &HttpResponse) -> Vec<BlockReason> {
        let request = &mut self.request;
        let mut failures = Vec::new();
        match request.response_tainting {
            // "If request's response tainting is "cors" and a CORS check for request and response
            // returns failure, then return a network error."
            ResponseTainting::Cors => {
                failures.extend(
                    cors_check_failures(
                        &request.serialized_origin(),
                        request.credentials,
                        &response.headers,
                    )
                    .into_iter()
                    .map(BlockReason::CorsCheck),
                );
                if failures.is_empty() {
                    self.trace.push(Step::CorsCheckPassed);
                }
            }
            // "If either request's response tainting or response's type is "opaque", and the
            // cross-origin resource policy check [...] returns blocked, then return a network error."
            ResponseTainting::Opaque => {
                let check = cross_origin_resource_policy_check(
                    request.origin(),
                    request.current_url(),
                    &response.headers,
                    request.client.embedder_policy,
                    includes_credentials(request),
                    false,
                );
                if check.is_err()
                    || (request.user_agent.profile().ip_address_is_no_site
                        && is_same_site_by_address(
                            request.origin(),
                            request.current_url(),
                            &response.headers,
                        ))
                {
                    failures.push(BlockReason::CrossOriginResourcePolicy);
                }
            }
            ResponseTainting::Basic => {}
        }
        // "If the TAO check for request and response returns failure, then set request's timing
        // allow failed flag."
        request.timing_allow_failed = tao_check(
            &request.client.origin,
            request.url_list.as_slice(),
            request.mode,
            request.response_tainting,
            request.timing_allow_failed,
            &response.headers,
        )
        .is_err();
        failures
    }

    /// HTTP-redirect fetch, <https://fetch.spec.whatwg.org/#http-redirect-fetch>.
    fn http_redirect_fetch(
        mut self: Box<Self>,
        response: &HttpResponse,
        mut failures: Vec<BlockReason>,
        cache: &mut PreflightCache,
        now: u64,
    ) -> Need {
        let location = location_url_by(
            self.request.user_agent.profile(),
            &response.headers,
            self.request.current_url(),
        );
        let location_url = match location {
            // "If locationURL is failure, then return a network error."
            Err(reason) => {
                failures.push(reason);
                None
            }
            Ok(None) => None,
            Ok(Some(location_url)) => {
                failures.extend(redirect_failures(&self.request, response.status, &location_url));
                Some(location_url)
            }
        };
        if let Err(error) = NetworkError::from_reasons(failures) {
            return self.network_error(error, cache);
        }
        // "If locationURL is null, then return response."
        let Some(location_url) = location_url else {
            return self.done(response);
        };
        self.trace.push(Step::Redirected(location_url.clone()));
        redirect(
            &mut self.request,
            response.status,
            &response.headers,
            location_url,
        );
        // "Return the result of running main fetch given fetchParams and recursive."
        self.main_fetch(cache, now)
    }

    /// Whether redirect mode `error` has nothing against this answer with a redirect status.
    fn is_let_through(&self, response: &HttpResponse) -> bool {
        let profile = self.request.user_agent.profile();
        let location = location_url_by(profile, &response.headers, self.request.current_url());
        profile.redirect_error_needs_location && location == Ok(None)
    }

    /// "request's body is null, or request's body is non-null and request's body's source is
    /// non-null". (A stream has no source.)
    fn body_can_be_sent_again(&self) -> bool {
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
    fn done(self: Box<Self>, response: &HttpResponse) -> Need {
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
    fn done_opaque_redirect(self: Box<Self>, response: &HttpResponse) -> Need {
        let kind = OutcomeKind::Opaque(FilteredResponse::opaque_redirect(&self.request, response));
        Need::Done(Outcome {
            kind,
            trace: self.trace,
        })
    }

    /// The end of main fetch with a network error.
    fn network_error(mut self: Box<Self>, error: NetworkError, cache: &mut PreflightCache) -> Need {
        if self.clears_cache_entries && !self.request.user_agent.profile().preflight_cache_survives_failure {
            cache.clear(&self.request);
        }
        self.trace.push(Step::Blocked(error.reason.clone()));
        Need::Done(Outcome {
            kind: OutcomeKind::Blocked {
                reason: error.reason,
                also: error.also,
            },
            trace: self.trace,
        })
    }
}

/// The `Accept` value that fetching appends, by destination.
const fn default_accept(initiator: Initiator) -> &'static str {
    match initiator {
        Initiator::Image => "image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
        Initiator::Style => "text/css,*/*;q=0.1",
        Initiator::EventSource => "text/event-stream",
        Initiator::Fetch
        | Initiator::Xhr
        | Initiator::Beacon
        | Initiator::Script
        | Initiator::ModuleScript
        | Initiator::Font
        | Initiator::Media
        | Initiator::Manifest
        | Initiator::Worker => "*/*",
    }
}
