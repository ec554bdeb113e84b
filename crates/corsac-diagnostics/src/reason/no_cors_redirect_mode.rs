//! # `no-cors-without-follow`
//!
//! **What it checks.** A request with mode `no-cors` has redirect mode `follow`.
//!
//! **Why it matters.** Without CORS, a page could learn from a stopped redirect where another origin
//! leads its user.
//!
//! **Example.** `fetch(url, { mode: "no-cors", redirect: "manual" })`
//!
//! **Use instead.** `fetch(url, { redirect: "manual" })`, or `no-cors` without `redirect`.
//!
//! **When to ignore it.** Never: browsers send nothing.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#main-fetch>: "If request's redirect mode is not
//! "follow", then return a network error."

use alloc::format;
use alloc::string::ToString;

use super::Explanation;
use crate::context::Context;

pub(super) fn explain(context: &Context) -> Explanation {
    Explanation {
        name: "no-cors-without-follow",
        title: "a request with mode `no-cors` must follow redirects".to_string(),
        meaning: "the combination is refused, and nothing was sent".to_string(),
        cause: format!(
            "the request to {} has mode `no-cors` and a redirect mode other than `follow`",
            context.current_url
        ),
        fix: "leave out `redirect`; or leave out `mode: \"no-cors\"`, with which a page cannot read the answer anyway".to_string(),
        reference: "https://fetch.spec.whatwg.org/#main-fetch",
    }
}
