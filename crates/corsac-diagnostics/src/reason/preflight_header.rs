//! # `header-not-allowed`, `authorization-by-wildcard`
//!
//! **What it checks.** The answer to a preflight lists each request header that needs it in
//! `Access-Control-Allow-Headers`; upper and lower case are the same.
//!
//! **Why it matters.** A plain form cannot set these headers, so a server must agree to them first.
//! `*` covers all names but `Authorization`, and only for requests without credentials. (Chromium,
//! Firefox and WebKit let `*` cover `Authorization` for now, Firefox with a warning; by the standard it does
//! not.)
//!
//! **Example.** `fetch(url, { headers: { "X-Request-Id": "1" } })`, answered with
//! `Access-Control-Allow-Headers: Content-Type`.
//!
//! **Use instead.** `Access-Control-Allow-Headers: Content-Type, X-Request-Id`
//!
//! **When to ignore it.** When the header is not needed: then the script or library should not set it.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#cors-preflight-fetch>.

use alloc::format;
use alloc::string::{String, ToString};

use corsac_fetch::{BlockReason, CredentialsMode};

use super::Explanation;
use super::stage::{Stage, answered};
use crate::context::{Context, text};

pub(super) fn explain(name: &[u8], context: &Context) -> Explanation {
    let name = text(name);
    let note = match context.response_header(ALLOW_HEADERS) {
        Some(listed) if context.credentials == CredentialsMode::Include && listed.contains('*') => {
            "; for a request with credentials, `*` is only a header named `*`"
        }
        _ => "",
    };
    Explanation {
        name: "header-not-allowed",
        title: format!("the preflight's answer does not allow the request header `{name}`"),
        meaning: format!(
            "a header that a plain form could not send must be listed in `Access-Control-Allow-Headers`. {}",
            Stage::Preflight.consequence()
        ),
        cause: format!(
            "{}, {}{note}{}",
            answered(context),
            observed(context),
            others(&name, context)
        ),
        fix: format!(
            "if the script needs the header, add `{name}` to the policy's headers. If not, find what sets it (often a library or an SDK) and leave it out"
        ),
        reference: "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
    }
}

pub(super) fn explain_non_wildcard(name: &[u8], context: &Context) -> Explanation {
    let has_wildcard = |listed: String| listed.split(',').any(|item| item.trim() == "*");
    if !context.response_header(ALLOW_HEADERS).is_some_and(has_wildcard) {
        return explain(name, context);
    }
    let name = text(name);
    Explanation {
        name: "authorization-by-wildcard",
        title: format!("the preflight's answer does not list the request header `{name}` by name"),
        meaning: format!(
            "by the standard, `*` covers every header but `Authorization`. {}",
            Stage::Preflight.consequence()
        ),
        cause: format!(
            "{}, {}{}",
            answered(context),
            observed(context),
            others(&name, context)
        ),
        fix: "if the script needs the header, add `Authorization` to the policy's headers by name"
            .to_string(),
        reference: "https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name",
    }
}

fn observed(context: &Context) -> String {
    match context.response_header(ALLOW_HEADERS) {
        None => "without `Access-Control-Allow-Headers`".to_string(),
        Some(listed) => format!("with `Access-Control-Allow-Headers: {listed}`"),
    }
}

/// The other headers that the same answer does not allow.
fn others(name: &str, context: &Context) -> String {
    let mut others = String::new();
    for reason in &context.also {
        if let BlockReason::PreflightHeader(other) | BlockReason::PreflightNonWildcardHeader(other) = reason {
            let other = text(other);
            if other != name {
                others.push_str(if others.is_empty() {
                    "; not allowed either: "
                } else {
                    ", "
                });
                others.push_str(&format!("`{other}`"));
            }
        }
    }
    others
}

const ALLOW_HEADERS: &str = "access-control-allow-headers";
