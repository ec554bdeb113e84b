//! # `null-origin-with-credentials` and `null-origin`
//!
//! **What it checks.** A request with `Origin: null` is answered with `Access-Control-Allow-Origin: null`.
//!
//! **Why it matters.** `null` is not one origin: every site gets it in a sandboxed iframe. Allowing it
//! allows all of them.
//!
//! **Example.** An allowlist with `null` on it, added for a page opened from a file.
//!
//! **Use instead.** Serve such pages from an origin of their own, during development too.
//!
//! **When to ignore it.** `null-origin`: when the resource is public. The other: never.
//!
//! **Reference.** <https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin>

use alloc::string::ToString;

use super::{Finding, Grant, Observation, Severity};

pub(super) fn check(observation: &Observation<'_>) -> Option<Finding> {
    let probe = observation.probes.iter().find(|probe| probe.origin == "null")?;
    let (name, severity, title, observed) = match probe.grant() {
        Grant::ReadsWithCredentials => (
            "null-origin-with-credentials",
            Severity::Error,
            "any site can read this with the visitor's cookies, from a sandboxed iframe",
            "sent `Origin: null` and got it back in `Access-Control-Allow-Origin`, with `Access-Control-Allow-Credentials: true`",
        ),
        Grant::PreflightWithCredentials => (
            "null-origin-with-credentials",
            Severity::Error,
            "any site can send this with the visitor's cookies, from a sandboxed iframe",
            "sent a preflight with `Origin: null` and it was passed, with `Access-Control-Allow-Credentials: true`; the request itself was not repeated",
        ),
        Grant::WithoutCredentials => (
            "null-origin",
            Severity::Note,
            "any site can read this without cookies, from a sandboxed iframe",
            "sent `Origin: null` and got it back in `Access-Control-Allow-Origin`, without `Access-Control-Allow-Credentials`",
        ),
        Grant::Wildcard | Grant::OpensWebSocket | Grant::Refused | Grant::Undecided => return None,
    };
    Some(Finding {
        name,
        severity,
        title: title.to_string(),
        observed: observed.to_string(),
        meaning: "`null` is what the pages of every sandboxed iframe, of whatever site, send as their origin".to_string(),
        fix: "do not answer `null`; give pages that send it (opened from a file, or sandboxed) an origin of their own".to_string(),
    })
}
