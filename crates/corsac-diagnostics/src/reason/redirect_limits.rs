//! # `too-many-redirects`, `redirected-stream-body`
//!
//! **What it checks.** A fetch follows at most twenty redirects, and sends a streamed body once.
//!
//! **Why it matters.** More than twenty are a loop, most of the time: a cookie that is never stored, two
//! rules that undo each other. A stream cannot be read a second time, so it cannot go to the next URL.
//!
//! **Example.** `/login` redirects to `/`, and `/` to `/login`, because a cross-site cookie is not sent.
//!
//! **Use instead.** The final URL.
//!
//! **When to ignore it.** Never: the fetch ends.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#http-redirect-fetch>: "If request's redirect count is 20,
//! then return a network error."

use alloc::format;
use alloc::string::ToString;

use super::Explanation;
use super::stage::answered;
use crate::context::Context;

pub(super) fn explain_too_many(context: &Context) -> Explanation {
    Explanation {
        name: "too-many-redirects",
        title: "there were more than twenty redirects".to_string(),
        meaning: "browsers follow twenty redirects and then give up".to_string(),
        cause: format!("{}, one redirect too many, after starting at {}", answered(context), context.url),
        fix: "find the loop: look at each `Location`, and at cookies that the server waits for but that are not sent across sites".to_string(),
        reference: "https://fetch.spec.whatwg.org/#http-redirect-fetch",
    }
}

pub(super) fn explain_stream_body(context: &Context) -> Explanation {
    Explanation {
        name: "redirected-stream-body",
        title: "a request with a streamed body was redirected".to_string(),
        meaning: "a stream is read once, so the body cannot be sent again to the next URL".to_string(),
        cause: format!("{}, while the body was a stream", answered(context)),
        fix: "request the final URL; or send a body that can be sent again, such as a string or a `Blob`"
            .to_string(),
        reference: "https://fetch.spec.whatwg.org/#http-redirect-fetch",
    }
}
