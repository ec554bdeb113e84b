//! HTTP fetch, <https://fetch.spec.whatwg.org/#http-fetch>: the preflight before a request, and the
//! checks of its answer.

use alloc::boxed::Box;
use alloc::vec::Vec;

use corsac::method::is_cors_safelisted_method;

use crate::block_reason::BlockReason;
use crate::client::EmbedderPolicy;
use crate::cors_check::cors_check_failures;
use crate::cors_preflight_fetch::{evaluate_preflight_response, grant_of_refusal};
use crate::cross_origin_resource_policy::{cross_origin_resource_policy_check, is_same_site_by_address};
use crate::fetch::{Fetch, Need};
use crate::http_message::{HttpRequestKind, HttpResponse};
use crate::http_network_or_cache_fetch::includes_credentials;
use crate::location_url::{is_redirect_status, location_url_by};
use crate::network_error::NetworkError;
use crate::opaque_response_blocking::{OpaqueResponse, opaque_response};
use crate::outcome::Step;
use crate::preflight_cache::PreflightCache;
use crate::request::Request;
use crate::request_init::Initiator;
use crate::request_modes::{RedirectMode, ResponseTainting};
use crate::tao_check::tao_check;

impl Fetch {
    /// HTTP fetch with makeCORSPreflight true: asks the cache, then the server.
    pub(crate) fn preflight(mut self: Box<Self>, cache: &mut PreflightCache, now: u64) -> Need {
        let header_names = self.request.unsafe_header_names();
        if cache.allows(&self.request, &header_names, now) {
            self.trace.push(Step::PreflightCached);
            return self.send(HttpRequestKind::Actual, cache);
        }
        let method = &self.request.method;
        self.trace.push(Step::PreflightNeeded {
            method: (!is_cors_safelisted_method(method)).then(|| method.clone()),
            header_names,
            use_cors_preflight_flag: self.request.use_cors_preflight_flag,
        });
        self.send(HttpRequestKind::Preflight, cache)
    }

    /// CORS-preflight fetch, from its answer on.
    pub(crate) fn preflight_answered(
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
    pub(crate) fn answered(
        mut self: Box<Self>,
        response: &HttpResponse,
        cache: &mut PreflightCache,
        now: u64,
    ) -> Need {
        let mut checks = self.check_response(response);
        if !is_redirect_status(response.status) {
            match opaque_response(&self.request, response) {
                OpaqueResponse::Allowed => {}
                OpaqueResponse::Blocked => checks.push(BlockReason::OpaqueResponseBlocking),
                OpaqueResponse::Emptied(step) => self.trace.push(step),
            }
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
            RedirectMode::Manual if self.is_unparsable(response) => {
                let location = response.headers.get("location").unwrap_or_default();
                self.network_error(BlockReason::LocationInvalid(location).into(), cache)
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
                    embedder_policy(request, response),
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
            // "If the cross-origin resource policy check with request's origin, [...] response, and true
            // returns blocked, then set response to a network error": navigating a frame.
            // (204 and 205 navigate nowhere.)
            ResponseTainting::Basic
                if request.initiator == Initiator::Iframe && !matches!(response.status, 204 | 205) =>
            {
                let is_exempt = is_redirect_status(response.status)
                    && request.user_agent.profile().redirected_frame_needs_no_policy;
                let check = cross_origin_resource_policy_check(
                    request.origin(),
                    request.current_url(),
                    &response.headers,
                    embedder_policy(request, response),
                    true,
                    true,
                );
                if check.is_err() && !is_exempt {
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

    /// Whether redirect mode `manual` refuses this answer's Location.
    fn is_unparsable(&self, response: &HttpResponse) -> bool {
        let profile = self.request.user_agent.profile();
        let location = location_url_by(profile, &response.headers, self.request.current_url());
        profile.manual_redirect_needs_url && matches!(location, Err(BlockReason::LocationInvalid(_)))
    }

    /// Whether redirect mode `error` has nothing against this answer with a redirect status.
    fn is_let_through(&self, response: &HttpResponse) -> bool {
        let profile = self.request.user_agent.profile();
        let location = location_url_by(profile, &response.headers, self.request.current_url());
        profile.redirect_error_needs_location && location == Ok(None)
    }
}

/// The embedder policy that asks an answer for a resource policy: none where the answer has one that the
/// user agent takes.
fn embedder_policy(request: &Request, response: &HttpResponse) -> EmbedderPolicy {
    let is_enough = request.user_agent.profile().unknown_resource_policy_is_enough
        && response.headers.contains("cross-origin-resource-policy");
    match is_enough {
        true => EmbedderPolicy::UnsafeNone,
        false => request.client.embedder_policy,
    }
}
