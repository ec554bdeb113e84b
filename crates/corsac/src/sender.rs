//! Who sends a request, and whether the policy trusts that sender: what the guards against forged
//! requests and foreign WebSockets have in common.

use crate::cors_request::CorsRequest;
use crate::origin_pattern::parse_port;
use crate::origin_set::OriginMatch;
use crate::policy::{Origins, Policy};
use crate::request_headers::{RequestHeaderName, RequestHeaders, Single, single};
use crate::request_host::split_port;
use crate::serialized_origin::SerializedOrigin;

/// Who sends a request, as far as the browser says so in
/// [`Sec-Fetch-Site`](https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sender {
    /// `same-origin`: a page of the server itself.
    OwnPage,
    /// `none`: the user, who typed the URL or opened a bookmark.
    User,
    /// Every other value, and several lines, which no browser sends: a page of another origin.
    OtherPage,
    /// There is no such header: it is an old browser, or none.
    Unknown,
}

impl Sender {
    pub(crate) fn of<H: RequestHeaders + ?Sized>(request: &CorsRequest<'_, H>) -> Self {
        match single(request.headers, RequestHeaderName::SecFetchSite) {
            Single::One(site) => match site.as_ref() {
                b"same-origin" => Self::OwnPage,
                b"none" => Self::User,
                _ => Self::OtherPage,
            },
            Single::Repeated => Self::OtherPage,
            Single::Absent => Self::Unknown,
        }
    }
}

/// Why a guard lets a request through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// It is not about such a request, or the request comes from the server's own origin or from
    /// something that is no page.
    NotCrossOrigin,
    /// The policy lists the origin.
    Listed,
}

/// Whether a page of another origin may send what only the server's own pages may, or listed ones.
pub(crate) fn check_listed<H: RequestHeaders + ?Sized>(
    policy: &Policy,
    request: &CorsRequest<'_, H>,
) -> Option<Admission> {
    policy.lists(request.origin()).then_some(Admission::Listed)
}

/// The same for a page that may be the server's own, by its origin.
pub(crate) fn check_origin<H: RequestHeaders + ?Sized>(
    policy: &Policy,
    request: &CorsRequest<'_, H>,
    origin: &[u8],
) -> Option<Admission> {
    if policy.lists(Some(origin)) {
        return Some(Admission::Listed);
    }
    is_own_origin(request, origin).then_some(Admission::NotCrossOrigin)
}

/// Whether host and port of an origin are those that the request asks for. The scheme that the
/// client used is not in a request.
fn is_own_origin<H: RequestHeaders + ?Sized>(request: &CorsRequest<'_, H>, origin: &[u8]) -> bool {
    let Some((origin, (host, port))) =
        SerializedOrigin::parse(origin).zip(request.authority().and_then(split_port))
    else {
        return false;
    };
    let is_same_port = match origin.port {
        // No page of another scheme comes from a server.
        _ if !matches!(origin.scheme, b"https" | b"http") => false,
        // "https://app.example" asks for "app.example:443", which is mostly written without the port.
        None => port.is_empty() || matches!((origin.scheme, port), (b"https", b"443") | (b"http", b"80")),
        Some(number) => parse_port(port) == Some(number),
    };
    is_same_port && origin.host.eq_ignore_ascii_case(host)
}

impl Policy {
    /// Whether the policy lists this origin, or dangerously allows `null`. Without an origin to look for,
    /// only a policy for every origin does.
    fn lists(&self, origin: Option<&[u8]>) -> bool {
        match (&self.0.origins, origin) {
            (Origins::Any, _) => true,
            (Origins::Set(_), None) => false,
            (Origins::Set(set), Some(origin)) => match set.find(origin) {
                OriginMatch::Listed(_) => true,
                OriginMatch::Null => self.0.null_origin.is_some(),
                OriginMatch::NotListed | OriginMatch::Malformed => false,
            },
        }
    }
}
