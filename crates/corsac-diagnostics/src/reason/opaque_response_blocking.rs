//! # `opaque-response-blocking`
//!
//! **What it checks.** An element that loads without CORS gets only what elements of its kind can use:
//! an image, a script, audio or video.
//!
//! **Why it matters.** Without CORS a page may use what it cannot read. Bytes that no element could use
//! would still come into the page's process, where an attack on the processor can read them. So the
//! browser drops them before that.
//!
//! **Example.** `<img src="https://api.example/report.csv">`, or a `<script>` whose address answers with
//! `text/html` and `X-Content-Type-Options: nosniff`.
//!
//! **Use instead.** The right `Content-Type` for what the element expects; `fetch()` with CORS headers for
//! data.
//!
//! **When to ignore it.** When the element was not meant to load that answer, as after a redirect to a
//! login page. It could not have been used in any case.
//!
//! **Reference.** <https://github.com/annevk/orb>.

use alloc::format;
use alloc::string::ToString;

use super::Explanation;
use super::stage::answered;
use crate::context::Context;

pub(super) fn explain(context: &Context) -> Explanation {
    let observed = match context.response_header("content-type") {
        Some(kind) => format!("with `Content-Type: {kind}`"),
        None => "without `Content-Type`".to_string(),
    };
    Explanation {
        name: "opaque-response-blocking",
        title: "the answer is not of the kind that this element loads".to_string(),
        meaning: "a request with mode `no-cors` needs no CORS headers, but the answer of another origin reaches the page only if an element of that kind can use it".to_string(),
        cause: format!("the page is `{}`; {}, {observed}", context.page_origin, answered(context)),
        fix: "send the `Content-Type` of what the element expects; to load data, use `fetch()` and answer with CORS headers".to_string(),
        reference: "https://github.com/annevk/orb",
    }
}
