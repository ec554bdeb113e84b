//! How to reach servers.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use corsac_fetch::UserAgent;
use tokio::time::Instant;

use crate::clock::Clock;
use crate::cookies::Cookies;
use crate::service::Handler;

/// How to reach servers.
#[derive(Clone, Debug)]
pub struct Options {
    /// The browser whose `User-Agent`, `Accept-Encoding` and `Accept-Language` are sent. Give the
    /// requests the same one.
    pub user_agent: UserAgent,
    /// Which certificates are good.
    pub trust: Trust,
    /// A fetch, with its preflight and redirects, is given up after this time.
    pub timeout: Duration,
    /// A connection attempt, with its TLS handshake, is given up after this time.
    pub connect_timeout: Duration,
    /// Sent to the host asked for whenever credentials go along, whatever `SameSite` would say.
    pub cookies: Option<Cookies>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            user_agent: UserAgent::Standard,
            trust: Trust::System,
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            cookies: None,
        }
    }
}

/// Everything that a browser is made with.
pub(crate) struct Settings {
    pub(crate) options: Options,
    /// Whether HTTP/1.1 connections are used again.
    pub(crate) keeps_connections: bool,
    /// Whether `Set-Cookie` is heeded.
    pub(crate) keeps_cookies: bool,
    /// The longest body that a page is given, after decoding.
    pub(crate) body_limit: u64,
    /// Hosts whose address is given.
    pub(crate) addresses: BTreeMap<String, SocketAddr>,
    /// Services by the origin that they stand for.
    pub(crate) services: BTreeMap<String, Arc<dyn Handler>>,
    pub(crate) clock: Clock,
}

impl Settings {
    /// One request at a time, as `corsac check` makes them: nothing is kept but HTTP/2 connections.
    pub(crate) fn of_options(options: Options) -> Self {
        Self {
            options,
            keeps_connections: false,
            keeps_cookies: false,
            body_limit: BODY_LIMIT,
            addresses: BTreeMap::new(),
            services: BTreeMap::new(),
            clock: Clock::system(),
        }
    }
}

/// Which server certificates are good.
#[derive(Clone, Debug)]
pub enum Trust {
    /// Those that lead to a root of this machine's store. It is read at the first `https` URL.
    System,
    /// Those that lead to one of these roots (DER).
    Roots(Vec<Vec<u8>>),
    /// All, unchecked. A browser never does this.
    DangerouslyAnyCertificate,
}

/// The moment after this much time, or in a year when that is sooner.
pub(crate) fn deadline(time: Duration) -> Instant {
    Instant::now() + time.min(YEAR)
}

const BODY_LIMIT: u64 = 16 * 1024 * 1024;

const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
