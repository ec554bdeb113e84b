//! The integration tests of this crate, one binary.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a case that cannot be read fails its test"
)]

mod case;
mod diagnostics;
mod policy;
mod render;
