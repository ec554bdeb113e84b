//! Reading response headers.

use corsac_fetch::CredentialsMode;
use corsac_fetch::extract_header_list_values as extract;
use corsac_fetch::filtered_response::{
    cors_exposed_header_names, filter_headers, is_readable_in_cors_filtered_response,
};
use corsac_fetch::get_decode_and_split as split;
use serde::Deserialize;
use serde_json::{Value, json};

use super::OperationError;
use super::byte_string::{ByteString, received_headers, received_lines, to_text};
use super::request_input::Credentials;

#[derive(Deserialize)]
pub(super) struct LinesInput {
    header_lines: Vec<ByteString>,
}

pub(super) fn get_combined(input: LinesInput) -> Result<Value, OperationError> {
    let headers = received_lines(NAME, input.header_lines);
    Ok(json!({"value": headers.get(NAME).map(|value| to_text(&value))}))
}

pub(super) fn get_decode_and_split(input: LinesInput) -> Result<Value, OperationError> {
    let headers = received_lines(NAME, input.header_lines);
    Ok(json!({"values": split::get_decode_and_split(&headers, NAME).map(|values| texts(&values))}))
}

pub(super) fn extract_token_list(input: LinesInput) -> Result<Value, OperationError> {
    let headers = received_lines(NAME, input.header_lines);
    Ok(
        json!({"result": match extract::extract_token_list(&headers, NAME) {
            Ok(values) => json!(values.map(|values| texts(&values))),
            Err(_) => json!("failure"),
        }}),
    )
}

pub(super) fn extract_delta_seconds(input: LinesInput) -> Result<Value, OperationError> {
    let headers = received_lines(NAME, input.header_lines);
    Ok(
        json!({"result": match extract::extract_delta_seconds(&headers, NAME) {
            Ok(seconds) => json!(seconds),
            Err(_) => json!("failure"),
        }}),
    )
}

#[derive(Deserialize)]
pub(super) struct FilterInput {
    credentials: Credentials,
    response_headers: Vec<(ByteString, ByteString)>,
}

pub(super) fn cors_filtered_headers(input: FilterInput) -> Result<Value, OperationError> {
    let headers = received_headers(input.response_headers);
    let credentials = CredentialsMode::from(input.credentials);
    let exposed = cors_exposed_header_names(&headers, credentials);
    let (visible, _) = filter_headers(&headers, |name| {
        is_readable_in_cors_filtered_response(name, &exposed)
    });
    let visible: Vec<_> = visible
        .iter()
        .map(|(name, value)| (to_text(name), to_text(value)))
        .collect();
    Ok(json!({"type": "cors", "visible": visible}))
}

fn texts(values: &[Vec<u8>]) -> Vec<String> {
    values.iter().map(|value| to_text(value)).collect()
}

/// The lines of these operations have no name; any will do.
const NAME: &str = "x";
