//! What to do with a request, and why.

use core::fmt;

use crate::cors_request::{CorsRequest, MalformedRequest, RequestClass};
use crate::header_edits::{AllowOrigin, HeaderEdits, Prebuilt, Vary};
use crate::list_texts::ListPosition;
use crate::policy::{Origins, Policy};
use crate::prebuilt_headers::PrebuiltName;
use crate::reason::Reason;
use crate::request_headers::RequestHeaders;

/// The answer to a request: adapters do what `action` says and apply `headers` to the response.
///
/// Its `Display` is one line that is safe to log.
#[derive(Clone, Debug)]
pub struct Decision<V> {
    /// Allowed, refused, or none of CORS' business.
    pub verdict: Verdict,
    /// What decided it.
    pub reason: Reason,
    /// Let the inner service answer, or answer here.
    pub action: Action,
    /// What to change in the response's headers, whoever made it.
    pub headers: HeaderEdits<V>,
    /// The entry of the policy's list that the origin matched.
    pub(crate) matched: Option<ListPosition>,
    /// Whether a guard let the request through because the policy lists its origin.
    pub(crate) is_admitted_by_list: bool,
}

/// Allowed, refused, or none of CORS' business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// No `Origin`.
    NotCors,
    /// The page may read the answer; a preflight is passed.
    Allowed,
    /// The page may not read the answer; a preflight is not passed; or a guard refuses the request.
    Refused,
}

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The inner service.
    Forward,
    /// The adapter, with an empty body.
    Answer {
        /// The status: 204 for a preflight that is passed, 403 for one that is not and for what a
        /// guard refuses, 400 for a malformed request.
        status: u16,
    },
}

impl<V> Decision<V> {
    /// The policy that decided, if one covers the host and path.
    #[must_use]
    pub fn policy(&self) -> Option<&Policy> {
        self.headers.policy.as_ref()
    }

    /// Its name.
    #[must_use]
    pub fn policy_name(&self) -> Option<&str> {
        self.policy().map(Policy::name)
    }

    /// The entry of the policy's `allow_origins` that the request's origin matched, as written.
    #[must_use]
    pub fn matched_pattern(&self) -> Option<&str> {
        match (&self.policy()?.0.origins, self.matched) {
            (Origins::Set(set), Some(position)) => Some(set.text(position)),
            (Origins::Any, _) | (_, None) => None,
        }
    }

    /// Whether it is carried out; `false` where the policy only reports.
    #[must_use]
    pub fn is_enforced(&self) -> bool {
        self.headers.are_applied
    }

    /// The same, only reported: the inner service answers, and nothing in its answer changes.
    #[must_use]
    pub fn report_only(mut self) -> Self {
        self.action = Action::Forward;
        self.headers.are_applied = false;
        self
    }

    /// The same, with a word to the browser about a refusal: the header `X-Corsac-Reason`, and for a
    /// preflight a status and the headers of the steps that passed, so that the browser's own message
    /// names the step that failed. It never grants more.
    ///
    /// For development: it tells strangers what a policy lists.
    #[must_use]
    pub fn in_debug<H>(mut self, request: &CorsRequest<'_, H>) -> Self
    where
        H: RequestHeaders<Value = V> + ?Sized,
        V: Clone,
    {
        if self.verdict != Verdict::Refused || !self.is_enforced() {
            return self;
        }
        self.headers.debug_reason = Some(self.reason.code());
        if let RequestClass::Preflight { origin, .. } = request.class()
            && let Some(policy) = self.policy()
            && let Some(last) = last_header_that_passed(&self.reason, policy)
        {
            self.headers.allow_origin = policy.allow_origin(*origin);
            self.headers.prebuilt = Prebuilt::PreflightUpTo(last);
            self.action = Action::Answer { status: 204 };
        }
        self
    }

    /// The same, refused for a reason that only an adapter knows: a dynamic source of origins does not
    /// allow what the policy's list does. A decision that allows nothing stays as it is.
    #[must_use]
    pub fn refused_by_source(self, reason: Reason) -> Self {
        if self.verdict != Verdict::Allowed {
            return self;
        }
        let are_applied = self.headers.are_applied;
        let is_preflight = matches!(self.action, Action::Answer { .. });
        let status = (is_preflight || self.is_admitted_by_list).then_some(403);
        let refused = Self {
            matched: self.matched,
            ..Self::refused(reason, status, self.headers.policy, self.headers.vary)
        };
        if are_applied {
            refused
        } else {
            refused.report_only()
        }
    }

    /// An answer that lets no page read it. A status: the request is not passed on, either.
    pub(crate) fn refused(reason: Reason, status: Option<u16>, policy: Option<Policy>, vary: Vary) -> Self {
        Self {
            verdict: Verdict::Refused,
            reason,
            action: status.map_or(Action::Forward, |status| Action::Answer { status }),
            headers: HeaderEdits::nothing(policy, vary),
            matched: None,
            is_admitted_by_list: false,
        }
    }

    /// The answer to a request that no browser sends.
    pub(crate) fn malformed(malformed: MalformedRequest, policy: Option<Policy>) -> Self {
        Self::refused(malformed.into(), Some(400), policy, Vary::Origin)
    }
}

/// The last header of a preflight's answer that lets the browser get as far as the check that failed,
/// and no further.
fn last_header_that_passed(reason: &Reason, policy: &Policy) -> Option<PrebuiltName> {
    match reason {
        // "If methods is null and request's use-CORS-preflight flag is set, then set methods to a new list
        // containing request's method.": without the header, some requests would pass.
        Reason::MethodNotListed(_) if policy.0.methods.listed().is_empty() => None,
        // `*` stands for the method that was refused.
        Reason::MethodNotListed(_) if policy.0.methods.is_any() => None,
        Reason::MethodNotListed(_) | Reason::RequestHeadersMalformed | Reason::RequestHeadersTooLong => {
            Some(PrebuiltName::AllowMethods)
        }
        // Some browsers let `*` stand for `Authorization`, which it does not.
        Reason::HeaderNotListed(_) if policy.0.headers.is_any() => Some(PrebuiltName::AllowMethods),
        Reason::HeaderNotListed(_) => Some(PrebuiltName::AllowHeaders),
        _ => None,
    }
}

impl Policy {
    /// The value of Access-Control-Allow-Origin for an origin that was let through.
    pub(crate) fn allow_origin<V: Clone>(&self, origin: &V) -> AllowOrigin<V> {
        match &self.0.origins {
            Origins::Any => AllowOrigin::Any,
            Origins::Set(_) => AllowOrigin::Listed(origin.clone()),
        }
    }
}

/// ``refused by policy `app`: the policy does not list the method `PUT` ``
impl<V> fmt::Display for Decision<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.verdict.fmt(f)?;
        if let Some(name) = self.policy_name() {
            write!(f, " by policy `{name}`")?;
        }
        write!(f, ": {}", self.reason)?;
        if let Some(pattern) = self.matched_pattern() {
            write!(f, " (`{pattern}`)")?;
        }
        if self.is_enforced() {
            Ok(())
        } else {
            f.write_str(" (only reported)")
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotCors => "not a CORS request",
            Self::Allowed => "allowed",
            Self::Refused => "refused",
        })
    }
}

impl From<MalformedRequest> for Reason {
    fn from(malformed: MalformedRequest) -> Self {
        match malformed {
            MalformedRequest::OriginRepeated => Self::OriginRepeated,
            MalformedRequest::OriginTooLong => Self::OriginTooLong,
        }
    }
}
