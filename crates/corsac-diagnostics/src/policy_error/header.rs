//! # Request headers
//!
//! **What it checks.** Each item of `allow_headers` names a request header that a page can set, once.
//!
//! **Why it matters.** One malformed item makes browsers reject the whole list, for every header.
//! Names that no page can set are a sign that something else was meant.
//!
//! **Example.** `allow_headers = ["Content-Type, Authorization", "Origin"]`
//!
//! **Use instead.** `allow_headers = ["Content-Type", "Authorization"]`
//!
//! **When to ignore it.** Never: it is an error.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#cors-preflight-fetch>,
//! <https://fetch.spec.whatwg.org/#forbidden-request-header>.

use super::PolicyExplanation;

pub(super) const NOT_TOKEN: PolicyExplanation = PolicyExplanation {
    title: "`{value}` is not a header name",
    meaning: "a name is a token (letters, digits and some signs); one bad item makes browsers reject the whole list",
    fix: "write one name per item, without a colon: `[\"Content-Type\", \"Authorization\"]`",
};

pub(super) const FORBIDDEN: PolicyExplanation = PolicyExplanation {
    title: "no page can set the request header `{value}`",
    meaning: "the browser sets it itself or never sends it, so it is never asked for in a preflight",
    fix: "remove it",
};

pub(super) const IS_CORS_RESPONSE: PolicyExplanation = PolicyExplanation {
    title: "`{value}` is a response header of CORS",
    meaning: "`allow_headers` lists headers of requests; servers set this one in answers",
    fix: "remove it: the policy sends it by itself",
};

pub(super) const WILDCARD_WITH_CREDENTIALS: PolicyExplanation = PolicyExplanation {
    title: "`*` is not a wildcard for headers when credentials are allowed",
    meaning: "for a request with credentials, browsers read `*` as a header named `*`",
    fix: "list the headers that pages set",
};

pub(super) const DUPLICATE: PolicyExplanation = PolicyExplanation {
    title: "header `{value}` is listed twice",
    meaning: "names are the same in any case of letters",
    fix: "remove one of them",
};
