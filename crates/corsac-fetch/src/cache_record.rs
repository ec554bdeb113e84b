//! What the CORS-preflight cache remembers for one partition, origin and URL: its entries, and when
//! they match, <https://fetch.spec.whatwg.org/#cors-preflight-cache>.
//!
//! A record lies in the cache as bytes: for each entry when it expires (8 bytes), its kind and credentials
//! (1), the length of its text (4) and the text.

use alloc::vec::Vec;

use corsac::header::is_cors_non_wildcard_request_header_name;
use corsac::method::is_cors_safelisted_method;

use crate::cors_preflight_fetch::PreflightGrant;
use crate::profile::{CachedWildcard, Profile};
use crate::request::Request;
use crate::request_modes::CredentialsMode;

/// The entries of one key.
#[derive(Clone, Debug)]
pub(crate) struct CacheRecord<'a> {
    entries: Vec<CacheEntry<'a>>,
    pub(crate) expires: u64,
}

/// A cache entry, <https://fetch.spec.whatwg.org/#cache-entry>.
#[derive(Clone, Copy, Debug)]
struct CacheEntry<'a> {
    expires: u64,
    credentials: bool,
    subject: Subject<'a>,
}

/// What an entry allows: "method" or "header name".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject<'a> {
    Method(&'a [u8]),
    HeaderName(&'a [u8]),
}

impl<'a> CacheRecord<'a> {
    /// The record that [`Self::to_bytes`] wrote.
    pub(crate) fn read(mut bytes: &'a [u8], expires: u64) -> Self {
        let mut entries = Vec::new();
        while let Some((entry, rest)) = CacheEntry::read(bytes) {
            entries.push(entry);
            bytes = rest;
        }
        Self { entries, expires }
    }

    /// The entries as bytes.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for entry in &self.entries {
            entry.write(&mut bytes);
        }
        bytes
    }

    /// Whether neither of HTTP fetch's two conditions for a CORS-preflight fetch is true,
    /// <https://fetch.spec.whatwg.org/#concept-http-fetch>.
    pub(crate) fn allows(&self, request: &Request, unsafe_names: &[Vec<u8>], now: u64) -> bool {
        let profile = request.user_agent.profile();
        let includes_credentials = request.credentials == CredentialsMode::Include;
        let matches = |subject: Subject<'_>| {
            find_match(profile, &self.entries, subject, includes_credentials, now).is_some()
        };
        if self.expires <= now {
            return false;
        }
        // "There is no method cache entry match for request's method using request, and either
        // request's method is not a CORS-safelisted method or request's use-CORS-preflight flag is
        // set."
        let needs_method = !is_cors_safelisted_method(&request.method)
            || (request.use_cors_preflight_flag && !profile.preflight_flag_ignored_in_answers)
            || (profile.preflight_cache_needs_head && request.method == b"HEAD");
        if needs_method && !matches(Subject::Method(&request.method)) {
            return false;
        }
        // "There is at least one item in the CORS-unsafe request-header names with request's header
        // list for which there is no header-name cache entry match using request."
        unsafe_names.iter().all(|name| matches(Subject::HeaderName(name)))
    }

    /// Remembers what a preflight granted.
    pub(crate) fn store(&mut self, request: &Request, grant: &'a PreflightGrant, now: u64) {
        let profile = request.user_agent.profile();
        let credentials = request.credentials == CredentialsMode::Include;
        let expires = now.saturating_add(grant.max_age.saturating_mul(1000));
        self.entries.retain(|entry| entry.expires > now);
        self.expires = self.expires.max(expires);
        if profile.preflight_cache_replaces {
            self.entries.clear();
            self.expires = expires;
        }
        let methods = grant.methods.iter().map(|method| Subject::Method(method));
        let header_names = grant.header_names.iter().map(|name| Subject::HeaderName(name));
        let methods: Vec<Subject<'_>> = methods.take(ENTRIES_PER_REQUEST).collect();
        let header_names: Vec<Subject<'_>> = header_names.take(ENTRIES_PER_REQUEST).collect();
        for subjects in [methods, header_names] {
            // "For each method in methods for which there is a method cache entry match using
            // request, set matching entry's max-age to max-age." The same for header names.
            // DIFFERS: the standard counts the new max-age from when the entry was first stored;
            // engines count from now, and so does this.
            for subject in &subjects {
                self.entries
                    .iter_mut()
                    .filter(|entry| is_match(profile, entry, *subject, credentials, now))
                    .for_each(|entry| entry.expires = expires);
            }
            // "For each method in methods for which there is no method cache entry match using
            // request, create a new cache entry." The same for header names.
            for subject in subjects {
                if self.entries.len() < ENTRIES_PER_REQUEST
                    && find_match(profile, &self.entries, subject, credentials, now).is_none()
                {
                    self.entries.push(CacheEntry {
                        expires,
                        credentials,
                        subject,
                    });
                }
            }
        }
        self.entries.retain(|entry| entry.expires > now);
    }
}

