//! How to reach servers.

use std::time::Duration;

use corsac_fetch::UserAgent;

use crate::cookies::Cookies;

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
