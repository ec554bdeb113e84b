//! The reverse proxy: it puts Corsac in front of an HTTP API.
//!
//! It streams bodies both ways, answers preflights itself, and applies the policy's header edits
//! to every answer, its own errors included. It decides nothing: what a header says comes from
//! [`corsac::Decision`].
//!
//! HTTP/1.1 and HTTP/2 without TLS towards clients, HTTP/1.1 with or without TLS towards the
//! upstream. Each worker thread has its own connections to the upstream.
//!
//! What it changes in requests: fields for one connection only are removed, `X-Forwarded-For`,
//! `-Proto` and `-Host` are added, `Forwarded` and `Expect` are removed, and `Host` is the client's
//! or the upstream's ([`HostHeader`]). `Upgrade: websocket` passes through, other upgrades do not.

pub mod config;
pub mod failure;
pub mod gateway;
pub mod log;
pub mod upstream;

mod body;
mod client_stream;
mod connect;
mod deadline;
mod exchange;
mod framing_watch;
mod hop_by_hop;
mod pool;
mod proxy;
mod request_head;
mod websocket;
mod worker;

pub use config::{Config, HostHeader, Timeouts};
pub use failure::Failure;
pub use gateway::{Gateway, Running, StartError};
pub use log::{Log, LogFormat, LogLevel};
pub use upstream::{Upstream, UpstreamError};
