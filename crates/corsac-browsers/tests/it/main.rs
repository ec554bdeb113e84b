//! The parts of a run that need no browser.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a line that cannot be read fails its test"
)]

mod batches;
mod shrink;
