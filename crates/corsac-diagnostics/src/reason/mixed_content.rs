//! # `mixed-content`
//!
//! **What it checks.** A page that came over `https` requests nothing over `http`.
//!
//! **Why it matters.** Everybody on the network path could read and change what the page gets. This is
//! checked before CORS, and no CORS header changes it.
//!
//! **Example.** `fetch("http://api.example/")` on `https://app.example`.
//!
//! **Use instead.** `fetch("https://api.example/")`
//!
//! **When to ignore it.** Never: browsers send nothing. (`http://127.0.0.1` and `http://localhost` are
//! allowed, except in WebKit.)
//!
//! **Reference.** <https://w3c.github.io/webappsec-mixed-content/#should-block-fetch>.

use alloc::format;
use alloc::string::ToString;

use super::Explanation;
use crate::context::Context;

pub(super) fn explain(context: &Context) -> Explanation {
    Explanation {
        name: "mixed-content",
        title: "a page from `https` requests `http`".to_string(),
        meaning: "browsers block this before anything is sent, and CORS has no part in it".to_string(),
        cause: format!(
            "the page is `{}`, the URL is {}",
            context.page_origin, context.current_url
        ),
        fix: "serve the URL over `https`, and request it so".to_string(),
        reference: "https://w3c.github.io/webappsec-mixed-content/#should-block-fetch",
    }
}
