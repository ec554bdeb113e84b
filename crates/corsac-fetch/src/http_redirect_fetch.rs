//! HTTP-redirect fetch: what a redirect may do, and what it does to the request,
//! <https://fetch.spec.whatwg.org/#http-redirect-fetch>.

use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::vec::Vec;

use corsac::Origin;
use url::Url;

use crate::block_reason::BlockReason;
use crate::fetch::{Fetch, Need};
use crate::header_list::HeaderList;
use crate::http_message::HttpResponse;
use crate::location_url::{includes_credentials, location_url_by};
use crate::network_error::NetworkError;
use crate::outcome::Step;
use crate::preflight_cache::PreflightCache;
use crate::referrer::set_referrer_policy_on_redirect;
use crate::request::Request;
use crate::request_init::BodyKind;
use crate::request_modes::{Mode, ResponseTainting};

/// Every step of HTTP-redirect fetch that returns a network error for this redirect, in order.
#[must_use]
pub fn redirect_failures(request: &Request, status: u16, location_url: &Url) -> Vec<BlockReason> {
    let mut failures = Vec::new();
    // "If locationURL's scheme is not an HTTP(S) scheme, then return a network error."
    if !matches!(location_url.scheme(), "http" | "https") {
        failures.push(BlockReason::LocationScheme(location_url.scheme().to_string()));
    }
    // "If request's redirect count is 20, then return a network error."
    if request.redirect_count >= REDIRECT_LIMIT {
        failures.push(BlockReason::TooManyRedirects);
    }
    // "If request's mode is "cors", locationURL includes credentials, and request's origin is not
    // same origin with locationURL's origin, then return a network error." "If request's response
    // tainting is "cors" and locationURL includes credentials, then return a network error."
    if includes_credentials(location_url)
        && (request.user_agent.profile().location_credentials_refused
            || (request.mode == Mode::Cors && !request.origin().same_origin(&Origin::of_url(location_url)))
            || request.response_tainting == ResponseTainting::Cors)
    {
        failures.push(BlockReason::LocationCredentials);
    }
    // "If internalResponse's status is not 303, request's body is non-null, and request's body's
    // source is null, then return a network error." (A stream has no source.)
    if status != 303
        && request
            .body
            .as_ref()
            .is_some_and(|body| body.kind == BodyKind::Stream)
    {
        failures.push(BlockReason::RedirectStreamBody);
    }
    failures
}

/// The rest of HTTP-redirect fetch, up to main fetch: the request to the location.
pub(crate) fn redirect(request: &mut Request, status: u16, headers: &HeaderList, location_url: Url) {
    // "Increase request's redirect count by 1."
    request.redirect_count += 1;
    let leaves_origin = !Origin::of_url(request.current_url()).same_origin(&Origin::of_url(&location_url));
    if leaves_origin
        && request.method == b"DELETE"
        && request.user_agent.profile().redirected_delete_becomes_get
    {
        request.method = Vec::from(b"GET");
    }
    // "internalResponse's status is 301 or 302 and request's method is `POST`", or
    // "internalResponse's status is 303 and request's method is not `GET` or `HEAD`"
    let becomes_get = (matches!(status, 301 | 302) && request.method == b"POST")
        || (status == 303 && !matches!(request.method.as_slice(), b"GET" | b"HEAD"));
    let mut taken_names: &[&str] = &[];
    if becomes_get {
        // "Set request's method to `GET` and request's body to null." "For each headerName of
        // request-body-header name, delete headerName from request's header list."
        request.method = Vec::from(b"GET");
        request.body = None;
        taken_names = &REQUEST_BODY_HEADER_NAMES;
        for name in REQUEST_BODY_HEADER_NAMES {
            request.headers.delete(name);
        }
    }
    // "If request's current URL's origin is not same origin with locationURL's origin, then for each
    // headerName of CORS non-wildcard request-header name, delete headerName from request's header
    // list."
    if leaves_origin {
        request.headers.delete(AUTHORIZATION);
        request.kept_origin_header = None;
    }
    let authorization = leaves_origin.then_some(AUTHORIZATION);
    request.remember_headers_taken_by_redirect(taken_names.iter().copied().chain(authorization));
    // "Append locationURL to request's URL list."
    request.url_list.push(location_url);
    set_referrer_policy_on_redirect(request, headers);
}

/// The one CORS non-wildcard request-header name.
const AUTHORIZATION: &str = "authorization";

impl Fetch {
    /// HTTP-redirect fetch, <https://fetch.spec.whatwg.org/#http-redirect-fetch>.
    pub(crate) fn http_redirect_fetch(
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
}

/// How many redirects a fetch follows.
const REDIRECT_LIMIT: u8 = 20;

/// <https://fetch.spec.whatwg.org/#request-body-header-name>
const REQUEST_BODY_HEADER_NAMES: [&str; 4] = [
    "content-encoding",
    "content-language",
    "content-location",
    "content-type",
];
