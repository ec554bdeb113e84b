//! Origins, sites and trustworthiness.

use corsac::Origin;
use corsac::origin_abnf::is_origin_or_null;
use corsac::site::{same_site, schemelessly_same_site};
use corsac::trustworthy::{is_origin_potentially_trustworthy, is_url_potentially_trustworthy};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::OperationError;
use super::byte_string::url;

#[derive(Deserialize)]
pub(super) struct UrlInput {
    url: String,
}

pub(super) fn origin_of_url(input: UrlInput) -> Result<Value, OperationError> {
    let Ok(url) = Url::parse(&input.url) else {
        return Ok(json!({"kind": "failure"}));
    };
    let origin = Origin::of_url(&url);
    Ok(match &origin {
        Origin::Opaque(_) => json!({"kind": "opaque", "serialized": origin.to_string()}),
        Origin::Tuple(tuple) => json!({
            "kind": "tuple",
            "scheme": tuple.scheme(),
            "host": tuple.host().to_string(),
            "port": tuple.port(),
            "serialized": origin.to_string(),
        }),
    })
}

#[derive(Deserialize)]
pub(super) struct PairInput {
    a: String,
    b: String,
}

pub(super) fn compare_origins(input: PairInput) -> Result<Value, OperationError> {
    let (a, b) = (Origin::of_url(&url(&input.a)?), Origin::of_url(&url(&input.b)?));
    Ok(json!({
        "same_origin": a.same_origin(&b),
        "same_site": same_site(&a, &b),
        "schemelessly_same_site": schemelessly_same_site(&a, &b),
    }))
}

pub(super) fn potentially_trustworthy(input: UrlInput) -> Result<Value, OperationError> {
    let url = url(&input.url)?;
    Ok(json!({
        "origin": is_origin_potentially_trustworthy(&Origin::of_url(&url)),
        "url": is_url_potentially_trustworthy(&url),
    }))
}

#[derive(Deserialize)]
pub(super) struct OriginSyntaxInput {
    value: String,
}

pub(super) fn serialized_origin_syntax(input: OriginSyntaxInput) -> Result<Value, OperationError> {
    Ok(json!({
        "abnf_valid": is_origin_or_null(input.value.as_bytes()),
        "canonical": input.value == "null" || Origin::from_serialization(&input.value).is_some(),
    }))
}
