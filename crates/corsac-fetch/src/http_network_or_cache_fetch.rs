//! What goes on the wire, <https://fetch.spec.whatwg.org/#http-network-or-cache-fetch>.
//!
//! Left out: the HTTP cache, prompts for credentials, and the headers that the transport adds.

use alloc::vec::Vec;

use corsac::Origin;
use corsac::site::{same_site, schemelessly_same_site};

use crate::client::EmbedderPolicy;
use crate::cors_preflight_fetch::preflight_headers;
use crate::fetch_metadata::{append_fetch_metadata_headers, append_preflight_metadata_headers};
use crate::header_list::HeaderList;
use crate::http_message::{HttpRequest, HttpRequestKind};
use crate::origin_header::request_origin_header;
use crate::profile::StorageAccessOrigin;
use crate::redirect_taint::{RedirectTaint, redirect_taint};
use crate::referrer::request_referrer;
use crate::request::Request;
use crate::request_init::Initiator;
use crate::request_modes::{CacheMode, CredentialsMode, Mode, ReferrerPolicy, ResponseTainting};

/// The request itself.
pub(crate) fn actual_request(request: &Request) -> HttpRequest {
    let mut headers = request.headers.clone();
    append_referer(&mut headers, request);
    append_origin(&mut headers, request);
    append_fetch_metadata_headers(&mut headers, request);
    let is_media = matches!(request.initiator, Initiator::Media | Initiator::Audio);
    if is_media && request.user_agent.profile().media_asks_for_range {
        append_if_absent(&mut headers, "Range", "bytes=0-");
    }
    append_cache_headers(&mut headers, request);
    HttpRequest {
        hop: request.url_list().len() - 1,
        kind: HttpRequestKind::Actual,
        method: request.method.clone(),
        url: request.current_url().clone(),
        headers,
        include_credentials: includes_credentials(request),
        body: request.body.as_ref().map(|body| body.bytes.clone()),
    }
}

/// The CORS-preflight request: "a new request whose method is `OPTIONS`", mode "cors" and response
/// tainting "cors". Its credentials mode is "same-origin", so no credentials go along.
pub(crate) fn preflight_request(request: &Request) -> HttpRequest {
    let mut headers = preflight_headers(request);
    append_referer(&mut headers, request);
    headers.append("Origin", request.preflight_origin());
    append_preflight_metadata_headers(&mut headers, request);
    HttpRequest {
        hop: request.url_list().len() - 1,
        kind: HttpRequestKind::Preflight,
        method: Vec::from(b"OPTIONS"),
        url: request.current_url().clone(),
        headers,
        include_credentials: false,
        body: None,
    }
}

/// The includeCredentials of this request's current hop.
pub(crate) fn includes_credentials(request: &Request) -> bool {
    // "If Cross-Origin-Embedder-Policy allows credentials with request returns false, then set
    // includeCredentials to false."
    include_credentials(request.credentials, request.response_tainting)
        && embedder_policy_allows_credentials(request)
}

/// Whether a request with this credentials mode and response tainting includes credentials, where
/// the embedder policy has nothing against it.
#[must_use]
pub fn include_credentials(credentials: CredentialsMode, response_tainting: ResponseTainting) -> bool {
    match credentials {
        CredentialsMode::Include => true,
        // "request's credentials mode is "same-origin" and request's response tainting is "basic""
        CredentialsMode::SameOrigin => response_tainting == ResponseTainting::Basic,
        CredentialsMode::Omit => false,
    }
}

/// Cross-Origin-Embedder-Policy allows credentials,
/// <https://fetch.spec.whatwg.org/#cross-origin-embedder-policy-allows-credentials>.
fn embedder_policy_allows_credentials(request: &Request) -> bool {
    // "If request's mode is not "no-cors", then return true."
    request.mode != Mode::NoCors
        || request.client.embedder_policy != EmbedderPolicy::Credentialless
        // "If request's origin is same origin with request's current URL's origin and request's
        // redirect-taint is not "same-origin", then return true."
        // DIFFERS: read without the "not", which would deny credentials to plain same-origin
        // requests and contradict the embedder policy's own text.
        || (request.origin().same_origin(&Origin::of_url(request.current_url()))
            && redirect_taint(request.origin(), request.url_list()) == RedirectTaint::SameOrigin)
}

