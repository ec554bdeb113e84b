//! # `missing-allow-credentials`, `invalid-allow-credentials`, and the same on preflights
//!
//! **What it checks.** An answer to a request whose credentials mode is `include` has
//! `Access-Control-Allow-Credentials: true`, these four lower-case letters, once.
//!
//! **Why it matters.** A server that allows an origin has not yet agreed that this origin reads what is
//! the user's own. The header does not decide whether cookies are sent (for a request without preflight
//! they already were): it decides whether the answer may be read.
//!
//! **Example.** `Access-Control-Allow-Credentials: True`
//!
//! **Use instead.** `Access-Control-Allow-Credentials: true` for origins that are listed one by one; or
//! no credentials in the request.
//!
//! **When to ignore it.** When the page needs no cookies: then it should not send them.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#concept-cors-check>: "If credentials is `true`, then
//! return success."

use alloc::format;
use alloc::string::{String, ToString};

use super::Explanation;
use super::stage::{Stage, answered, sent_origin};
use crate::context::{Context, text};

pub(super) fn explain(value: Option<&[u8]>, stage: Stage, context: &Context) -> Explanation {
    let name = match value {
        None => stage.choose(
            "missing-allow-credentials",
            "missing-allow-credentials-on-preflight",
        ),
        Some(_) => stage.choose(
            "invalid-allow-credentials",
            "invalid-allow-credentials-on-preflight",
        ),
    };
    let observed = match value {
        None => "without `Access-Control-Allow-Credentials`".to_string(),
        Some(value) => format!("with `Access-Control-Allow-Credentials: {}`", text(value)),
    };
    Explanation {
        name,
        title: format!("{} does not allow credentials", stage.answer()),
        meaning: format!(
            "an answer to a request with credentials is read only when it says `Access-Control-Allow-Credentials: true`, in lower case, once. {}",
            stage.consequence()
        ),
        cause: format!(
            "the script asked for credentials (`include`, or `withCredentials`) and the browser sent {}; {}, {observed}",
            sent_origin(context),
            answered(context)
        ),
        fix: String::from(
            "if the request needs no cookies, remove `credentials: \"include\"` (or `withCredentials`) from the script. If it does, let the server's policy allow credentials for this origin, after making sure that each listed origin may act as the user",
        ),
        reference: "https://fetch.spec.whatwg.org/#concept-cors-check",
    }
}
