//! Sites: <https://html.spec.whatwg.org/#sites>.

use alloc::string::String;

use url::Host;

use crate::origin::{Origin, TupleOrigin};

/// Same site, <https://html.spec.whatwg.org/#same-site>: the scheme counts, the port does not.
#[must_use]
pub fn same_site(a: &Origin, b: &Origin) -> bool {
    match (a, b) {
        (Origin::Tuple(a), Origin::Tuple(b)) => a.scheme() == b.scheme() && site_host(a) == site_host(b),
        _ => a.same_origin(b),
    }
}

/// Schemelessly same site, <https://html.spec.whatwg.org/#schemelessly-same-site>.
#[must_use]
pub fn schemelessly_same_site(a: &Origin, b: &Origin) -> bool {
    match (a, b) {
        (Origin::Tuple(a), Origin::Tuple(b)) => site_host(a) == site_host(b),
        _ => a.same_origin(b),
    }
}

/// The registrable domain of a host, <https://url.spec.whatwg.org/#host-registrable-domain>:
/// its public suffix and one label more. `None` for addresses and for public suffixes.
///
/// A trailing dot stays: `example.com` and `example.com.` are two registrable domains.
#[must_use]
pub fn registrable_domain(host: &Host<String>) -> Option<&str> {
    match host {
        Host::Domain(domain) => {
            let registrable = psl::domain_str(without_trailing_dot(domain))?;
            // "Return registrableDomain and trailingDot, concatenated": a piece of the host's end.
            let length = registrable.len() + domain.len() - without_trailing_dot(domain).len();
            domain.get(domain.len().checked_sub(length)?..)
        }
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

/// Whether a domain is itself a public suffix, such as `com` or `github.io`.
///
/// A single label that the list does not know counts as one: the list's default rule is `*`. A
/// trailing dot changes nothing.
#[must_use]
pub fn is_public_suffix(domain: &str) -> bool {
    let domain = without_trailing_dot(domain);
    psl::suffix_str(domain) == Some(domain)
}

fn without_trailing_dot(domain: &str) -> &str {
    domain.strip_suffix('.').unwrap_or(domain)
}

/// The host of "obtain a site": the registrable domain if there is one, else the host.
fn site_host(origin: &TupleOrigin) -> Host<&str> {
    match (registrable_domain(origin.host()), origin.host()) {
        (Some(domain), _) => Host::Domain(domain),
        (None, Host::Domain(domain)) => Host::Domain(domain),
        (None, Host::Ipv4(address)) => Host::Ipv4(*address),
        (None, Host::Ipv6(address)) => Host::Ipv6(*address),
    }
}