fn append_referer(headers: &mut HeaderList, request: &Request) {
    if let Some(referrer) = request_referrer(request.origin(), request.current_url(), request.referrer_policy)
    {
        headers.append("Referer", referrer);
    }
}

fn append_origin(headers: &mut HeaderList, request: &Request) {
    let profile = request.user_agent.profile();
    let referrer_policy = match profile.origin_header_ignores_referrer_policy {
        true => ReferrerPolicy::UnsafeUrl,
        false => request.referrer_policy,
    };
    let origin_header = request_origin_header(
        request.origin(),
        request.url_list(),
        &request.method,
        request.mode,
        request.response_tainting,
        referrer_policy,
    );
    let origin_header = origin_header
        .or_else(|| request.kept_origin_header.clone())
        .or_else(|| carries_origin_besides(request).then(|| request.serialized_origin()));
    if let Some(origin) = origin_header {
        headers.append("Origin", origin);
    }
}

/// Whether the user agent sends `Origin` where the standard does not ask for it.
fn carries_origin_besides(request: &Request) -> bool {
    let profile = request.user_agent.profile();
    let is_of_element = matches!(
        request.initiator,
        Initiator::Image
            | Initiator::Script
            | Initiator::ModuleScript
            | Initiator::Style
            | Initiator::Font
            | Initiator::Track
    );
    (profile.element_gets_carry_origin && is_of_element && request.mode == Mode::Cors)
        || is_storage_access_inactive(request)
}

/// Whether a frame of another site asks the site of the whole tab, with credentials,
/// <https://privacycg.github.io/storage-access-headers/>: the value `inactive` brings `Origin` along.
fn is_storage_access_inactive(request: &Request) -> bool {
    let target = Origin::of_url(request.current_url());
    let top_level = Origin::from_serialization(&request.client.network_partition_key);
    let is_same_site = |site: &Origin| match request.user_agent.profile().storage_access_origin {
        StorageAccessOrigin::Never => false,
        StorageAccessOrigin::SameSite => same_site(site, &target),
        StorageAccessOrigin::SchemelesslySameSite => {
            let stays = |url| target.same_origin(&Origin::of_url(url));
            request.url_list().iter().all(stays) && schemelessly_same_site(site, &target)
        }
    };
    includes_credentials(request)
        && !schemelessly_same_site(request.origin(), &target)
        && top_level.is_some_and(|top_level| is_same_site(&top_level))
}

fn append_cache_headers(headers: &mut HeaderList, request: &Request) {
    // "If httpRequest's cache mode is "default" and httpRequest's header list contains
    // `If-Modified-Since`, `If-None-Match`, `If-Unmodified-Since`, `If-Match`, or `If-Range`, then
    // set httpRequest's cache mode to "no-store"."
    let is_conditional = CONDITIONAL_HEADER_NAMES.iter().any(|name| headers.contains(name));
    let cache_mode = match request.cache {
        CacheMode::Default if is_conditional => CacheMode::NoStore,
        cache_mode => cache_mode,
    };
    match cache_mode {
        // "append (`Cache-Control`, `max-age=0`) to httpRequest's header list"
        CacheMode::NoCache => append_if_absent(headers, "Cache-Control", "max-age=0"),
        // "If httpRequest's cache mode is "no-store" or "reload""
        CacheMode::NoStore | CacheMode::Reload => {
            append_if_absent(headers, "Pragma", "no-cache");
            append_if_absent(headers, "Cache-Control", "no-cache");
        }
        CacheMode::Default | CacheMode::ForceCache | CacheMode::OnlyIfCached => {}
    }
    // "If httpRequest's header list contains `Range`, then append (`Accept-Encoding`, `identity`)."
    if headers.contains("range") {
        headers.append("Accept-Encoding", "identity");
    }
}

fn append_if_absent(headers: &mut HeaderList, name: &str, value: &str) {
    if !headers.contains(name) {
        headers.append(name, value);
    }
}

const CONDITIONAL_HEADER_NAMES: [&str; 5] = [
    "if-modified-since",
    "if-none-match",
    "if-unmodified-since",
    "if-match",
    "if-range",
];
