//! The checks of single answers, and the Origin header.

use std::net::IpAddr;

use corsac_fetch::cors_check as cors;
use corsac_fetch::cross_origin_resource_policy::cross_origin_resource_policy_check;
use corsac_fetch::local_network_access;
use corsac_fetch::origin_header::request_origin_header;
use corsac_fetch::tao_check as tao;
use corsac_fetch::{AddressSpace, CorsCheckFailure, EmbedderPolicy};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::OperationError;
use super::byte_string::{ByteString, received_headers, received_lines, request_origin, url};
use super::request_input::{Credentials, Mode, ReferrerPolicy, ResponseTainting};

#[derive(Deserialize)]
pub(super) struct CorsInput {
    request_origin: String,
    credentials: Credentials,
    response_headers: Vec<(ByteString, ByteString)>,
}

pub(super) fn cors_check(input: CorsInput) -> Result<Value, OperationError> {
    let headers = received_headers(input.response_headers);
    let result = cors::cors_check(&input.request_origin, input.credentials.into(), &headers);
    Ok(match result {
        Ok(()) => json!({"result": "success"}),
        Err(failure) => json!({"result": "failure", "failed_step": cors_check_step(&failure)}),
    })
}

/// The number of the step that returns failure.
pub(super) fn cors_check_step(failure: &CorsCheckFailure) -> u8 {
    match failure {
        CorsCheckFailure::AllowOriginMissing => 2,
        CorsCheckFailure::AllowOriginMismatch { .. } | CorsCheckFailure::WildcardWithCredentials => 4,
        CorsCheckFailure::AllowCredentialsNotTrue { .. } => 8,
    }
}

#[derive(Deserialize)]
pub(super) struct TaoInput {
    origin: String,
    url_list: Vec<String>,
    mode: Mode,
    response_tainting: ResponseTainting,
    #[serde(default)]
    timing_allow_failed: bool,
    header_lines: Vec<ByteString>,
}

pub(super) fn tao_check(input: TaoInput) -> Result<Value, OperationError> {
    let result = tao::tao_check(
        &request_origin(&input.origin)?,
        &urls(&input.url_list)?,
        input.mode.into(),
        input.response_tainting.into(),
        input.timing_allow_failed,
        &received_lines("timing-allow-origin", input.header_lines),
    );
    Ok(json!({"result": if result.is_ok() { "success" } else { "failure" }}))
}

#[derive(Deserialize)]
pub(super) struct CorpInput {
    origin: String,
    response_url: String,
    header_lines: Vec<ByteString>,
    embedder_policy: Embedder,
    request_includes_credentials: bool,
    #[serde(default)]
    for_navigation: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Embedder {
    UnsafeNone,
    RequireCorp,
    Credentialless,
}

pub(super) fn corp_check(input: CorpInput) -> Result<Value, OperationError> {
    let result = cross_origin_resource_policy_check(
        &request_origin(&input.origin)?,
        &url(&input.response_url)?,
        &received_lines("cross-origin-resource-policy", input.header_lines),
        match input.embedder_policy {
            Embedder::UnsafeNone => EmbedderPolicy::UnsafeNone,
            Embedder::RequireCorp => EmbedderPolicy::RequireCorp,
            Embedder::Credentialless => EmbedderPolicy::Credentialless,
        },
        input.request_includes_credentials,
        input.for_navigation,
    );
    Ok(json!({"result": if result.is_ok() { "allowed" } else { "blocked" }}))
}

#[derive(Deserialize)]
pub(super) struct OriginHeaderInput {
    origin: String,
    url_list: Vec<String>,
    method: ByteString,
    mode: Mode,
    response_tainting: ResponseTainting,
    #[serde(default)]
    referrer_policy: ReferrerPolicy,
}

pub(super) fn append_origin_header(input: OriginHeaderInput) -> Result<Value, OperationError> {
    let origin_header = request_origin_header(
        &request_origin(&input.origin)?,
        &urls(&input.url_list)?,
        &input.method.0,
        input.mode.into(),
        input.response_tainting.into(),
        input.referrer_policy.into(),
    );
    Ok(json!({"origin_header": origin_header}))
}

#[derive(Deserialize)]
pub(super) struct AddressInput {
    address: IpAddr,
}

pub(super) fn ip_address_space(input: AddressInput) -> Result<Value, OperationError> {
    Ok(
        json!({"address_space": match local_network_access::ip_address_space(input.address) {
            AddressSpace::Public => "public",
            AddressSpace::Local => "local",
            AddressSpace::Loopback => "loopback",
        }}),
    )
}

fn urls(texts: &[String]) -> Result<Vec<Url>, OperationError> {
    texts.iter().map(|text| url(text)).collect()
}
