//! # `unexpected-range`
//!
//! **What it checks.** A part of a resource (status 206) comes only to a request that asked for a part.
//!
//! **Why it matters.** A server that answers with a part on its own could have a page put together parts
//! of different resources.
//!
//! **Example.** `HTTP/1.1 206 Partial Content` to a request without `Range`.
//!
//! **Use instead.** 200 with the whole resource.
//!
//! **When to ignore it.** Never: the answer is not used.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#main-fetch>: "internalResponse's range-requested flag is
//! set, and request's header list does not contain `Range`".

use alloc::string::ToString;

use super::Explanation;
use super::stage::answered;
use crate::context::Context;

pub(super) fn explain(context: &Context) -> Explanation {
    Explanation {
        name: "unexpected-range",
        title: "the answer is a part of the resource that nobody asked for".to_string(),
        meaning: "a part (status 206) is used only when the request had a `Range` header".to_string(),
        cause: answered(context),
        fix: "answer requests without `Range` with 200 and the whole resource".to_string(),
        reference: "https://fetch.spec.whatwg.org/#main-fetch",
    }
}
