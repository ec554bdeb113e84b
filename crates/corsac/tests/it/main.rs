//! What the server half promises, asserted from `cases/` and by properties.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests: a test that cannot go on fails"
)]

mod advisories;
mod arrival;
mod arrivals;
mod browser;
mod closed_loop;
mod csrf_peers;
mod decision_cases;
mod draft;
mod generated;
mod live_counts;
mod log_safe;
mod origin_sets;
mod origins;
mod pairs;
mod policy_cases;
mod promise;
mod promise_guard;
mod promise_place;
mod properties;
mod script;
mod switches;
