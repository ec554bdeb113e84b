//! Whole fetches.

use corsac_fetch::http_network_or_cache_fetch::include_credentials;
use corsac_fetch::main_fetch::{Branch, choose_branch};
use corsac_fetch::origin_header::request_origin_header;
use corsac_fetch::{
    FilteredResponse, HttpRequest, HttpResponse, OutcomeKind, PreflightCache, Request, ResponseType, Step,
};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Position;

use super::OperationError;
use super::byte_string::to_text;
use super::request_input::RequestInput;
use super::traffic::{Answer, Traffic, is_preflight, permissive_answer, reason_code, run};

pub(super) fn classify_request(input: RequestInput) -> Result<Value, OperationError> {
    let Ok(request) = input.to_request()? else {
        return Ok(json!({"outcome": "type-error"}));
    };
    let branch = match choose_branch(&request) {
        Ok(branch) => branch,
        Err(reason) => return Ok(json!({"outcome": "network-error", "reason": reason_code(&reason)})),
    };
    let traffic = run(request.clone(), &mut PreflightCache::default(), 0, |request| {
        Some(permissive_answer(request))
    });
    let preflight = traffic.sent.iter().find(|request| is_preflight(request));
    let actual = traffic.sent.iter().find(|request| !is_preflight(request));
    Ok(json!({
        "outcome": match branch {
            Branch::Basic => "basic",
            Branch::Opaque => "opaque",
            Branch::Cors => "cors",
            Branch::CorsWithPreflight => "cors-preflight",
        },
        "request": actual.map_or_else(|| unsent_request(&request, branch), |actual| json!({
            "method": to_text(&actual.method),
            "origin_header": header(actual, "origin"),
            "credentials": actual.include_credentials,
        })),
        "preflight": preflight.map(|preflight| json!({
            "method": to_text(&preflight.method),
            "accept": header(preflight, "accept"),
            "origin": header(preflight, "origin"),
            "access_control_request_method": header(preflight, "access-control-request-method"),
            "access_control_request_headers": header(preflight, "access-control-request-headers"),
            "credentials": preflight.include_credentials,
        })),
    }))
}

/// What a request to a URL that no server answers (`data:`, `blob:`) would have sent.
fn unsent_request(request: &Request, branch: Branch) -> Value {
    let response_tainting = branch.response_tainting();
    json!({
        "method": to_text(request.method()),
        "origin_header": request_origin_header(
            request.origin(),
            request.url_list(),
            request.method(),
            request.mode(),
            response_tainting,
            request.referrer_policy(),
        ),
        "credentials": include_credentials(request.credentials(), response_tainting),
    })
}

#[derive(Deserialize)]
pub(super) struct RedirectsInput {
    request: RequestInput,
    hops: Vec<Hop>,
}

#[derive(Deserialize)]
struct Hop {
    preflight_answer: Option<Answer>,
    response: Option<Answer>,
}

pub(super) fn fetch_with_redirects(input: RedirectsInput) -> Result<Value, OperationError> {
    let Ok(request) = input.request.to_request()? else {
        return Ok(json!({"requests": [], "outcome": {"type": "type-error"}}));
    };
    let traffic = run(request, &mut PreflightCache::default(), 0, |request| {
        let hop = input.hops.get(request.hop)?;
        let answer = if is_preflight(request) {
            &hop.preflight_answer
        } else {
            &hop.response
        };
        answer.clone().map(HttpResponse::from)
    });
    let requests: Vec<Value> = traffic
        .sent
        .iter()
        .map(|sent| sent_request(sent, &input.request))
        .collect();
    Ok(json!({"requests": requests, "outcome": outcome(&traffic)}))
}

fn sent_request(sent: &HttpRequest, input: &RequestInput) -> Value {
    let mut members = json!({
        "type": if is_preflight(sent) { "preflight" } else { "request" },
        "method": to_text(&sent.method),
        "url": without_user_info_and_fragment(sent),
        "credentials": sent.include_credentials,
        "origin_header": header(sent, "origin"),
    });
    let further = if is_preflight(sent) {
        json!({
            "access_control_request_method": header(sent, "access-control-request-method"),
            "access_control_request_headers": header(sent, "access-control-request-headers"),
        })
    } else {
        json!({"author_headers": author_headers(sent, input), "body": sent.body.is_some()})
    };
    if let (Value::Object(members), Value::Object(further)) = (&mut members, further) {
        members.extend(further);
    }
    members
}

/// The names of the author's headers that are still on the list, and the implied Content-Type.
fn author_headers(sent: &HttpRequest, input: &RequestInput) -> Vec<String> {
    let mut names: Vec<String> = sent
        .headers
        .iter()
        .map(|(name, _)| to_text(name).to_ascii_lowercase())
        .filter(|name| name == "content-type" || input.has_header(name))
        .collect();
    names.sort();
    names.dedup();
    names
}

fn without_user_info_and_fragment(sent: &HttpRequest) -> String {
    let mut url = sent.url.clone();
    url.set_fragment(None);
    // Both fail only for URLs that cannot have user info.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.to_string()
}

fn outcome(traffic: &Traffic) -> Value {
    let (OutcomeKind::Shared(response) | OutcomeKind::Opaque(response)) = &traffic.outcome.kind else {
        return match &traffic.outcome.kind {
            OutcomeKind::Blocked { reason, .. } => json!({"type": "error", "reason": reason_code(reason)}),
            OutcomeKind::Shared(_) | OutcomeKind::Opaque(_) => Value::Null,
        };
    };
    let mut members = json!({
        "type": response_type(response),
        "status": response.status,
        "redirected": response.redirected,
    });
    if let Value::Object(members) = &mut members {
        match &response.url {
            // "serialized with exclude fragment set to true": what a script sees.
            Some(url) => members.insert("url".to_owned(), json!(url[..Position::AfterQuery])),
            // An opaque filtered response hides its URL list. These vectors tell of the internal
            // response whether there was a redirect.
            None => members.insert(
                "redirected".to_owned(),
                json!(
                    traffic
                        .outcome
                        .trace
                        .iter()
                        .any(|step| matches!(step, Step::Redirected(_)))
                ),
            ),
        };
    }
    members
}

fn response_type(response: &FilteredResponse) -> &'static str {
    match response.response_type {
        ResponseType::Basic => "basic",
        ResponseType::Cors => "cors",
        ResponseType::Opaque => "opaque",
        ResponseType::OpaqueRedirect => "opaqueredirect",
    }
}

fn header(request: &HttpRequest, name: &str) -> Option<String> {
    request.headers.get(name).map(|value| to_text(&value))
}
