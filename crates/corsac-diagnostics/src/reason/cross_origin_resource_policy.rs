//! # `resource-policy-violation`
//!
//! **What it checks.** A resource that a page embeds without CORS allows that in
//! `Cross-Origin-Resource-Policy`.
//!
//! **Why it matters.** The header is the server's own wish not to be embedded by others. A page with
//! `Cross-Origin-Embedder-Policy: require-corp` asks in addition that each resource agrees explicitly.
//!
//! **Example.** `Cross-Origin-Resource-Policy: same-origin` on an image that other sites show.
//!
//! **Use instead.** `Cross-Origin-Resource-Policy: cross-origin` on that image only; or
//! `<img crossorigin>` with CORS headers for the sites that should show it.
//!
//! **When to ignore it.** When the resource is not meant for other sites.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header>.

use alloc::format;
use alloc::string::ToString;

use super::Explanation;
use super::stage::answered;
use crate::context::Context;

pub(super) fn explain(context: &Context) -> Explanation {
    let observed = match context.response_header("cross-origin-resource-policy") {
        Some(policy) => format!("with `Cross-Origin-Resource-Policy: {policy}`"),
        None => {
            "without `Cross-Origin-Resource-Policy`, which the page's embedder policy asks for".to_string()
        }
    };
    Explanation {
        name: "resource-policy-violation",
        title: "the answer does not agree to be embedded by this page".to_string(),
        meaning: "a request with mode `no-cors` needs no CORS headers, but the resource itself can refuse pages of other origins or sites".to_string(),
        cause: format!("the page is `{}`; {}, {observed}", context.page_origin, answered(context)),
        fix: "if every site may embed this one resource, send `Cross-Origin-Resource-Policy: cross-origin` on it; if only some may, request it with CORS and list their origins".to_string(),
        reference: "https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header",
    }
}
