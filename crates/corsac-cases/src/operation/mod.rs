//! The operations that vectors name, each a thin call of the algorithm it tests.

mod byte_string;
mod checks;
mod fetching;
mod header_lists;
mod methods;
mod origins;
mod preflights;
mod request_headers;
mod request_input;
mod traffic;

use serde::de::DeserializeOwned;
use serde_json::Value;

/// Why an operation gives no result.
#[derive(Debug)]
pub enum OperationError {
    /// No operation has this name.
    Unknown,
    /// The input does not fit the operation.
    Input(String),
}

impl From<serde_json::Error> for OperationError {
    fn from(error: serde_json::Error) -> Self {
        Self::Input(error.to_string())
    }
}

/// Runs the operation of this name.
///
/// # Errors
/// An unknown name, or an input that does not fit.
pub fn run(name: &str, input: &Value) -> Result<Value, OperationError> {
    match name {
        "append_origin_header" => on(input, checks::append_origin_header),
        "classify_method" => on(input, methods::classify_method),
        "classify_request" => on(input, fetching::classify_request),
        "compare_origins" => on(input, origins::compare_origins),
        "corp_check" => on(input, checks::corp_check),
        "cors_check" => on(input, checks::cors_check),
        "cors_filtered_headers" => on(input, header_lists::cors_filtered_headers),
        "cors_safelisted_request_header" => on(input, request_headers::cors_safelisted_request_header),
        "cors_unsafe_request_header_names" => on(input, request_headers::cors_unsafe_request_header_names),
        "evaluate_preflight_response" => on(input, preflights::evaluate_preflight_response),
        "extract_delta_seconds" => on(input, header_lists::extract_delta_seconds),
        "extract_token_list" => on(input, header_lists::extract_token_list),
        "fetch_with_redirects" => on(input, fetching::fetch_with_redirects),
        "forbidden_request_header" => on(input, request_headers::forbidden_request_header),
        "get_combined" => on(input, header_lists::get_combined),
        "get_decode_and_split" => on(input, header_lists::get_decode_and_split),
        "ip_address_space" => on(input, checks::ip_address_space),
        "no_cors_safelisted_request_header" => on(input, request_headers::no_cors_safelisted_request_header),
        "origin_of_url" => on(input, origins::origin_of_url),
        "potentially_trustworthy" => on(input, origins::potentially_trustworthy),
        "preflight_cache_sequence" => on(input, preflights::preflight_cache_sequence),
        "serialized_origin_syntax" => on(input, origins::serialized_origin_syntax),
        "tao_check" => on(input, checks::tao_check),
        _ => Err(OperationError::Unknown),
    }
}

fn on<I: DeserializeOwned>(
    input: &Value,
    operation: impl FnOnce(I) -> Result<Value, OperationError>,
) -> Result<Value, OperationError> {
    operation(I::deserialize(input)?)
}
