//! The gateway between raw sockets: what each side gets, byte for byte.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod bad_input;
mod cases;
mod connections;
mod fixture;
mod http2;
mod stop;
mod streaming;
mod upgrade;
mod wire;
