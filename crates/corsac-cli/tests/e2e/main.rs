//! The `corsac` command against real servers that nobody here wrote: nginx, and Express with and
//! without its `cors` package. What is asked and what must come out is data: `cases/e2e/`.
//!
//! `cargo xtask test` installs what these tests need.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "what a test needs and does not get fails it"
)]

mod case;
mod check_kinds;
mod command;
mod demo;
mod exchange;
mod gateway_command;
mod pages;
mod scripted;
mod scripted_server;
mod server;
