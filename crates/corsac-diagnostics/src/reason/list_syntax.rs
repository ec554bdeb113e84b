//! # `malformed-allow-methods`, `malformed-allow-headers`
//!
//! **What it checks.** `Access-Control-Allow-Methods` and `Access-Control-Allow-Headers` are lists of
//! tokens, separated by commas.
//!
//! **Why it matters.** One bad item makes the whole list invalid, and the preflight fails for every
//! method and header.
//!
//! **Example.** `Access-Control-Allow-Methods: GET POST`, `Access-Control-Allow-Headers: [X-A]`
//!
//! **Use instead.** `Access-Control-Allow-Methods: GET, POST`, `Access-Control-Allow-Headers: X-A`
//!
//! **When to ignore it.** Never: the header allows nothing.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#cors-preflight-fetch>: "If either methods or headerNames
//! is failure, return a network error."

use alloc::format;

use super::Explanation;
use super::stage::{Stage, answered};
use crate::context::{Context, text};

pub(super) fn explain_methods(item: &[u8], context: &Context) -> Explanation {
    explain(
        "malformed-allow-methods",
        "Access-Control-Allow-Methods",
        "methods",
        item,
        context,
    )
}

pub(super) fn explain_headers(item: &[u8], context: &Context) -> Explanation {
    explain(
        "malformed-allow-headers",
        "Access-Control-Allow-Headers",
        "header names",
        item,
        context,
    )
}

fn explain(name: &'static str, header: &str, items: &str, item: &[u8], context: &Context) -> Explanation {
    let item = text(item);
    let value = context.response_header(header).unwrap_or_default();
    Explanation {
        name,
        title: format!("`{header}` of the preflight's answer is not a list of {items}"),
        meaning: format!(
            "one item that is no token makes the whole list invalid. {}",
            Stage::Preflight.consequence()
        ),
        cause: format!(
            "{}, with `{header}: {value}`; the item `{item}` is no token",
            answered(context)
        ),
        fix: format!(
            "send the {items} that pages need, separated by commas, without quotes, brackets or other separators"
        ),
        reference: "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
    }
}
