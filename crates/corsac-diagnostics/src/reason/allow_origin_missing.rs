//! # `missing-allow-origin`, `missing-allow-origin-on-preflight`
//!
//! **What it checks.** An answer to a cross-origin request says which origin may read it:
//! `Access-Control-Allow-Origin`.
//!
//! **Why it matters.** Without the header, browsers keep the answer from the page. This protects users:
//! a server that knows nothing of CORS has not agreed that other sites read with the user's cookies or
//! from the user's network. The header is missing not only where CORS was never set up: also on error
//! pages, on redirects to a login, and where a proxy answers before the application.
//!
//! **Example.** `HTTP/1.1 404 Not Found` to the preflight, from a router that knows no `OPTIONS`.
//!
//! **Use instead.** `Access-Control-Allow-Origin: https://app.example` and `Vary: Origin`, on every answer.
//!
//! **When to ignore it.** When no page of that origin is meant to read the answer.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#concept-cors-check>: "If origin is null, then return
//! failure."

use alloc::format;
use alloc::string::String;

use super::Explanation;
use super::stage::{Stage, answered, sent_origin};
use crate::context::Context;

pub(super) fn explain(stage: Stage, context: &Context) -> Explanation {
    Explanation {
        name: stage.choose("missing-allow-origin", "missing-allow-origin-on-preflight"),
        title: format!("{} has no `Access-Control-Allow-Origin` header", stage.answer()),
        meaning: format!(
            "a page may read an answer from another origin only when the answer names the origin that the browser sent, or `*`. {}",
            stage.consequence()
        ),
        cause: format!(
            "{}, without `Access-Control-Allow-Origin`. {}",
            answered(context),
            likely_source(stage, context)
        ),
        fix: fix(context),
        reference: "https://fetch.spec.whatwg.org/#concept-cors-check",
    }
}

/// Which part of a server most often gives such an answer.
fn likely_source(stage: Stage, context: &Context) -> &'static str {
    match (stage, context.status().unwrap_or_default()) {
        (Stage::Preflight, 401 | 403 | 407) => {
            "Most often a check of credentials comes first, but a preflight never carries any."
        }
        (Stage::Preflight, 404 | 405 | 501) => {
            "Most often the server has no handler for `OPTIONS` on this path."
        }
        (_, 300..=399) => "The answer is a redirect, often to a login or to another spelling of the URL.",
        (_, 401 | 403) => {
            "Most often a check of credentials refuses the request before CORS headers are added."
        }
        (_, 404) => {
            "Error pages for unknown paths often come from a part of the server that adds no CORS headers."
        }
        (_, 413 | 429) => "Most often a limit in front of the application answers, without CORS headers.",
        (_, 500..=599) => {
            "Error answers, of the application or of a proxy, often lack the CORS headers of the others."
        }
        _ => "Most often CORS is not set up for this path, or the server does not list this origin.",
    }
}

fn fix(context: &Context) -> String {
    let origin = context.request_origin();
    if origin == "null" {
        return format!(
            "the browser sent {}. Do not allow `null`, which every site can send: request the final URL directly, from a page with an origin of its own",
            sent_origin(context)
        );
    }
    format!(
        "if pages of `{origin}` should read this, list that origin in the server's CORS policy, so that every answer, errors and preflights too, has `Access-Control-Allow-Origin: {origin}` and `Vary: Origin`"
    )
}
