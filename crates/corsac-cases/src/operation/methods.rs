//! Methods.

use corsac::Origin;
use corsac::method::{is_cors_safelisted_method, is_forbidden_method, is_method, normalize};
use corsac_fetch::{Client, Request, RequestInit, UserAgent};
use serde::Deserialize;
use serde_json::{Value, json};

use super::OperationError;
use super::byte_string::{ByteString, to_text};

#[derive(Deserialize)]
pub(super) struct MethodInput {
    method: ByteString,
}

pub(super) fn classify_method(input: MethodInput) -> Result<Value, OperationError> {
    let method = input.method.0;
    let valid = is_method(&method);
    let normalized = normalize(&method);
    let init = RequestInit {
        method: to_text(&method),
        ..RequestInit::new("https://api.example/")
    };
    let request = Request::new(init, Client::new(Origin::UNIQUE), UserAgent::Standard);
    Ok(json!({
        "valid": valid,
        "forbidden": is_forbidden_method(&method),
        "normalized": valid.then(|| to_text(normalized)),
        "cors_safelisted": valid && is_cors_safelisted_method(normalized),
        "fetch_api": if request.is_ok() { "accepted" } else { "throws" },
    }))
}
