//! The guard against cross-site request forgery: a page of another origin may not use an unsafe
//! method, unless the policy lists that origin.
//!
//! Browsers say who sends: in [`Sec-Fetch-Site`](https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header),
//! older ones in `Origin` only, the oldest in `Referer`. What says nothing of the kind is no browser,
//! and carries no user's cookies against that user's will.

use crate::cors_request::CorsRequest;
use crate::path_pattern::PathPattern;
use crate::path_segments::{Reading, has_dot_or_empty_segments};
use crate::path_tree::PathTree;
use crate::policy::Policy;
use crate::policy_draft::{AllowOrigins, Csrf, PolicyDraft};
use crate::policy_error_reason::PolicyErrorReason;
use crate::policy_index::path_of;
use crate::policy_place::PolicyField;
use crate::policy_report::DraftReport;
use crate::reason::Reason;
use crate::request_headers::{RequestHeaderName, RequestHeaders, Single, single};
use crate::sender::{Admission, Sender, check_listed, check_origin};

/// The guard of a policy.
#[derive(Clone, Debug)]
pub(crate) struct CsrfGuard {
    exempt: PathTree<usize>,
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
        // No pattern has a byte that servers differ in. Without such segments, every server reads the path
        // alike as far as the pattern goes.
        self.exempt.find(path, Reading::Strict).is_some() && !has_dot_or_empty_segments(path)
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
