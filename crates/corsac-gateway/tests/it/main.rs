//! The gateway between raw sockets: what each side gets, byte for byte.

mod bad_input;
mod cases;
mod connections;
mod fixture;
mod http2;
mod stop;
mod streaming;
mod upgrade;
mod wire;
