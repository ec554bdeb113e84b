//! # Long max-age
//!
//! **What it checks.** `max_age` is at most a day.
//!
//! **Why it matters.** Browsers cut longer values: Firefox at 86400 seconds, Chromium at 7200, WebKit
//! at 600. A longer value promises what no browser does.
//!
//! **Example.** `max_age = "30d"`
//!
//! **Use instead.** `max_age = "2h"`
//!
//! **When to ignore it.** Never: it is an error.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#http-access-control-max-age>.

use super::PolicyExplanation;

pub(super) const TOO_LONG: PolicyExplanation = PolicyExplanation {
    title: "no browser remembers a preflight for more than a day",
    meaning: "Firefox cuts the time at 86400 seconds, Chromium at 7200, WebKit at 600",
    fix: "write `\"2h\"`, or at most `\"1d\"`",
};
