//! What a gateway is told before it starts.

use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroUsize;
use std::time::Duration;

use corsac::PolicyTable;

use crate::log::Log;
use crate::upstream::Upstream;

/// Everything a gateway needs.
pub struct Config {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where requests go.
    pub upstream: Upstream,
    /// Who may read the answers.
    pub policies: PolicyTable,
    /// Whether refusals tell the browser why, as [`Decision::in_debug`](corsac::Decision::in_debug)
    /// does. For development: it tells strangers what a policy lists.
    pub is_debug: bool,
    /// Threads that serve connections. Each has its own connections to the upstream.
    pub workers: NonZeroUsize,
    /// How long to wait for whom.
    pub timeouts: Timeouts,
    /// What `Host` the upstream gets.
    pub host_header: HostHeader,
    /// Where decisions are written down.
    pub log: Log,
}

/// How long the gateway waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For a TCP and TLS connection to the upstream. 504 afterwards.
    pub connect: Duration,
    /// For the upstream's response head, from the last piece of the request on. 504 afterwards.
    pub response_head: Duration,
    /// For the next piece of a response body. The answer breaks off afterwards.
    pub body_idle: Duration,
    /// For a client to send a whole request head, counted from the end of the last answer, and
    /// for a client to take what it was sent. The connection closes afterwards.
    pub client: Duration,
}

/// What `Host` the upstream gets. `X-Forwarded-Host` always has what the client sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HostHeader {
    /// What the client sent: the upstream sees the name that the user sees.
    Client,
    /// The upstream's own name and port, which servers with several sites and TLS expect.
    Upstream,
}

impl Config {
    /// A gateway on `127.0.0.1:8080` with one worker, that writes nothing down.
    ///
    /// `Host` is the client's for an `http` upstream and the upstream's for `https`.
    #[must_use]
    pub fn new(upstream: Upstream, policies: PolicyTable) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            host_header: HostHeader::usual_for(&upstream),
            upstream,
            policies,
            is_debug: false,
            workers: NonZeroUsize::MIN,
            timeouts: Timeouts::default(),
            log: Log::off(),
        }
    }
}

impl HostHeader {
    fn usual_for(upstream: &Upstream) -> Self {
        if upstream.is_https() {
            Self::Upstream
        } else {
            Self::Client
        }
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            response_head: Duration::from_secs(60),
            body_idle: Duration::from_secs(300),
            client: Duration::from_secs(60),
        }
    }
}
