//! What the server half promises, asserted from `cases/` and by properties.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests: a test that cannot go on fails"
)]

mod browser;
mod closed_loop;
mod decision_cases;
mod draft;
mod generated;
mod policy_cases;
mod promise;
mod properties;
