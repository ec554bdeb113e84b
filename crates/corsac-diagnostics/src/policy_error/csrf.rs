//! # A guard that lets everybody through
//!
//! **What it checks.** `csrf = "enforce"` does not stand beside `allow_origins = "*"`.
//!
//! **Why it matters.** The guard lets through what the policy lists. Where every origin is listed, it
//! refuses nothing, and whoever reads the policy thinks that it does.
//!
//! **Example.** `allow_origins = "*"` with `csrf = "enforce"`.
//!
//! **Use instead.** Two policies: one for the public paths with `allow_origins = "*"`, and one for the
//! paths that change something, with the origins that may.
//!
//! **When to ignore it.** Never: it is an error.
//!
//! **Reference.** The policy file, key `csrf`; <https://w3c.github.io/webappsec-fetch-metadata/>.

use super::PolicyExplanation;

pub(super) const WITH_ANY_ORIGIN: PolicyExplanation = PolicyExplanation {
    title: "the guard against other sites' requests would let every site through",
    meaning: "it admits the origins that the policy lists, and `*` lists them all",
    fix: "list the origins that may change something, or remove `csrf`",
};
