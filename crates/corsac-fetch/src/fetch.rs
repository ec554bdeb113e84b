//! The state machine: fetching as a sequence of requests to send and answers to judge.
//!
//! Main fetch, HTTP fetch, HTTP-redirect fetch and CORS-preflight fetch each have a module of their
//! own for what they decide; this one is the order in which they call each other.

use alloc::boxed::Box;
use alloc::vec::Vec;

use url::Url;

use crate::block_reason::{BlockReason, NetworkFailure};
use crate::cors_check::cors_check_failures;
use crate::cors_preflight_fetch::evaluate_preflight_response;
use crate::cors_unsafe_request_header_names::cors_unsafe_request_header_names;
use crate::cross_origin_resource_policy::cross_origin_resource_policy_check;
use crate::header_list::HeaderList;
use crate::http_network_or_cache_fetch::{actual_request, includes_credentials, preflight_request};
use crate::http_redirect_fetch::{redirect, redirect_failures};
use crate::location_url::{is_redirect_status, location_url};
use crate::main_fetch::{Branch, choose_branch};
use crate::mixed_content::upgrade_mixed_content;
use crate::network_error::NetworkError;
use crate::outcome::{FilteredResponse, Outcome, OutcomeKind, ResponseType, Step};
use crate::preflight_cache::PreflightCache;
use crate::request::{Initiator, RedirectMode, ReferrerPolicy, Request, ResponseTainting};
use crate::scheme_fetch::scheme_fetch;
use crate::tao_check::tao_check;

/// A fetch that waits for an answer.
#[derive(Clone, Debug)]
pub struct Fetch {
    request: Request,
    trace: Vec<Step>,
    waits_for: HttpRequestKind,
    /// Whether a main fetch of this chain took the branch that ends in "If
    /// corsWithPreflightResponse is a network error, then clear cache entries using request."
    clears_cache_entries: bool,
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
        let fetch = Box::new(Self {
            request,
            trace: Vec::new(),
            waits_for: HttpRequestKind::Actual,
            clears_cache_entries: false,
        });
        fetch.main_fetch(cache, now)
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
            Ok(response) => {
                self.trace.push(Step::Received(response.clone()));
                match self.waits_for {
                    HttpRequestKind::Preflight => self.preflight_answered(&response, cache, now),
                    HttpRequestKind::Actual => self.answered(&response, cache, now),
                }
            }
            Err(failure) => {
                self.trace.push(Step::Failed(failure));
                let reason = match self.waits_for {
                    HttpRequestKind::Preflight => BlockReason::PreflightNetwork(failure),
                    HttpRequestKind::Actual => BlockReason::Network(failure),
                };
                self.network_error(reason.into(), cache)
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
        self.clears_cache_entries |= branch == Branch::CorsWithPreflight;
        match branch {
            Branch::Basic | Branch::Opaque if !matches!(request.current_url().scheme(), "http" | "https") => {
                match scheme_fetch(request.current_url()) {
                    Ok(response) => self.done(&response),
                    Err(reason) => self.network_error(reason.into(), cache),
                }
            }
            Branch::CorsWithPreflight => self.preflight(cache, now),
            Branch::Basic | Branch::Opaque | Branch::Cors => self.send(HttpRequestKind::Actual),
        }
    }

    /// HTTP fetch with makeCORSPreflight true: asks the cache, then the server.
    fn preflight(mut self: Box<Self>, cache: &mut PreflightCache, now: u64) -> Need {
        let header_names = cors_unsafe_request_header_names(&self.request.headers);
        if cache.allows(&self.request, &header_names, now) {
            self.trace.push(Step::PreflightCached);
            return self.send(HttpRequestKind::Actual);
        }
        let method = &self.request.method;
        self.trace.push(Step::PreflightNeeded {
            method: (!corsac::method::is_cors_safelisted_method(method)).then(|| method.clone()),
            header_names,
            use_cors_preflight_flag: self.request.use_cors_preflight_flag,
        });
        self.send(HttpRequestKind::Preflight)
    }

    fn send(mut self: Box<Self>, kind: HttpRequestKind) -> Need {
        let http_request = match kind {
            HttpRequestKind::Preflight => preflight_request(&self.request),
            HttpRequestKind::Actual => actual_request(&self.request),
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
                self.send(HttpRequestKind::Actual)
            }
            Err(error) => self.network_error(error, cache),
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
                if check.is_err() {
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
        let location = location_url(&response.headers, self.request.current_url());
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
        if self.clears_cache_entries {
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
