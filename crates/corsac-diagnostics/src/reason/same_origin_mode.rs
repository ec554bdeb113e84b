//! # `cross-origin-in-same-origin-mode`
//!
//! **What it checks.** A request whose mode is `same-origin` goes to the page's own origin.
//!
//! **Why it matters.** The script itself asked that nothing goes to another origin. (Workers are always
//! fetched like this.)
//!
//! **Example.** `fetch("https://api.example/", { mode: "same-origin" })` on `https://app.example`.
//!
//! **Use instead.** `fetch("https://api.example/")`: the mode `cors` is the default.
//!
//! **When to ignore it.** When the request is meant to stay on the own origin: then the URL is wrong.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#main-fetch>: "request's mode is "same-origin"": "Return a
//! network error."

use alloc::format;
use alloc::string::ToString;

use corsac_fetch::Initiator;

use super::Explanation;
use crate::context::Context;

pub(super) fn explain(context: &Context) -> Explanation {
    let fix = match context.initiator {
        Initiator::Worker => "serve the worker's script from the page's own origin",
        _ if context.redirected => {
            "request the URL that the redirect leads to with mode `cors`, if another origin is meant"
        }
        _ => {
            "leave out `mode: \"same-origin\"`, if another origin is meant; that origin's server then needs to allow the page's origin"
        }
    };
    Explanation {
        name: "cross-origin-in-same-origin-mode",
        title: "a request with mode `same-origin` leads to another origin".to_string(),
        meaning: "the script asked for its own origin only, so nothing was sent there".to_string(),
        cause: format!(
            "the page is `{}`, the URL is {}",
            context.page_origin, context.current_url
        ),
        fix: fix.to_string(),
        reference: "https://fetch.spec.whatwg.org/#main-fetch",
    }
}
