//! The integration tests of this crate, one binary.

mod case;
mod diagnostics;
mod policy;
mod render;
