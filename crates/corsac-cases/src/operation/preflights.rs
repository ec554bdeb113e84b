//! Preflights and their cache.

use corsac_fetch::cors_preflight_fetch as preflight;
use corsac_fetch::{BlockReason, HttpResponse, OutcomeKind, PreflightCache};
use serde::Deserialize;
use serde_json::{Value, json};

use super::OperationError;
use super::byte_string::to_text;
use super::checks::cors_check_step;
use super::request_input::RequestInput;
use super::traffic::{Answer, is_preflight, reason_code, run};

#[derive(Deserialize)]
pub(super) struct PreflightInput {
    request: RequestInput,
    response: Answer,
    #[serde(default)]
    max_age_limit: Option<u64>,
}

pub(super) fn evaluate_preflight_response(input: PreflightInput) -> Result<Value, OperationError> {
    let request = match input.request.to_request()? {
        Ok(request) => request,
        Err(reason) => return Err(OperationError::Input(format!("the API throws: {reason:?}"))),
    };
    let response = HttpResponse::from(input.response);
    let texts = |items: &[Vec<u8>]| -> Vec<String> { items.iter().map(|item| to_text(item)).collect() };
    let error = match preflight::evaluate_preflight_response(&request, &response, input.max_age_limit) {
        Ok(grant) => {
            return Ok(json!({
                "result": "ok",
                "max_age": grant.max_age,
                "methods": texts(&grant.methods),
                "headers": texts(&grant.header_names),
            }));
        }
        Err(error) => error,
    };
    let mut result = json!({
        "result": "network-error",
        "failed_at": reason_code(&error.reason).trim_start_matches("preflight:"),
    });
    if let Value::Object(members) = &mut result {
        match &error.reason {
            BlockReason::PreflightCorsCheck(failure) => {
                members.insert("cors_check_step".to_owned(), json!(cors_check_step(failure)));
            }
            BlockReason::PreflightHeader(name) | BlockReason::PreflightNonWildcardHeader(name) => {
                members.insert("header".to_owned(), json!(to_text(name)));
            }
            _ => {}
        }
    }
    Ok(result)
}

#[derive(Deserialize)]
pub(super) struct SequenceInput {
    #[serde(default)]
    max_age_limit: Option<u64>,
    steps: Vec<SequenceStep>,
}

#[derive(Deserialize)]
struct SequenceStep {
    at: f64,
    request: RequestInput,
    preflight_answer: Option<Answer>,
    response: Option<Answer>,
}

pub(super) fn preflight_cache_sequence(input: SequenceInput) -> Result<Value, OperationError> {
    let mut cache = input
        .max_age_limit
        .map_or_else(PreflightCache::default, PreflightCache::with_max_age_limit);
    let mut steps = Vec::new();
    for step in input.steps {
        let now = milliseconds(step.at)?;
        let Ok(request) = step.request.to_request()? else {
            steps.push(json!({"preflight_sent": false, "outcome": "error"}));
            continue;
        };
        let traffic = run(request, &mut cache, now, |request| {
            let answer = if is_preflight(request) {
                &step.preflight_answer
            } else {
                &step.response
            };
            answer.clone().map(HttpResponse::from)
        });
        steps.push(json!({
            "preflight_sent": traffic.sent.iter().any(is_preflight),
            "outcome": match traffic.outcome.kind {
                OutcomeKind::Shared(_) | OutcomeKind::Opaque(_) => "ok",
                OutcomeKind::Blocked { .. } => "error",
            },
        }));
    }
    Ok(json!({"steps": steps}))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is checked before"
)]
fn milliseconds(seconds: f64) -> Result<u64, OperationError> {
    if (0.0..1e12).contains(&seconds) {
        Ok((seconds * 1000.0) as u64)
    } else {
        Err(OperationError::Input(format!("`at` is {seconds}")))
    }
}
