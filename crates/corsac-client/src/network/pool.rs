//! Connections that wait for their next request,
//! <https://fetch.spec.whatwg.org/#concept-connection-pool>.
//!
//! Bounded like those of browsers: six idle HTTP/1.1 connections to a server, 256 in all, and none that
//! was idle for longer than 90 seconds.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use corsac_fetch::HttpRequest;
use tokio::time::Instant;

use crate::network::{http1, http2};

/// The connections of one browser.
#[derive(Default)]
pub(crate) struct Pool(Mutex<Connections>);

#[derive(Default)]
struct Connections {
    http1: BTreeMap<Key, Vec<Idle>>,
    http2: BTreeMap<Key, (http2::Connection, Option<SocketAddr>)>,
    idle: usize,
}

/// What a connection is for. "A connection whose key, origin, and credentials match": a server must not
/// learn from a connection that two sites, or requests with and without cookies, are the same visitor.
///
/// Network partition key, credentials, scheme, host and port in one text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(Arc<str>);

struct Idle {
    connection: http1::Connection,
    remote: Option<SocketAddr>,
    since: Instant,
}

impl Key {
    /// `None` for URLs without a host.
    pub(crate) fn of(request: &HttpRequest, network_partition_key: &str) -> Option<Self> {
        let (scheme, host) = (request.url.scheme(), request.url.host_str()?);
        let port = request.url.port_or_known_default()?;
        let credentials = if request.include_credentials {
            "with"
        } else {
            "without"
        };
        // No part has a space in it.
        let key = [
            network_partition_key,
            credentials,
            scheme,
            host,
            &port.to_string(),
        ]
        .join(" ");
        Some(Self(key.into()))
    }
}

impl Pool {
    /// The connection that was used last, if the server has not closed it.
    pub(crate) fn take(&self, key: &Key) -> Option<(http1::Connection, Option<SocketAddr>)> {
        let mut connections = self.lock();
        loop {
            let idle = connections.http1.get_mut(key)?.pop()?;
            connections.idle = connections.idle.saturating_sub(1);
            let Idle {
                mut connection,
                remote,
                since,
            } = idle;
            if since.elapsed() < MAX_IDLE_TIME && !connection.is_closed() {
                return Some((connection, remote));
            }
        }
    }

    /// An open HTTP/2 connection. That it has ended shows when it is used.
    pub(crate) fn http2(&self, key: &Key) -> Option<(http2::Connection, Option<SocketAddr>)> {
        self.lock().http2.get(key).cloned()
    }

    pub(crate) fn keep_http2(&self, key: Key, connection: http2::Connection, remote: Option<SocketAddr>) {
        let mut connections = self.lock();
        if connections.http2.len() >= MAX_CONNECTIONS {
            connections.http2.pop_first();
        }
        connections.http2.insert(key, (connection, remote));
    }

    /// This HTTP/2 connection failed.
    pub(crate) fn forget_http2(&self, key: &Key) {
        self.lock().http2.remove(key);
    }

    fn give_back(&self, key: Key, idle: Idle) {
        let mut connections = self.lock();
        if connections.idle >= MAX_CONNECTIONS {
            connections.drop_old();
        }
        if connections.idle >= MAX_CONNECTIONS {
            return;
        }
        let of_key = connections.http1.entry(key).or_default();
        of_key.push(idle);
        if of_key.len() > MAX_IDLE_PER_KEY {
            of_key.remove(0);
        } else {
            connections.idle += 1;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Connections> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connections {
    fn drop_old(&mut self) {
        self.http1.retain(|_, idle| {
            idle.retain(|idle| idle.since.elapsed() < MAX_IDLE_TIME);
            !idle.is_empty()
        });
        self.idle = self.http1.values().map(Vec::len).sum();
    }
}

/// The way back for a connection in use.
pub(crate) struct Lease {
    pub(crate) pool: Arc<Pool>,
    pub(crate) key: Key,
    pub(crate) remote: Option<SocketAddr>,
}

impl Lease {
    /// The exchange is over.
    pub(crate) fn give_back(self, connection: http1::Connection) {
        if connection.is_at_rest() {
            let idle = Idle {
                connection,
                remote: self.remote,
                since: Instant::now(),
            };
            self.pool.give_back(self.key, idle);
        }
    }
}

const MAX_IDLE_PER_KEY: usize = 6;
const MAX_CONNECTIONS: usize = 256;
const MAX_IDLE_TIME: Duration = Duration::from_secs(90);
