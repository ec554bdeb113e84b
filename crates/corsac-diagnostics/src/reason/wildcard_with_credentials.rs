//! # `wildcard-with-credentials`, and the same on preflights
//!
//! **What it checks.** An answer to a request whose credentials mode is `include` names an origin;
//! `*` does not count.
//!
//! **Why it matters.** `*` says that everybody may read. With the user's cookies in the request, the
//! answer is the user's own, and everybody must not read that. `*` alone is not forbidden: requests
//! without credentials pass, and so do requests with an `Authorization` header that a script set.
//!
//! **Example.** `fetch(url, { credentials: "include" })`, answered with `Access-Control-Allow-Origin: *`.
//!
//! **Use instead.** In the page, no `credentials: "include"` where no cookie is needed. On the server,
//! where it is: the one origin, `Access-Control-Allow-Credentials: true`, and `Vary: Origin`.
//!
//! **When to ignore it.** When the answer is public: then the page should not send credentials.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#concept-cors-check>: "If request's credentials mode is
//! not "include" and origin is `*`, then return success."

use alloc::format;
use alloc::string::ToString;

use super::Explanation;
use super::stage::{Stage, answered, sent_origin};
use crate::context::Context;

pub(super) fn explain(stage: Stage, context: &Context) -> Explanation {
    let origin = context.request_origin();
    let server = if origin == "null" {
        "If it does, the page needs an origin of its own: do not allow `null`".to_string()
    } else {
        format!(
            "If it does, list `{origin}` on the server, and answer `Access-Control-Allow-Origin: {origin}`, `Access-Control-Allow-Credentials: true` and `Vary: Origin`"
        )
    };
    Explanation {
        name: stage.choose(
            "wildcard-with-credentials",
            "wildcard-with-credentials-on-preflight",
        ),
        title: format!(
            "{} allows `*`, but the request includes credentials",
            stage.answer()
        ),
        meaning: format!(
            "`*` covers only requests whose credentials mode is not `include`. {}",
            stage.consequence()
        ),
        cause: format!(
            "the script asked for credentials (`include`, or `withCredentials`) and the browser sent {}; {}, with `Access-Control-Allow-Origin: *`",
            sent_origin(context),
            answered(context)
        ),
        fix: format!(
            "if the request needs no cookies, remove `credentials: \"include\"` (or `withCredentials`) from the script. {server}"
        ),
        reference: "https://fetch.spec.whatwg.org/#concept-cors-check",
    }
}