impl<'a> CacheEntry<'a> {
    /// The first entry and what follows it.
    fn read(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (expires, rest) = bytes.split_first_chunk()?;
        let ([flags], rest) = rest.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let (text, rest) = rest.split_at_checked(length)?;
        let subject = match flags & IS_METHOD {
            0 => Subject::HeaderName(text),
            _ => Subject::Method(text),
        };
        let entry = Self {
            expires: u64::from_le_bytes(*expires),
            credentials: flags & HAS_CREDENTIALS != 0,
            subject,
        };
        Some((entry, rest))
    }

    /// Texts of 4 GiB and more are left out.
    fn write(&self, bytes: &mut Vec<u8>) {
        let (kind, text) = match self.subject {
            Subject::Method(text) => (IS_METHOD, text),
            Subject::HeaderName(text) => (0, text),
        };
        let credentials = if self.credentials { HAS_CREDENTIALS } else { 0 };
        let Ok(length) = u32::try_from(text.len()) else {
            return;
        };
        bytes.extend_from_slice(&self.expires.to_le_bytes());
        bytes.push(kind | credentials);
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(text);
    }
}

fn find_match<'a>(
    profile: &Profile,
    entries: &'a [CacheEntry<'a>],
    subject: Subject<'_>,
    includes_credentials: bool,
    now: u64,
) -> Option<&'a CacheEntry<'a>> {
    entries
        .iter()
        .find(|entry| is_match(profile, entry, subject, includes_credentials, now))
}

/// A method cache entry match or a header-name cache entry match, the key being equal,
/// <https://fetch.spec.whatwg.org/#concept-cache-match-method>.
fn is_match(
    profile: &Profile,
    entry: &CacheEntry<'_>,
    subject: Subject<'_>,
    includes_credentials: bool,
    now: u64,
) -> bool {
    let is_wildcard = |allowed: &[u8]| {
        allowed == b"*"
            && match profile.preflight_cache_wildcard {
                CachedWildcard::Standard => true,
                CachedWildcard::WithoutCredentials | CachedWildcard::CoversAuthorization => {
                    !includes_credentials
                }
                CachedWildcard::Nothing => false,
            }
    };
    let covers_authorization = profile.preflight_cache_wildcard == CachedWildcard::CoversAuthorization;
    // "entry's credentials is true", or "entry's credentials is false and request's credentials
    // mode is not "include""
    (entry.credentials || !includes_credentials)
        && entry.expires > now
        && match (entry.subject, subject) {
            // "its method is method or `*`"
            (Subject::Method(allowed), Subject::Method(method)) => allowed == method || is_wildcard(allowed),
            // "its header name is a byte-case-insensitive match for headerName", or "its header name
            // is `*` and headerName is not a CORS non-wildcard request-header name"
            (Subject::HeaderName(allowed), Subject::HeaderName(name)) => {
                allowed.eq_ignore_ascii_case(name)
                    || (is_wildcard(allowed)
                        && (covers_authorization || !is_cors_non_wildcard_request_header_name(name)))
            }
            _ => false,
        }
}

/// How many entries one request may have.
const ENTRIES_PER_REQUEST: usize = 512;

// The bits of an entry's ninth byte.
const IS_METHOD: u8 = 1;
const HAS_CREDENTIALS: u8 = 2;
