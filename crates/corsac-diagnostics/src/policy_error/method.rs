//! # Methods
//!
//! **What it checks.** Each item of `allow_methods` is a method that a page can send, listed once.
//!
//! **Why it matters.** One malformed item makes browsers reject the whole list, for every method.
//!
//! **Example.** `allow_methods = ["PUT, DELETE", "TRACE"]`
//!
//! **Use instead.** `allow_methods = ["PUT", "DELETE"]`
//!
//! **When to ignore it.** Never: it is an error.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#methods>.

use super::PolicyExplanation;

pub(super) const NOT_TOKEN: PolicyExplanation = PolicyExplanation {
    title: "`{value}` is not a method",
    meaning: "a method is a token (letters, digits and some signs); one bad item makes browsers reject the whole list",
    fix: "write one method per item: `[\"PUT\", \"DELETE\"]`",
};

pub(super) const FORBIDDEN: PolicyExplanation = PolicyExplanation {
    title: "no page can send `{value}`",
    meaning: "browsers refuse to send `CONNECT`, `TRACE` and `TRACK` at all",
    fix: "remove it",
};

pub(super) const WILDCARD_WITH_CREDENTIALS: PolicyExplanation = PolicyExplanation {
    title: "`*` is not a wildcard for methods when credentials are allowed",
    meaning: "for a request with credentials, browsers read `*` as a method named `*`",
    fix: "list the methods that pages need",
};

pub(super) const DUPLICATE: PolicyExplanation = PolicyExplanation {
    title: "method `{value}` is listed twice",
    meaning: "a list with repetitions is hard to review",
    fix: "remove one of them",
};
