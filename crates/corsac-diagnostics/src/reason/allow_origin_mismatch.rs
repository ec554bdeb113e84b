//! # `mismatched-allow-origin`, `multiple-allow-origins`, and the same on preflights
//!
//! **What it checks.** `Access-Control-Allow-Origin` is the page's origin, byte for byte, once.
//!
//! **Why it matters.** The browser compares the whole value. A slash at the end, another port, a second
//! value or a second line make it a different text.
//!
//! **Example.** `Access-Control-Allow-Origin: https://app.example/`, or
//! `https://app.example, https://admin.example`.
//!
//! **Use instead.** The server keeps a list, and answers with the one origin that asked:
//! `Access-Control-Allow-Origin: https://app.example` and `Vary: Origin`.
//!
//! **When to ignore it.** When the page's origin is not meant to read the answer.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#concept-cors-check>: "If the result of
//! byte-serializing a request origin with request is not origin, then return failure."

use alloc::format;
use alloc::string::String;

use super::Explanation;
use super::origin_difference::difference;
use super::stage::{Stage, answered, sent_origin};
use crate::context::{Context, text};

pub(super) fn explain(
    value: &[u8],
    origin: &str,
    lines: usize,
    stage: Stage,
    context: &Context,
) -> Explanation {
    let value = text(value);
    let multiple = lines > 1 || value.contains(',');
    Explanation {
        name: if multiple {
            stage.choose("multiple-allow-origins", "multiple-allow-origins-on-preflight")
        } else {
            stage.choose("mismatched-allow-origin", "mismatched-allow-origin-on-preflight")
        },
        title: if multiple {
            format!(
                "{} names more than one origin in `Access-Control-Allow-Origin`",
                stage.answer()
            )
        } else {
            format!("{} allows `{value}`, not `{origin}`", stage.answer())
        },
        meaning: format!(
            "`Access-Control-Allow-Origin` must be exactly the origin that the browser sent, or `*`; it is one value, not a list. {}",
            stage.consequence()
        ),
        cause: format!(
            "the browser sent {}; {}, with `Access-Control-Allow-Origin: {value}`{}. {}",
            sent_origin(context),
            answered(context),
            if lines > 1 {
                format!(" (in {lines} lines)")
            } else {
                String::new()
            },
            if multiple {
                source_of_several(lines)
            } else {
                difference(&value, origin)
            },
        ),
        fix: fix(origin, multiple, context),
        reference: "https://fetch.spec.whatwg.org/#concept-cors-check",
    }
}

const fn source_of_several(lines: usize) -> &'static str {
    if lines > 1 {
        "Most often two parts of the server, such as a proxy and the application, each add the header."
    } else {
        "A list of origins was written into the header."
    }
}

fn fix(origin: &str, multiple: bool, context: &Context) -> String {
    if origin == "null" {
        return format!(
            "do not allow `null`, which every site can send. {}",
            if context.page_origin == "null" {
                "Give the page an origin of its own: serve it over HTTP(S), and do not sandbox it without `allow-same-origin` unless that is the point"
            } else {
                "Request the URL that the redirect leads to directly"
            }
        );
    }
    if multiple {
        format!(
            "set the header in one place only; there, compare the request's origin with the list, and answer `Access-Control-Allow-Origin: {origin}` and `Vary: Origin` when it is on it"
        )
    } else {
        format!(
            "if pages of `{origin}` should read this, add exactly `{origin}` to the server's list; do not send back whatever origin asks"
        )
    }
}
