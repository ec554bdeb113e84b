//! # `redirect-in-error-mode`
//!
//! **What it checks.** A request with redirect mode `error` is not redirected.
//!
//! **Why it matters.** The script itself asked that a redirect be an error.
//!
//! **Example.** `fetch("/items", { redirect: "error" })`, answered with a redirect to `/items/`.
//!
//! **Use instead.** The URL that the server redirects to, or the default mode, `follow`.
//!
//! **When to ignore it.** When the redirect is the failure that the script wants to see.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#http-fetch>: "request's redirect mode is "error"".

use alloc::format;
use alloc::string::ToString;

use super::Explanation;
use super::stage::answered;
use crate::context::Context;

pub(super) fn explain(context: &Context) -> Explanation {
    let target = context
        .location()
        .map(|url| format!(", a redirect to {url}"))
        .unwrap_or_default();
    Explanation {
        name: "redirect-in-error-mode",
        title: "the answer is a redirect, and the script asked that redirects be errors".to_string(),
        meaning: "with `redirect: \"error\"`, a redirect ends the fetch".to_string(),
        cause: format!("{}{target}", answered(context)),
        fix: "request the URL that the server redirects to; or leave out `redirect: \"error\"`".to_string(),
        reference: "https://fetch.spec.whatwg.org/#http-fetch",
    }
}
