//! Storing (<https://www.rfc-editor.org/rfc/rfc6265bis#section-5.7>) and retrieving
//! (<https://www.rfc-editor.org/rfc/rfc6265bis#section-5.8.3>) cookies.

use std::cmp::Reverse;

use corsac::Origin;
use corsac::site::{is_public_suffix, registrable_domain};
use corsac_fetch::Request;
use corsac_fetch::cookies::{CookieAttributes, goes_along, is_kept};
use url::{Host, Url};

use super::set_cookie::{SetCookie, parse};

/// The cookies of one browser. At most 180 of a host, and 3,000 in all; the ones not used for the
/// longest time leave first.
#[derive(Default)]
pub(crate) struct CookieJar {
    cookies: Vec<Cookie>,
    /// Counts what happens, so that it has an order.
    clock: u64,
}

struct Cookie {
    set: SetCookie,
    /// The host, or the domain that its hosts are below.
    domain: String,
    host_only: bool,
    path: String,
    /// The top-level site that it belongs to, where it belongs to one.
    partition: Option<String>,
    created: u64,
    last_used: u64,
}

impl CookieJar {
    /// Takes a `Set-Cookie` line of the answer to this request, or not.
    pub(crate) fn store(&mut self, request: &Request, line: &[u8], now: i64) {
        let url = request.current_url();
        let Some(set) = parse(line, now) else { return };
        let Some((domain, host_only)) = domain_of(&set, url) else {
            return;
        };
        let path = set.path.clone().unwrap_or_else(|| default_path(url));
        if !has_honest_prefix(&set, host_only, &path) || !is_kept(request, attributes(&set)) {
            return;
        }
        // Chromium, Firefox and WebKit: "Partitioned" without "Secure" is refused.
        if set.partitioned && !set.secure {
            return;
        }
        let partition = partition_of(&set, request);
        if !set.secure && url.scheme() != "https" && self.hides_secure(&set, &domain, &path) {
            return;
        }
        self.clock += 1;
        let mut cookie = Cookie {
            set,
            domain,
            host_only,
            path,
            partition,
            created: self.clock,
            last_used: self.clock,
        };
        // "Update the creation-time of the newly-created cookie to match the creation-time of the
        // old-cookie", and "Remove the old-cookie from the cookie store."
        if let Some(position) = self.cookies.iter().position(|old| old.is_replaced_by(&cookie)) {
            cookie.created = self.cookies.remove(position).created;
        }
        self.cookies.push(cookie);
        self.evict(now);
    }

    /// `name=value` of each cookie that goes along, in order.
    pub(crate) fn retrieve(&mut self, request: &Request, now: i64) -> Vec<Vec<u8>> {
        if self.cookies.is_empty() {
            return Vec::new();
        }
        let url = request.current_url();
        let host = url.host_str().unwrap_or_default();
        let (site, own_jar) = (site(request), has_own_jar(request));
        self.clock += 1;
        let mut found: Vec<&mut Cookie> = self
            .cookies
            .iter_mut()
            .filter(|cookie| {
                cookie.is_for_host(url, host)
                    && path_matches(url.path(), &cookie.path)
                    && !cookie.has_expired(now)
                    && cookie
                        .partition
                        .as_ref()
                        .map_or(!own_jar, |partition| *partition == site)
                    && goes_along(request, attributes(&cookie.set))
            })
            .collect();
        // "Cookies with longer paths are listed before cookies with shorter paths", and among those of
        // equal length the older ones first.
        found.sort_by_key(|cookie| (Reverse(cookie.path.len()), cookie.created));
        let clock = self.clock;
        found
            .into_iter()
            .map(|cookie| {
                cookie.last_used = clock;
                cookie.pair()
            })
            .collect()
    }

    /// A cookie that came without TLS must not take the place of a Secure one: "the cookie store
    /// contains one or more cookies that meet all of the following criteria".
    fn hides_secure(&self, set: &SetCookie, domain: &str, path: &str) -> bool {
        self.cookies.iter().any(|cookie| {
            cookie.set.secure
                && cookie.set.name == set.name
                && (is_below(domain, &cookie.domain) || is_below(&cookie.domain, domain))
                && path_matches(path, &cookie.path)
        })
    }

    fn evict(&mut self, now: i64) {
        self.cookies.retain(|cookie| !cookie.has_expired(now));
        let Some(domain) = self.cookies.last().map(|cookie| cookie.domain.clone()) else {
            return;
        };
        let is_of_domain = |cookie: &Cookie| cookie.domain == domain;
        if self.cookies.iter().filter(|cookie| is_of_domain(cookie)).count() > MAX_OF_DOMAIN {
            self.remove_oldest(is_of_domain);
        }
        if self.cookies.len() > MAX_COOKIES {
            self.remove_oldest(|_| true);
        }
    }

