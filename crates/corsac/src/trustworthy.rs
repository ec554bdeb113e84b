//! Potentially trustworthy origins and URLs,
//! <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>.

use url::{Host, Url};

use crate::origin::{Origin, TupleOrigin};

/// Is this origin potentially trustworthy?
#[must_use]
pub fn is_origin_potentially_trustworthy(origin: &Origin) -> bool {
    match origin {
        // "If origin is an opaque origin, return "Not Trustworthy"."
        Origin::Opaque(_) => false,
        Origin::Tuple(tuple) => matches!(tuple.scheme(), "https" | "wss" | "file") || is_loopback(tuple),
    }
}

/// Is this URL potentially trustworthy?
#[must_use]
pub fn is_url_potentially_trustworthy(url: &Url) -> bool {
    // "If url is "about:blank" or "about:srcdoc", return "Potentially Trustworthy". If url's
    // scheme is "data", return "Potentially Trustworthy"." The rest goes by the origin: a `file:` URL,
    // whose origin is opaque here, is not trustworthy.
    matches!(url.as_str(), "about:blank" | "about:srcdoc")
        || url.scheme() == "data"
        || is_origin_potentially_trustworthy(&Origin::of_url(url))
}

/// Whether the host is in `127.0.0.0/8`, is `::1`, or is `localhost` or a name below it.
fn is_loopback(origin: &TupleOrigin) -> bool {
    match origin.host() {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(domain) => is_loopback_domain(domain),
    }
}

/// Whether this is `localhost` or a name below it.
pub(crate) fn is_loopback_domain(domain: &str) -> bool {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    domain == "localhost" || domain.ends_with(".localhost")
}
