//! The CORS check: does this answer let the requesting origin read it?

use alloc::string::ToString;
use alloc::vec::Vec;

use crate::block_reason::CorsCheckFailure;
use crate::header_list::HeaderList;
use crate::request_modes::CredentialsMode;

/// The CORS check, <https://fetch.spec.whatwg.org/#concept-cors-check>, of an answer with these
/// headers to a request with this byte-serialized origin
/// ([`serialize_request_origin`](crate::redirect_taint::serialize_request_origin)).
///
/// # Errors
/// The step that returns failure.
pub fn cors_check(
    request_origin: &str,
    credentials: CredentialsMode,
    headers: &HeaderList,
) -> Result<(), CorsCheckFailure> {
    // "If origin is null, then return failure." (Null: the header is absent, not `null`.)
    let Some(origin) = headers.get(ALLOW_ORIGIN) else {
        return Err(CorsCheckFailure::AllowOriginMissing);
    };
    // "If request's credentials mode is not "include" and origin is `*`, then return success."
    if credentials != CredentialsMode::Include && origin == b"*" {
        return Ok(());
    }
    // "If the result of byte-serializing a request origin with request is not origin, then return
    // failure."
    if origin != request_origin.as_bytes() {
        return Err(if origin == b"*" {
            CorsCheckFailure::WildcardWithCredentials
        } else {
            CorsCheckFailure::AllowOriginMismatch {
                value: origin,
                origin: request_origin.to_string(),
                lines: headers.lines(ALLOW_ORIGIN).count(),
            }
        });
    }
    // "If request's credentials mode is not "include", then return success."
    if credentials != CredentialsMode::Include {
        return Ok(());
    }
    allow_credentials_check(headers)
}

/// Every step of the CORS check that the answer fails, in the standard's order: with credentials,
/// what is wrong with `Access-Control-Allow-Credentials` also when the origin is already refused.
#[must_use]
pub fn cors_check_failures(
    request_origin: &str,
    credentials: CredentialsMode,
    headers: &HeaderList,
) -> Vec<CorsCheckFailure> {
    let Err(first) = cors_check(request_origin, credentials, headers) else {
        return Vec::new();
    };
    let credentials_step_was_reached = matches!(first, CorsCheckFailure::AllowCredentialsNotTrue { .. });
    let mut failures = Vec::from([first]);
    if credentials == CredentialsMode::Include && !credentials_step_was_reached {
        failures.extend(allow_credentials_check(headers).err());
    }
    failures
}

fn allow_credentials_check(headers: &HeaderList) -> Result<(), CorsCheckFailure> {
    match headers.get(ALLOW_CREDENTIALS) {
        // "If credentials is `true`, then return success." (Case counts.)
        Some(credentials) if credentials == b"true" => Ok(()),
        // "Return failure."
        value => Err(CorsCheckFailure::AllowCredentialsNotTrue { value }),
    }
}

const ALLOW_ORIGIN: &str = "access-control-allow-origin";
const ALLOW_CREDENTIALS: &str = "access-control-allow-credentials";
