//! # Danger switches without a reason
//!
//! **What it checks.** A key that starts with `dangerously_` has a reason as its value.
//!
//! **Why it matters.** It opens a hole on purpose. The next reader must be able to tell whether the
//! purpose is still there.
//!
//! **Example.** `dangerously_allow_insecure = ""`
//!
//! **Use instead.** `dangerously_allow_insecure = "the kiosk has no TLS until March"`
//!
//! **When to ignore it.** Never: it is an error.
//!
//! **Reference.** The policy file, keys `dangerously_…`.

use super::PolicyExplanation;

pub(super) const EMPTY: PolicyExplanation = PolicyExplanation {
    title: "the danger switch has no reason",
    meaning: "it opens a hole on purpose, and the next reader must be able to judge the purpose",
    fix: "write why it is needed, or remove the key",
};
