//! CORS-preflight fetch: the question asked before the request, and the reading of its answer,
//! <https://fetch.spec.whatwg.org/#cors-preflight-fetch>.

use alloc::vec::Vec;
use core::str;

use corsac::Origin;
use corsac::header::is_cors_non_wildcard_request_header_name;
use corsac::method::is_cors_safelisted_method;

use crate::block_reason::BlockReason;
use crate::cors_check::cors_check_failures;
use crate::extract_header_list_values::{ExtractFailure, extract_delta_seconds, extract_token_list};
use crate::header_list::HeaderList;
use crate::http_message::HttpResponse;
use crate::network_error::NetworkError;
use crate::profile::MaxAgeSyntax;
use crate::profile_entry::WILDCARD_COVERS_AUTHORIZATION;
use crate::request::Request;
use crate::request_modes::CredentialsMode;

/// What a preflight's answer allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreflightGrant {
    /// The extracted methods, in order. With the use-CORS-preflight flag and no
    /// `Access-Control-Allow-Methods`, the request's own.
    pub methods: Vec<Vec<u8>>,
    /// The extracted header names, in order.
    pub header_names: Vec<Vec<u8>>,
    /// For how many seconds it may be remembered.
    pub max_age: u64,
    /// The profile's differences without which the answer would have been refused.
    pub profile: Vec<&'static str>,
}

/// The headers that make a preflight, in order: `Accept`, `Access-Control-Request-Method`,
/// `Access-Control-Request-Headers`.
#[must_use]
pub fn preflight_headers(request: &Request) -> HeaderList {
    let mut headers = HeaderList::new();
    headers.append("Accept", "*/*");
    headers.append("Access-Control-Request-Method", request.method.as_slice());
    let names = request.unsafe_header_names();
    if !names.is_empty() {
        // "Let value be the items in headers separated from each other by `,`." (No space.)
        headers.append("Access-Control-Request-Headers", names.join(&b','));
    }
    headers
}

/// Reads the answer to a preflight for a request, from the CORS check to the max-age.
/// `max_age_limit` is the imposed limit, in seconds.
///
/// # Errors
/// Every step that returns a network error, the first one deciding. Steps that depend on a list that
/// does not parse are not judged.
pub fn evaluate_preflight_response(
    request: &Request,
    response: &HttpResponse,
    max_age_limit: Option<u64>,
) -> Result<PreflightGrant, NetworkError> {
    let mut failures = Vec::new();
    let mut profile = Vec::new();
    // "If a CORS check for request and response returns success and response's status is an ok
    // status": with the request's credentials mode, not the preflight's.
    if !is_exempt_from_cors_check(request) {
        failures.extend(
            cors_check_failures(
                &request.preflight_origin(),
                request.credentials,
                &response.headers,
            )
            .into_iter()
            .map(BlockReason::PreflightCorsCheck),
        );
    }
    if !matches!(response.status, 200..=299) {
        failures.push(BlockReason::PreflightStatus(response.status));
    }
    // "If either methods or headerNames is failure, return a network error."
    let methods = match extract_token_list(&response.headers, "access-control-allow-methods") {
        Ok(methods) => Some(allowed_methods(methods, request)),
        Err(ExtractFailure { item }) => {
            failures.push(BlockReason::PreflightAllowMethodsSyntax(item));
            None
        }
    };
    let header_names = match extract_token_list(&response.headers, "access-control-allow-headers") {
        Ok(header_names) => Some(header_names.unwrap_or_default()),
        Err(ExtractFailure { item }) => {
            failures.push(BlockReason::PreflightAllowHeadersSyntax(item));
            None
        }
    };
    if let Some(methods) = &methods {
        failures.extend(method_failure(request, methods));
    }
    if let Some(header_names) = &header_names {
        failures.extend(header_failures(request, header_names, &mut profile));
    }
    NetworkError::from_reasons(failures)?;
    Ok(PreflightGrant {
        methods: methods.unwrap_or_default(),
        header_names: header_names.unwrap_or_default(),
        max_age: max_age(
            request.user_agent.profile().max_age_syntax,
            &response.headers,
            max_age_limit,
        ),
        profile,
    })
}

/// What an answer allows although it does not allow this request: `None` unless the method or a
/// header is all that it was refused for.
pub(crate) fn grant_of_refusal(
    request: &Request,
    response: &HttpResponse,
    max_age_limit: Option<u64>,
    error: &NetworkError,
) -> Option<PreflightGrant> {
    // The first reason decides: the answer passed everything before it.
    if !matches!(
        error.reason,
        BlockReason::PreflightMethod(_)
            | BlockReason::PreflightHeader(_)
            | BlockReason::PreflightNonWildcardHeader(_)
    ) {
        return None;
    }
    let list = |name| extract_token_list(&response.headers, name).ok().flatten();
    Some(PreflightGrant {
        methods: list("access-control-allow-methods").unwrap_or_default(),
        header_names: list("access-control-allow-headers").unwrap_or_default(),
        max_age: max_age(
            request.user_agent.profile().max_age_syntax,
            &response.headers,
            max_age_limit,
        ),
        profile: Vec::new(),
    })
}

