//! What scripts may set, and what then needs a preflight.

use corsac_fetch::HeaderList;
use corsac_fetch::cors_safelisted_request_header::{
    is_cors_safelisted_request_header, is_no_cors_safelisted_request_header,
};
use corsac_fetch::cors_unsafe_request_header_names::cors_unsafe_request_header_names as unsafe_names;
use corsac_fetch::forbidden_request_header::is_forbidden_request_header;
use serde::Deserialize;
use serde_json::{Value, json};

use super::OperationError;
use super::byte_string::{ByteString, to_text};

#[derive(Deserialize)]
pub(super) struct HeaderInput {
    name: ByteString,
    value: ByteString,
}

pub(super) fn cors_safelisted_request_header(input: HeaderInput) -> Result<Value, OperationError> {
    Ok(json!({"safelisted": is_cors_safelisted_request_header(&input.name.0, &input.value.0)}))
}

pub(super) fn no_cors_safelisted_request_header(input: HeaderInput) -> Result<Value, OperationError> {
    Ok(json!({"safelisted": is_no_cors_safelisted_request_header(&input.name.0, &input.value.0)}))
}

pub(super) fn forbidden_request_header(input: HeaderInput) -> Result<Value, OperationError> {
    Ok(json!({"forbidden": is_forbidden_request_header(&input.name.0, &input.value.0)}))
}

#[derive(Deserialize)]
pub(super) struct HeadersInput {
    headers: Vec<(ByteString, ByteString)>,
}

pub(super) fn cors_unsafe_request_header_names(input: HeadersInput) -> Result<Value, OperationError> {
    let headers: HeaderList = input
        .headers
        .into_iter()
        .map(|(name, value)| (name.0, value.0))
        .collect();
    let names: Vec<String> = unsafe_names(&headers).iter().map(|name| to_text(name)).collect();
    Ok(json!({
        "access_control_request_headers": (!names.is_empty()).then(|| names.join(",")),
        "names": names,
    }))
}
