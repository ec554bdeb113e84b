//! The vectors of `cases/vectors`, and the runner itself.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets something unexpected shall fail there"
)]

mod command;
mod strict_reference;
mod vectors;
