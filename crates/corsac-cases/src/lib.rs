//! Test vectors: behaviour as data, one expectation per algorithm and input.
//!
//! `cargo run -p corsac-cases -- FILE.json…` runs files of this format from anywhere;
//! `cases/README.md` describes it. For development only.

pub mod arbitrary_exchange;
pub mod expected_failures;
pub mod hostile_origins;
pub mod operation;
pub mod report;
pub mod strict_reference;
pub mod vector;
pub mod vector_file;

pub use expected_failures::ExpectedFailures;
pub use report::{Failure, Report};
pub use vector::Vector;
pub use vector_file::{UnreadableFile, read_vectors};
