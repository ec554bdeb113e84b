//! Setting up a browser.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use corsac_fetch::{PreflightCache, UserAgent};
use http::{Request, Response};
use tower_service::Service;
use url::Url;

use crate::browser::Browser;
use crate::clock::Clock;
use crate::options::{Options, Settings, Trust};
use crate::service::{RequestBody, handler};

/// Sets up a [`Browser`].
pub struct BrowserBuilder {
    settings: Settings,
    preflight_cache: PreflightCache,
}

impl BrowserBuilder {
    pub(crate) fn new(user_agent: UserAgent) -> Self {
        let options = Options {
            user_agent,
            ..Options::default()
        };
        Self {
            settings: Settings {
                keeps_connections: true,
                keeps_cookies: true,
                ..Settings::of_options(options)
            },
            preflight_cache: PreflightCache::default(),
        }
    }

    /// Lets a service answer for the origin of this URL: no socket, no TLS, no name is looked up. The
    /// page sees what it would see of a server, and a service never sees a byte that HTTP forbids.
    ///
    /// Each request goes to a clone of the service. `tower::Service`s of the `http` types are taken as
    /// they are: an `axum::Router`, or a stack of layers around one.
    #[must_use]
    pub fn service<S, B>(mut self, url: &str, service: S) -> Self
    where
        S: Service<Request<RequestBody>, Response = Response<B>> + Clone + Send + 'static,
        S::Future: Send,
        S::Error: fmt::Display,
        B: http_body::Body + Send + 'static,
        B::Error: fmt::Display,
    {
        let origin =
            Url::parse(url).map_or_else(|_| url.to_owned(), |url| corsac::Origin::of_url(&url).to_string());
        self.settings.services.insert(origin, Arc::new(handler(service)));
        self
    }

    /// Lets this host be at this address, whatever its URL's port: a server of the test on a free port
    /// answers for a name and a port of the real one.
    #[must_use]
    pub fn resolve(mut self, host: &str, address: SocketAddr) -> Self {
        self.settings.addresses.insert(host.to_ascii_lowercase(), address);
        self
    }

    /// Which certificates are good.
    #[must_use]
    pub fn trust(mut self, trust: Trust) -> Self {
        self.settings.options.trust = trust;
        self
    }

    /// The time limit of a fetch: preflight, redirects and the whole body. 30 s unless set.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.options.timeout = timeout;
        self
    }

    /// The time limit of a connection attempt with its TLS handshake. 10 s unless set.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.options.connect_timeout = timeout;
        self
    }

    /// The longest body that a page is given, in bytes after decoding. 16 MiB unless set.
    #[must_use]
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.settings.body_limit = bytes;
        self
    }

    /// The time that the preflight cache and cookies go by: the machine's unless set.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.settings.clock = clock;
        self
    }

    /// How many requests the preflight cache remembers, in place of the user agent's number.
    #[must_use]
    pub fn preflight_cache_capacity(mut self, requests: usize) -> Self {
        self.preflight_cache = PreflightCache::with_capacity(requests);
        self
    }

    /// The browser, with nothing remembered.
    #[must_use]
    pub fn build(self) -> Browser {
        Browser::of_settings(self.settings, self.preflight_cache)
    }
}

impl fmt::Debug for BrowserBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BrowserBuilder")
            .field("options", &self.settings.options)
            .field("services", &self.settings.services.keys())
            .finish_non_exhaustive()
    }
}
