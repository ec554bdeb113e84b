//! # `any-origin-with-credentials` and `any-origin`
//!
//! **What it checks.** A request from an origin that nobody can own (`https://corsac-probe.invalid`) is
//! answered with that origin in `Access-Control-Allow-Origin`.
//!
//! **Why it matters.** With `Access-Control-Allow-Credentials: true` every site that a user visits can
//! read this resource with the user's cookies. Without it the answer is as public as with `*`.
//!
//! **Example.** nginx: `add_header Access-Control-Allow-Origin $http_origin;` and
//! `add_header Access-Control-Allow-Credentials true;`
//!
//! **Use instead.** Compare the request's origin with a list, and answer only what is on it.
//!
//! **When to ignore it.** `any-origin`: when the resource is public. The other: never.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#cors-protocol-and-credentials>

use alloc::format;
use alloc::string::ToString;

use super::{Finding, Grant, Observation, Severity};

pub(super) fn check(observation: &Observation<'_>) -> Option<Finding> {
    let probe = observation.probes.iter().find(|probe| probe.origin != "null")?;
    let origin = &probe.origin;
    match probe.grant() {
        Grant::ReadsWithCredentials => Some(Finding {
            name: "any-origin-with-credentials",
            severity: Severity::Error,
            title: "any site can read this with the visitor's cookies".to_string(),
            observed: format!(
                "sent `Origin: {origin}`, which no list can contain, and got it back in `Access-Control-Allow-Origin`, with `Access-Control-Allow-Credentials: true`"
            ),
            meaning: "a page of any site that a signed-in user opens can fetch this and read the user's own answer".to_string(),
            fix: LIST.to_string(),
        }),
        Grant::PreflightWithCredentials => Some(Finding {
            name: "any-origin-with-credentials",
            severity: Severity::Error,
            title: "any site can send this with the visitor's cookies".to_string(),
            observed: format!(
                "sent a preflight with `Origin: {origin}`, which no list can contain, and it was passed, with `Access-Control-Allow-Credentials: true`; the request itself was not repeated"
            ),
            meaning: "a page of any site that a signed-in user opens may send this request as the user, and reads the answer if that repeats the preflight's headers".to_string(),
            fix: LIST.to_string(),
        }),
        Grant::WithoutCredentials => Some(Finding {
            name: "any-origin",
            severity: Severity::Note,
            title: "any site can read this, without cookies".to_string(),
            observed: format!(
                "sent `Origin: {origin}`, which no list can contain, and got it back in `Access-Control-Allow-Origin`, without `Access-Control-Allow-Credentials`"
            ),
            meaning: "this is as public as with `*`, also to sites that reach it only through a visitor's network".to_string(),
            fix: "for a public resource answer `Access-Control-Allow-Origin: *`, which caches better; else compare the request's origin with a list".to_string(),
        }),
        Grant::Wildcard | Grant::OpensWebSocket | Grant::Refused | Grant::Undecided => None,
    }
}

const LIST: &str = "compare the request's origin with a list, and answer `Access-Control-Allow-Origin` and `Access-Control-Allow-Credentials` only to an origin on it, with `Vary: Origin`";
