//! # Policy names
//!
//! **What it checks.** Each policy has a name of its own.
//!
//! **Why it matters.** Logs and errors say which policy decided. Without a name, or with two alike,
//! nobody can tell.
//!
//! **Example.** Two `[[policy]]` tables with `name = "api"`.
//!
//! **Use instead.** `name = "api, signed in"` and `name = "api, public"`.
//!
//! **When to ignore it.** Never: it is an error.
//!
//! **Reference.** The policy file, key `name`.

use super::PolicyExplanation;

pub(super) const EMPTY: PolicyExplanation = PolicyExplanation {
    title: "the policy has no name",
    meaning: "logs and errors name the policy that decided",
    fix: "add a name of your own choice: `name = \"app\"`",
};

pub(super) const FORBIDDEN_CHARACTER: PolicyExplanation = PolicyExplanation {
    title: "the policy's name has a control character",
    meaning: "logs print the name, and a control character in a log misleads its reader",
    fix: "remove it",
};

pub(super) const TAKEN: PolicyExplanation = PolicyExplanation {
    title: "two policies are named `{value}`",
    meaning: "logs and errors name the policy that decided, so no two may be alike",
    fix: "give one of them another name, or make one policy of both",
};
