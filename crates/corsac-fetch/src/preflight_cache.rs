//! The CORS-preflight cache, <https://fetch.spec.whatwg.org/#cors-preflight-cache>.
//!
//! Bounded: by requests (partition, origin and URL), the least recently used going first, and by
//! entries of one request. "Cache entries may be removed before that moment arrives."

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use corsac::Origin;
use url::Host;

use crate::cache_record::CacheRecord;
use crate::cors_preflight_fetch::PreflightGrant;
use crate::profile::{CacheEviction, CachedNullOrigin, Profile};
use crate::request::Request;
use crate::request_modes::CredentialsMode;

/// A preflight cache, shared by the fetches of one user agent.
#[derive(Clone, Debug, Default)]
pub struct PreflightCache {
    max_age_limit: Option<u64>,
    records: BTreeMap<CacheKey, CacheRecord>,
    /// The keys of `records` by when they were last used, the least recent first.
    order: BTreeMap<u64, CacheKey>,
    clock: u64,
    /// How many connections there are to the origins of URLs with an IP address, where that counts.
    connections: BTreeMap<String, u8>,
}

/// The fields that a cache entry match compares for equality.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct CacheKey {
    network_partition_key: String,
    byte_serialized_origin: String,
    url: String,
    /// Only where entries with and without credentials are kept apart.
    credentials: Option<bool>,
}

impl PreflightCache {
    /// A cache that imposes a limit on max-age, in seconds, besides the one of the profile.
    #[must_use]
    pub fn with_max_age_limit(seconds: u64) -> Self {
        Self {
            max_age_limit: Some(seconds),
            ..Self::default()
        }
    }

    /// The limit on max-age that this cache imposes, besides the profile's.
    #[must_use]
    pub fn max_age_limit(&self) -> Option<u64> {
        self.max_age_limit
    }

    /// A fetch of this request starts: with a new connection to an IP address some user agents forget
    /// what they knew of it. Each fetch opens one, until there are as many as there may be.
    pub(crate) fn connect(&mut self, request: &Request) {
        let url = request.current_url();
        if !request.user_agent.profile().preflight_cache_forgets_ip_addresses
            || !matches!(url.host(), Some(Host::Ipv4(_) | Host::Ipv6(_)))
        {
            return;
        }
        let origin = Origin::of_url(url).to_string();
        if self.connections.len() >= ORIGINS_WITH_CONNECTIONS {
            self.connections.clear();
        }
        let connections = self.connections.entry(origin.clone()).or_default();
        if *connections == CONNECTIONS_PER_ORIGIN {
            return;
        }
        *connections += 1;
        let is_there = |key: &CacheKey| {
            let path = key.url.strip_prefix(origin.as_str());
            path.is_some_and(|path| path.starts_with('/'))
        };
        let forgotten: Vec<CacheKey> = self.records.keys().filter(|key| is_there(key)).cloned().collect();
        for key in forgotten {
            self.remove(&key);
        }
    }

    /// Whether HTTP fetch can do without a CORS-preflight fetch,
    /// <https://fetch.spec.whatwg.org/#concept-http-fetch>: neither of its two conditions is true.
    pub(crate) fn allows(&mut self, request: &Request, unsafe_names: &[Vec<u8>], now: u64) -> bool {
        let profile = request.user_agent.profile();
        if profile.preflight_cache_bypass.contains(&request.cache) {
            return false;
        }
        let key = key(request);
        let Some(record) = self.records.get(&key) else {
            return false;
        };
        let allows = record.allows(request, unsafe_names, now);
        if allows || !profile.preflight_cache_replaces {
            self.touch(&key);
        } else {
            self.remove(&key);
        }
        allows
    }

    /// The last steps of CORS-preflight fetch: remember what a preflight granted.
    pub(crate) fn store(&mut self, request: &Request, grant: &PreflightGrant, now: u64) {
        let profile = request.user_agent.profile();
        if !is_cacheable(request) {
            return;
        }
        let key = key(request);
        let record = self.records.entry(key.clone()).or_default();
        record.store(request, grant, now);
        if record.expires > now {
            self.touch(&key);
            self.evict(profile);
        } else {
            self.remove(&key);
        }
    }

    /// Clear cache entries, <https://fetch.spec.whatwg.org/#concept-cache-clear>.
    pub(crate) fn clear(&mut self, request: &Request) {
        let mut key = key(request);
        self.remove(&key);
        if let Some(credentials) = key.credentials {
            key.credentials = Some(!credentials);
            self.remove(&key);
        }
    }

    fn touch(&mut self, key: &CacheKey) {
        if let Some(record) = self.records.get_mut(key) {
            self.clock += 1;
            self.order.remove(&record.last_used);
            record.last_used = self.clock;
            self.order.insert(self.clock, key.clone());
        }
    }

    fn remove(&mut self, key: &CacheKey) {
        if let Some(record) = self.records.remove(key) {
            self.order.remove(&record.last_used);
        }
    }

    fn evict(&mut self, profile: &Profile) {
        while self.records.len() > profile.preflight_cache_capacity {
            let mut keys = self.order.values();
            let leaves = match profile.preflight_cache_eviction {
                CacheEviction::LeastRecentlyUsed => keys.next(),
                // Any will do, the same one in every run; not the oldest, as that is the other rule.
                CacheEviction::Arbitrary => keys.nth(7),
            };
            match leaves.cloned() {
                Some(key) => self.remove(&key),
                None => return,
            }
        }
    }
}

fn key(request: &Request) -> CacheKey {
    CacheKey {
        network_partition_key: request.client.network_partition_key.clone(),
        byte_serialized_origin: request.preflight_origin(),
        url: request.current_url().to_string(),
        credentials: request
            .user_agent
            .profile()
            .preflight_cache_by_credentials
            .then_some(request.credentials == CredentialsMode::Include),
    }
}

/// Whether the user agent remembers answers for such a request at all.
fn is_cacheable(request: &Request) -> bool {
    let profile = request.user_agent.profile();
    let url = request.current_url();
    let by_origin = match profile.preflight_cache_null_origin {
        CachedNullOrigin::Yes => true,
        CachedNullOrigin::OpaquePages => request.origin().is_opaque() || request.preflight_origin() != "null",
        CachedNullOrigin::No => request.preflight_origin() != "null",
    };
    let by_url = profile
        .preflight_cache_url_limit
        .is_none_or(|limit| url.as_str().len() < limit);
    by_origin && by_url
}

/// As in Firefox: `network.http.max-persistent-connections-per-server`.
const CONNECTIONS_PER_ORIGIN: u8 = 6;

/// Of so many origins connections are counted.
const ORIGINS_WITH_CONNECTIONS: usize = 256;