/// Whether this is a preflight that the user agent takes for a same-origin request: it carries the
/// page's own origin and goes there.
fn is_exempt_from_cors_check(request: &Request) -> bool {
    request.user_agent.profile().preflight_origin_ignores_redirects
        && request
            .origin()
            .same_origin(&Origin::of_url(request.current_url()))
}

/// "If methods is null and request's use-CORS-preflight flag is set, then set methods to a new list
/// containing request's method."
fn allowed_methods(methods: Option<Vec<Vec<u8>>>, request: &Request) -> Vec<Vec<u8>> {
    let profile = request.user_agent.profile();
    match methods {
        Some(methods) => methods,
        None if request.use_cors_preflight_flag && !profile.preflight_flag_ignored_in_answers => {
            Vec::from([request.method.clone()])
        }
        None => Vec::new(),
    }
}

fn method_failure(request: &Request, methods: &[Vec<u8>]) -> Option<BlockReason> {
    // "If request's method is not in methods, request's method is not a CORS-safelisted method, and
    // request's credentials mode is "include" or methods does not contain `*`, then return a network
    // error."
    let allowed = methods.contains(&request.method)
        || is_cors_safelisted_method(&request.method)
        || wildcard_applies(request, methods);
    (!allowed).then(|| BlockReason::PreflightMethod(request.method.clone()))
}

fn header_failures(
    request: &Request,
    header_names: &[Vec<u8>],
    profile: &mut Vec<&'static str>,
) -> Vec<BlockReason> {
    let wildcard = wildcard_applies(request, header_names);
    let is_listed = |name: &[u8]| {
        header_names
            .iter()
            .any(|listed| listed.eq_ignore_ascii_case(name))
    };
    let mut failures = Vec::new();
    // "If one of request's header list's names is a CORS non-wildcard request-header name and is not
    // a byte-case-insensitive match for an item in headerNames, then return a network error."
    let non_wildcard_name = request
        .preflighted_headers()
        .iter()
        .map(|(name, _)| name)
        .find(|name| is_cors_non_wildcard_request_header_name(name) && !is_listed(name));
    if let Some(name) = non_wildcard_name {
        if wildcard && request.user_agent.profile().wildcard_covers_authorization {
            profile.push(WILDCARD_COVERS_AUTHORIZATION);
        } else {
            failures.push(BlockReason::PreflightNonWildcardHeader(name.to_ascii_lowercase()));
        }
    }
    // "For each unsafeName of the CORS-unsafe request-header names with request's header list, if
    // unsafeName is not a byte-case-insensitive match for an item in headerNames and request's
    // credentials mode is "include" or headerNames does not contain `*`, return a network error."
    for name in request.unsafe_header_names() {
        if !is_listed(&name) && !wildcard && !is_cors_non_wildcard_request_header_name(&name) {
            failures.push(BlockReason::PreflightHeader(name));
        }
    }
    failures
}

/// Whether a list contains `*` and the request's credentials mode lets it be a wildcard.
fn wildcard_applies(request: &Request, list: &[Vec<u8>]) -> bool {
    request.credentials != CredentialsMode::Include && list.iter().any(|item| item == b"*")
}

fn max_age(syntax: MaxAgeSyntax, headers: &HeaderList, limit: Option<u64>) -> u64 {
    // "If max-age is failure or null, then set max-age to 5."
    let max_age = match syntax {
        MaxAgeSyntax::Standard => extract_delta_seconds(headers, MAX_AGE).ok().flatten(),
        MaxAgeSyntax::Signed => signed_max_age(headers),
        MaxAgeSyntax::Strict => strict_max_age(headers),
    };
    let max_age = max_age.unwrap_or(5);
    // "If max-age is greater than an imposed limit on max-age, then set max-age to the imposed
    // limit."
    limit.map_or(max_age, |limit| max_age.min(limit))
}

/// A signed 64-bit number, below zero is zero; everything else is `None`.
fn signed_max_age(headers: &HeaderList) -> Option<u64> {
    let value = headers.get(MAX_AGE)?;
    let number: i64 = str::from_utf8(&value).ok()?.parse().ok()?;
    Some(number.max(0).unsigned_abs())
}

/// Digits; nothing is `None`, everything else is zero.
fn strict_max_age(headers: &HeaderList) -> Option<u64> {
    let value = headers.get(MAX_AGE).filter(|value| !value.is_empty())?;
    let seconds = extract_delta_seconds(headers, MAX_AGE).ok().flatten();
    Some(
        seconds
            .filter(|_| value.iter().all(u8::is_ascii_digit))
            .unwrap_or(0),
    )
}

const MAX_AGE: &str = "access-control-max-age";
