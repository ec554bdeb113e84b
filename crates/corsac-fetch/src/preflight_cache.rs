//! The CORS-preflight cache, <https://fetch.spec.whatwg.org/#cors-preflight-cache>.
//!
//! Bounded: by requests (partition, origin and URL), the least recently used going first, and by
//! entries of one request. "Cache entries may be removed before that moment arrives."

mod names;
mod records;

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
use records::{Key, Records, Slot};

/// A preflight cache, shared by the fetches of one user agent.
#[derive(Clone, Debug, Default)]
pub struct PreflightCache {
    max_age_limit: Option<u64>,
    capacity: Option<usize>,
    records: Records,
    /// How many connections there are to the origins of URLs with an IP address, where that counts.
    connections: BTreeMap<String, u8>,
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

    /// A cache that remembers so many requests (by partition, origin and URL), in place of what the
    /// profile says.
    ///
    /// ```
    /// use corsac_fetch::PreflightCache;
    ///
    /// assert!(PreflightCache::with_capacity(100_000).is_empty());
    /// ```
    #[must_use]
    pub fn with_capacity(requests: usize) -> Self {
        Self {
            capacity: Some(requests),
            ..Self::default()
        }
    }

    /// How many requests are remembered, those included whose answer has expired.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether nothing is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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
        let is_there = |slot: &Slot| {
            let path = self.records.url(*slot).strip_prefix(origin.as_bytes());
            path.is_some_and(|path| path.starts_with(b"/"))
        };
        let forgotten: Vec<Slot> = self.records.by_use().filter(is_there).collect();
        for slot in forgotten {
            self.records.remove(slot);
        }
    }

    /// Whether HTTP fetch can do without a CORS-preflight fetch,
    /// <https://fetch.spec.whatwg.org/#concept-http-fetch>: neither of its two conditions is true.
    pub(crate) fn allows(&mut self, request: &Request, unsafe_names: &[Vec<u8>], now: u64) -> bool {
        let profile = request.user_agent.profile();
        if profile.preflight_cache_bypass.contains(&request.cache) {
            return false;
        }
        let Some(slot) = self.records.find(&key(request, &request.preflight_origin())) else {
            return false;
        };
        let (entries, expires) = self.records.entries(slot);
        let allows = CacheRecord::read(entries, expires).allows(request, unsafe_names, now);
        if allows || !profile.preflight_cache_replaces {
            self.records.touch(slot);
        } else {
            self.records.remove(slot);
        }
        allows
    }

    /// The last steps of CORS-preflight fetch: remember what a preflight granted.
    pub(crate) fn store(&mut self, request: &Request, grant: &PreflightGrant, now: u64) {
        if !is_cacheable(request) {
            return;
        }
        let origin = request.preflight_origin();
        let key = key(request, &origin);
        let slot = self.records.find(&key);
        let (entries, expires) = slot.map(|slot| self.records.entries(slot)).unwrap_or_default();
        let mut record = CacheRecord::read(entries, expires);
        record.store(request, grant, now);
        if record.expires > now {
            let entries = record.to_bytes();
            let expires = record.expires;
            self.records.put(&key, &entries, expires);
            self.evict(request.user_agent.profile());
        } else if let Some(slot) = slot {
            self.records.remove(slot);
        }
    }

    /// Clear cache entries, <https://fetch.spec.whatwg.org/#concept-cache-clear>.
    pub(crate) fn clear(&mut self, request: &Request) {
        let origin = request.preflight_origin();
        let key = key(request, &origin);
        let other = Key {
            credentials: key.credentials.map(|credentials| !credentials),
            ..key
        };
        for key in [key, other] {
            if let Some(slot) = self.records.find(&key) {
                self.records.remove(slot);
            }
        }
    }

    fn evict(&mut self, profile: &Profile) {
        let capacity = self.capacity.unwrap_or(profile.preflight_cache_capacity);
        while self.records.len() > capacity {
            let leaves = match profile.preflight_cache_eviction {
                CacheEviction::LeastRecentlyUsed => self.records.by_use().next(),
                // Any will do, the same one in every run; not the oldest, as that is the other rule.
                CacheEviction::Arbitrary => self.records.by_use().nth(7),
            };
            match leaves {
                Some(slot) => self.records.remove(slot),
                None => return,
            }
        }
    }
}

fn key<'a>(request: &'a Request, byte_serialized_origin: &'a str) -> Key<'a> {
    Key {
        network_partition_key: &request.client.network_partition_key,
        byte_serialized_origin,
        url: request.current_url().as_str(),
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
