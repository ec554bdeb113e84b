//! # `scheme-not-http`
//!
//! **What it checks.** A cross-origin URL starts with `http://` or `https://`.
//!
//! **Why it matters.** The CORS protocol is made of HTTP headers. A file or an `ftp` server has none.
//!
//! **Example.** `fetch("file:///data.json")`, `fetch("localhost:3000/items")` (where `localhost` is
//! taken for the scheme).
//!
//! **Use instead.** `fetch("http://localhost:3000/items")`
//!
//! **When to ignore it.** Never: browsers send nothing.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#main-fetch>: "request's current URL's scheme is not an
//! HTTP(S) scheme": "Return a network error."

use alloc::format;
use alloc::string::ToString;

use super::Explanation;
use crate::context::Context;

pub(super) fn explain(scheme: &str, context: &Context) -> Explanation {
    let fix = match scheme {
        "file" => "serve the file from a local web server, and request it there",
        "localhost" => "write the scheme: `http://localhost…`",
        "blob" => "use the URL on a page of the origin that made it, while that page is open",
        _ => "offer the resource over `https`",
    };
    Explanation {
        name: "scheme-not-http",
        title: format!("`{scheme}:` URLs cannot be fetched from another origin"),
        meaning: "CORS works with HTTP headers, so only `http` and `https` URLs can allow another origin; nothing was sent".to_string(),
        cause: format!("the page is `{}`, the URL is {}", context.page_origin, context.current_url),
        fix: fix.to_string(),
        reference: "https://fetch.spec.whatwg.org/#main-fetch",
    }
}
