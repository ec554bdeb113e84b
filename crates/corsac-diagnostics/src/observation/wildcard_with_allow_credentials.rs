//! # `wildcard-with-allow-credentials`
//!
//! **What it checks.** An answer has both `Access-Control-Allow-Origin: *` and
//! `Access-Control-Allow-Credentials: true`.
//!
//! **Why it matters.** No browser lets a page read such an answer to a request with credentials, so the
//! second header does nothing. Somebody expected it to.
//!
//! **Example.** A CORS middleware with "any origin" and "credentials" both switched on.
//!
//! **Use instead.** For a public resource `*` alone. For one that needs cookies, the one origin.
//!
//! **When to ignore it.** When no page sends credentials.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#cors-protocol-and-credentials>

use alloc::string::ToString;

use corsac_fetch::Step;

use super::{Finding, Observation, Severity};

pub(super) fn check(observation: &Observation<'_>) -> Option<Finding> {
    let seen = observation.outcome.trace.iter().any(|step| match step {
        Step::Received(response) => {
            let value_is = |name: &str, expected: &[u8]| {
                response.headers.get(name).is_some_and(|value| value == expected)
            };
            value_is("access-control-allow-origin", b"*")
                && value_is("access-control-allow-credentials", b"true")
        }
        _ => false,
    });
    seen.then(|| Finding {
        name: "wildcard-with-allow-credentials",
        severity: Severity::Note,
        title: "`Access-Control-Allow-Credentials: true` does nothing beside `*`".to_string(),
        observed: "one answer has `Access-Control-Allow-Origin: *` and `Access-Control-Allow-Credentials: true`".to_string(),
        meaning: "a page that includes credentials cannot read an answer with `*`, whatever else it says".to_string(),
        fix: "leave `Access-Control-Allow-Credentials` out for a public resource; for one that needs cookies answer the one origin from a list, with `Vary: Origin`".to_string(),
    })
}
