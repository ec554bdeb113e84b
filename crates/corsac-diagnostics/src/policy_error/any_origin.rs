//! # `*` as an origin
//!
//! **What it checks.** `*` stands alone (`allow_origins = "*"`), and not together with credentials.
//!
//! **Why it matters.** In a list, `*` would make the other entries pointless and is easy to overlook.
//! With credentials, browsers refuse it: an answer to a request with cookies needs the page's own
//! origin in `Access-Control-Allow-Origin`.
//!
//! **Example.** `allow_origins = "*"` with `allow_credentials = true`.
//!
//! **Use instead.** The origins that need the cookies, one by one. For data that is public to
//! everybody: `allow_origins = "*"` without `allow_credentials`.
//!
//! **When to ignore it.** Never: it is an error.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#concept-cors-check>.

use super::PolicyExplanation;

pub(super) const IN_LIST: PolicyExplanation = PolicyExplanation {
    title: "`*` is one of several origins",
    meaning: "`*` allows every site, so it must be the whole value, where nobody overlooks it",
    fix: "remove it; if every site may read these answers, write `allow_origins = \"*\"`",
};

pub(super) const WITH_CREDENTIALS: PolicyExplanation = PolicyExplanation {
    title: "every origin is allowed, with credentials",
    meaning: "browsers refuse `*` for requests with credentials, and no policy may let every site read with the user's cookies",
    fix: "list the origins that need cookies, or remove `allow_credentials`",
};
