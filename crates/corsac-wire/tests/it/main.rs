//! The integration tests of this crate, one binary.

#![expect(clippy::unwrap_used, reason = "a case that cannot be read fails its test")]

mod browsers;
mod console;
mod policy_file;
mod policy_flags;
mod profiles;
mod scenario;
mod simulate;
