//! # Exposed headers
//!
//! **What it checks.** Each item of `expose_headers` names a response header that a page can be shown,
//! once.
//!
//! **Why it matters.** One malformed item makes browsers ignore the whole list. Some headers are never
//! readable, whatever a server says.
//!
//! **Example.** `expose_headers = ["X-Request-Id, ETag", "Set-Cookie"]`
//!
//! **Use instead.** `expose_headers = ["X-Request-Id", "ETag"]`
//!
//! **When to ignore it.** Never: it is an error.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#http-access-control-expose-headers>.

use super::PolicyExplanation;

pub(super) const NOT_TOKEN: PolicyExplanation = PolicyExplanation {
    title: "`{value}` is not a header name",
    meaning: "a name is a token (letters, digits and some signs); one bad item makes browsers ignore the whole list",
    fix: "write one name per item, without a colon: `[\"X-Request-Id\", \"ETag\"]`",
};

pub(super) const FORBIDDEN: PolicyExplanation = PolicyExplanation {
    title: "no page can read `{value}`",
    meaning: "browsers hide cookies from `fetch()` and `XMLHttpRequest`, whatever a server says",
    fix: "remove it; to hand the page a value, use a header of its own or the body",
};

pub(super) const IS_CORS_REQUEST: PolicyExplanation = PolicyExplanation {
    title: "`{value}` is a request header of CORS",
    meaning: "`expose_headers` lists headers of answers; browsers send this one in requests",
    fix: "remove it",
};

pub(super) const WILDCARD_WITH_CREDENTIALS: PolicyExplanation = PolicyExplanation {
    title: "`*` is not a wildcard for exposed headers when credentials are allowed",
    meaning: "for a request with credentials, browsers read `*` as a header named `*`",
    fix: "list the headers that pages read",
};

pub(super) const DUPLICATE: PolicyExplanation = PolicyExplanation {
    title: "exposed header `{value}` is listed twice",
    meaning: "names are the same in any case of letters",
    fix: "remove one of them",
};

pub(super) const IS_OF_PREFLIGHT: PolicyExplanation = PolicyExplanation {
    title: "no page sees `{value}`",
    meaning: "only answers to preflights have it, and browsers keep those to themselves",
    fix: "remove it",
};
