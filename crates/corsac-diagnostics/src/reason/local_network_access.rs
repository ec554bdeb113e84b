//! # `local-network-access`
//!
//! **What it checks.** A page from the public network that requests something on the user's own machine or
//! network is a secure context, and the user has agreed.
//!
//! **Why it matters.** Routers and local programs often trust whoever can reach them, and every site can
//! make the user's browser reach them. CORS headers do not help: a request with side effects has run
//! before its answer is checked.
//!
//! **Example.** `https://news.example` requests `http://192.168.1.1/`.
//!
//! **Use instead.** Serve the page over `https`, and let the user answer the browser's question. The local
//! server still has to refuse requests whose `Origin` it does not know.
//!
//! **When to ignore it.** When the page has no business on the local network.
//!
//! **Reference.** <https://wicg.github.io/local-network-access/>.

use alloc::format;
use alloc::string::ToString;

use super::Explanation;
use crate::context::Context;

pub(super) fn explain(context: &Context) -> Explanation {
    Explanation {
        name: "local-network-access",
        title: "the page has no permission to reach the local network".to_string(),
        meaning: "a page from a more public network may reach the user's machine or network only from a secure context (`https`), and with the user's permission".to_string(),
        cause: format!("the page is `{}`, the URL is {}", context.page_origin, context.current_url),
        fix: "serve the page over `https`, and let the user allow it when the browser asks; no CORS header replaces that".to_string(),
        reference: "https://wicg.github.io/local-network-access/",
    }
}