    fn remove_oldest(&mut self, may_leave: impl Fn(&Cookie) -> bool) {
        let candidates = self
            .cookies
            .iter()
            .enumerate()
            .filter(|(_, cookie)| may_leave(cookie));
        if let Some((position, _)) = candidates.min_by_key(|(_, cookie)| cookie.last_used) {
            self.cookies.remove(position);
        }
    }
}

impl Cookie {
    fn is_replaced_by(&self, new: &Self) -> bool {
        self.set.name == new.set.name
            && self.domain == new.domain
            && self.host_only == new.host_only
            && self.path == new.path
            && self.partition == new.partition
    }

    fn is_for_host(&self, url: &Url, host: &str) -> bool {
        match self.host_only {
            true => self.domain == host,
            false => domain_matches(url, host, &self.domain),
        }
    }

    fn has_expired(&self, now: i64) -> bool {
        self.set.expires.is_some_and(|expires| expires <= now)
    }

    fn pair(&self) -> Vec<u8> {
        match self.set.name.is_empty() {
            true => self.set.value.clone(),
            false => [&self.set.name, b"=".as_slice(), &self.set.value].concat(),
        }
    }
}

/// The domain of a cookie, and whether it is for that host only; `None` to ignore it.
fn domain_of(set: &SetCookie, url: &Url) -> Option<(String, bool)> {
    let host = url.host_str()?;
    if set.domain.is_empty() {
        return Some((host.to_owned(), true));
    }
    // "If the domain-attribute is a public suffix": only for the host of that very name.
    if is_public_suffix(&set.domain) {
        return (set.domain == host).then(|| (host.to_owned(), true));
    }
    domain_matches(url, host, &set.domain).then(|| (set.domain.clone(), false))
}

/// <https://www.rfc-editor.org/rfc/rfc6265bis#section-5.1.3>
fn domain_matches(url: &Url, host: &str, domain: &str) -> bool {
    // "The string is a host name (i.e., not an IP address)."
    host == domain || (matches!(url.host(), Some(Host::Domain(_))) && is_below(host, domain))
}

fn is_below(host: &str, domain: &str) -> bool {
    host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

/// <https://www.rfc-editor.org/rfc/rfc6265bis#section-5.1.4>
fn default_path(url: &Url) -> String {
    match url.path().rfind('/') {
        None | Some(0) => "/".to_owned(),
        Some(end) => url.path().get(..end).unwrap_or("/").to_owned(),
    }
}

fn path_matches(path: &str, cookie_path: &str) -> bool {
    path.strip_prefix(cookie_path)
        .is_some_and(|rest| rest.is_empty() || cookie_path.ends_with('/') || rest.starts_with('/'))
}

/// `__Secure-` and `__Host-` promise something. A cookie without a name must not seem to.
fn has_honest_prefix(set: &SetCookie, host_only: bool, path: &str) -> bool {
    let starts = |bytes: &[u8], prefix: &str| {
        bytes
            .get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    let named = if set.name.is_empty() {
        &set.value
    } else {
        &set.name
    };
    let (secure, host) = (starts(named, "__Secure-"), starts(named, "__Host-"));
    if set.name.is_empty() {
        return !secure && !host;
    }
    let is_bound_to_host = host_only && set.domain.is_empty() && set.path.is_some() && path == "/";
    (!secure || set.secure) && (!host || (set.secure && is_bound_to_host))
}

/// The site that the cookie is for, where it is not for all of them.
fn partition_of(set: &SetCookie, request: &Request) -> Option<String> {
    (set.partitioned || has_own_jar(request)).then(|| site(request))
}

/// Whether the top-level site has a jar of its own for the site that is asked.
fn has_own_jar(request: &Request) -> bool {
    request.user_agent().profile().third_party_cookies_are_partitioned
        && site(request) != site_of(&Origin::of_url(request.current_url()))
}

fn attributes(set: &SetCookie) -> CookieAttributes {
    CookieAttributes {
        same_site: set.same_site,
        secure: set.secure,
        partitioned: set.partitioned,
    }
}

/// The top-level site of a request, serialised.
fn site(request: &Request) -> String {
    let key = &request.client().network_partition_key;
    Origin::from_serialization(key).map_or_else(|| key.clone(), |origin| site_of(&origin))
}

/// Obtain a site, <https://html.spec.whatwg.org/#obtain-a-site>, serialised.
fn site_of(origin: &Origin) -> String {
    match origin.as_tuple() {
        None => origin.to_string(),
        Some(tuple) => {
            let host =
                registrable_domain(tuple.host()).map_or_else(|| tuple.host().to_string(), str::to_owned);
            format!("{}://{host}", tuple.scheme())
        }
    }
}

const MAX_OF_DOMAIN: usize = 180;
const MAX_COOKIES: usize = 3000;
