//! # `method-not-allowed`
//!
//! **What it checks.** The answer to a preflight lists the request's method in
//! `Access-Control-Allow-Methods`. `GET`, `HEAD` and `POST` need no listing.
//!
//! **Why it matters.** Other methods cannot be sent by a plain form, so a server must agree to them first.
//! The comparison is byte by byte: `patch` is not `PATCH`, and browsers do not change its case.
//!
//! **Example.** `fetch(url, { method: "patch" })`, answered with `Access-Control-Allow-Methods: PATCH`.
//!
//! **Use instead.** `fetch(url, { method: "PATCH" })`, with `PATCH` in the policy.
//!
//! **When to ignore it.** When pages of that origin are not meant to use the method.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#cors-preflight-fetch>: "If request's method is not in
//! methods, request's method is not a CORS-safelisted method, and request's credentials mode is "include"
//! or methods does not contain `*`, then return a network error."

use alloc::format;
use alloc::string::{String, ToString};

use corsac_fetch::CredentialsMode;

use super::Explanation;
use super::stage::{Stage, answered};
use crate::context::{Context, text};

pub(super) fn explain(method: &[u8], context: &Context) -> Explanation {
    let method = text(method);
    let listed = context.response_header("access-control-allow-methods");
    let observed = match &listed {
        None => "without `Access-Control-Allow-Methods`".to_string(),
        Some(listed) => format!("with `Access-Control-Allow-Methods: {listed}`"),
    };
    let note = listed
        .as_deref()
        .map(|listed| note(&method, listed, context))
        .unwrap_or_default();
    Explanation {
        name: "method-not-allowed",
        title: format!("the preflight's answer does not allow the method `{method}`"),
        meaning: format!(
            "a method other than `GET`, `HEAD` and `POST` must be listed, in the same upper and lower case. {}",
            Stage::Preflight.consequence()
        ),
        cause: format!("{}, {observed}{note}", answered(context)),
        fix: fix(&method),
        reference: "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
    }
}

fn note(method: &str, listed: &str, context: &Context) -> &'static str {
    let mut items = listed.split(',').map(str::trim);
    if items.clone().any(|item| item.eq_ignore_ascii_case(method)) {
        "; the case of the letters differs"
    } else if context.credentials == CredentialsMode::Include && items.any(|item| item == "*") {
        "; for a request with credentials, `*` is only a method named `*`"
    } else {
        ""
    }
}

fn fix(method: &str) -> String {
    let upper = method.to_ascii_uppercase();
    if upper == method {
        format!("if pages should use it, add `{method}` to the policy's methods")
    } else {
        format!(
            "write the method in upper case in the script: `{upper}`. If pages should use it, add `{upper}` to the policy's methods"
        )
    }
}
