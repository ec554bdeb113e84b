//! Drives the browser half (`corsac-fetch`) over real HTTP.
//!
//! [`Browser::send`] does what a browser does for `fetch()`: it puts on the wire exactly the
//! requests that the state machine asks for and hands back the answers as they came. It decides
//! nothing: redirects, preflights and checks belong to `corsac-fetch`, explanations to
//! `corsac-diagnostics`.
//!
//! HTTP/1.1 and, when TLS negotiates it, HTTP/2. No cookie store: what
//! [`Options::cookies`] gives is sent to the host asked for when credentials go along, and
//! `Set-Cookie` is reported but not kept.

pub mod browser;
pub mod cookies;
pub mod exchange;
pub mod options;
pub mod probe;
pub mod replay;

mod network;

pub use browser::{Browser, Fetched};
pub use cookies::Cookies;
pub use exchange::{Answer, BodyLength, Exchange, Failure, Protocol, Tls};
pub use options::{Options, Trust};
pub use probe::{Probe, origins_to_probe};
pub use replay::{Replayed, replay};
