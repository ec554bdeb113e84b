//! The guard against cross-site request forgery: a page of another origin may not use an unsafe
//! method, unless the policy lists that origin.
//!
//! Browsers say who sends: in [`Sec-Fetch-Site`](https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header),
//! older ones in `Origin` only, the oldest in `Referer`. What says nothing of the kind is no browser,
//! and carries no user's cookies against that user's will.

use crate::cors_request::CorsRequest;
use crate::origin_pattern::parse_port;
use crate::origin_set::OriginMatch;
use crate::path_pattern::PathPattern;
use crate::path_segments::{Reading, has_dot_or_empty_segments, is_ambiguous};
use crate::path_tree::PathTree;
use crate::policy::{Origins, Policy};
use crate::policy_draft::{AllowOrigins, Csrf, PolicyDraft};
use crate::policy_error_reason::PolicyErrorReason;
use crate::policy_index::path_of;
use crate::policy_place::PolicyField;
use crate::policy_report::DraftReport;
use crate::reason::Reason;
use crate::request_headers::{RequestHeaderName, RequestHeaders, Single, single};
use crate::request_host::split_port;
use crate::serialized_origin::SerializedOrigin;

/// The guard of a policy.
#[derive(Clone, Debug)]
pub(crate) struct CsrfGuard {
    exempt: PathTree<usize>,
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

impl CsrfGuard {
    /// Check the draft's guard and report what is wrong with it.
    pub(crate) fn build(draft: &PolicyDraft, report: &mut DraftReport<'_>) -> Option<Self> {
        let Csrf::Enforce { exempt_paths } = &draft.csrf else {
            return None;
        };
        if draft.allow_origins == AllowOrigins::Any {
            report.error(
                (PolicyField::Csrf, None, "enforce"),
                PolicyErrorReason::CsrfWithAnyOrigin,
            );
        }
        let mut exempt = PathTree::new();
        for (position, text) in exempt_paths.iter().enumerate() {
            let spot = (PolicyField::CsrfExemptPaths, Some(position), text.as_str());
            let inserted = match PathPattern::parse(text) {
                Ok(pattern) => exempt.insert(&pattern, position),
                Err(reason) => {
                    report.error(spot, reason);
                    Ok(())
                }
            };
            if let Err(first) = inserted {
                let value = exempt_paths.get(first).map_or("", |path| path.as_str());
                let first = report.place((PolicyField::CsrfExemptPaths, Some(first), value));
                report.error_with_related(spot, PolicyErrorReason::PathTie, first);
            }
        }
        Some(Self { exempt })
    }

    /// Whether the request may go on.
    pub(crate) fn check<H: RequestHeaders + ?Sized>(
        &self,
        policy: &Policy,
        request: &CorsRequest<'_, H>,
    ) -> Result<Admission, Reason> {
        if is_safe(request.method) || self.is_exempt(request.target.path) {
            return Ok(Admission::NotCrossOrigin);
        }
        match Sender::of(request) {
            Sender::OwnPage | Sender::User => Ok(Admission::NotCrossOrigin),
            Sender::OtherPage => check_listed(policy, request).ok_or(Reason::CsrfSecFetchSite),
            Sender::Unknown => check_without_fetch_metadata(policy, request),
        }
    }

    /// However servers read the path. One that some clean, or redirect to a clean one, before they
    /// answer is not exempt: what is answered then may be another path than the one that was asked for.
    fn is_exempt(&self, target: &str) -> bool {
        let path = path_of(target);
        self.exempt.find(path, Reading::Strict).is_some()
            && !has_dot_or_empty_segments(path)
            && (!is_ambiguous(path) || self.exempt.find(path, Reading::Lenient).is_some())
    }
}

fn check_without_fetch_metadata<H: RequestHeaders + ?Sized>(
    policy: &Policy,
    request: &CorsRequest<'_, H>,
) -> Result<Admission, Reason> {
    match request.origin() {
        Some(origin) => check_origin(policy, request, origin).ok_or(Reason::CsrfOrigin),
        None => match single(request.headers, RequestHeaderName::Referer) {
            Single::Absent => Ok(Admission::NotCrossOrigin),
            Single::One(referer) => origin_of_url(referer.as_ref())
                .and_then(|origin| check_origin(policy, request, origin))
                .ok_or(Reason::CsrfReferer),
            Single::Repeated => Err(Reason::CsrfReferer),
        },
    }
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

/// The origin of a URL as a browser writes it into `Referer`: what stands before its path.
fn origin_of_url(url: &[u8]) -> Option<&[u8]> {
    let separator = b"://";
    let scheme = url
        .windows(separator.len())
        .position(|window| window == separator)?;
    let authority = scheme + separator.len();
    let length = url
        .get(authority..)?
        .iter()
        .position(|byte| matches!(byte, b'/' | b'?' | b'#'));
    url.get(..length.map_or(url.len(), |length| authority + length))
}

/// "The GET, HEAD, OPTIONS, and TRACE methods are defined to be safe",
/// <https://httpwg.org/specs/rfc9110.html#safe.methods>. No page can send `TRACE`.
fn is_safe(method: &[u8]) -> bool {
    matches!(method, b"GET" | b"HEAD" | b"OPTIONS")
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
