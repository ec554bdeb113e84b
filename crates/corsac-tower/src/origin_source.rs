//! Origins that only a table of tenants knows.
//!
//! The policy lists a pattern, such as `https://*.tenants.example.com`; a source says which of the
//! origins that the pattern stands for are real. It can only take away: no answer of a source lets an
//! origin in that the policy does not list, and none becomes a header value.

use corsac::Decision;
use http::HeaderValue;

use crate::RequestDecision;

/// Says whether an origin that a policy's list has is to be allowed.
///
/// A closure that returns a future is one. So is a type that names its future:
///
/// ```
/// use std::collections::BTreeSet;
/// use std::convert::Infallible;
/// use std::future::{Ready, ready};
///
/// use corsac_tower::origin_source::{OriginQuestion, OriginSource, OriginVerdict};
///
/// struct Tenants(BTreeSet<String>);
///
/// impl OriginSource for Tenants {
///     type Error = Infallible;
///     type Future = Ready<Result<OriginVerdict, Infallible>>;
///
///     fn verdict(&self, question: OriginQuestion) -> Self::Future {
///         ready(Ok(if self.0.contains(question.origin()) {
///             OriginVerdict::Allow
///         } else {
///             OriginVerdict::Refuse
///         }))
///     }
/// }
/// ```
pub trait OriginSource {
    /// Why no verdict could be found. It refuses the origin and is not shown to anyone: log it where it
    /// comes up.
    type Error;

    /// The verdict to come.
    type Future: Future<Output = Result<OriginVerdict, Self::Error>>;

    /// Whether to allow this origin.
    ///
    /// Asked for each request whose origin the policy's list has, preflights too, exact entries too.
    /// Nothing is remembered between requests.
    fn verdict(&self, question: OriginQuestion) -> Self::Future;
}

/// What a source says about an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OriginVerdict {
    /// The policy's decision stands.
    Allow,
    /// It is refused, as one that is not listed.
    Refuse,
}

/// The origin that a source is asked about, and what the policy says about it.
#[derive(Clone, Debug)]
pub struct OriginQuestion {
    origin: HeaderValue,
    decision: RequestDecision,
}

impl OriginQuestion {
    pub(crate) fn new(origin: HeaderValue, decision: RequestDecision) -> Self {
        Self { origin, decision }
    }

    /// The origin, as it stands in the request and in `allow_origins`, or as a pattern there has it:
    /// `https://a.tenants.example.com`.
    #[must_use]
    pub fn origin(&self) -> &str {
        // A listed origin is ASCII.
        self.origin.to_str().unwrap_or_default()
    }

    /// The entry of `allow_origins` that the origin matched: `https://*.tenants.example.com`.
    #[must_use]
    pub fn pattern(&self) -> &str {
        self.decision.matched_pattern().unwrap_or_default()
    }

    /// The policy's name.
    #[must_use]
    pub fn policy_name(&self) -> &str {
        self.decision.policy_name().unwrap_or_default()
    }

    /// What the policy decided.
    #[must_use]
    pub fn decision(&self) -> &Decision<HeaderValue> {
        &self.decision
    }
}

impl<F, R, E> OriginSource for F
where
    F: Fn(OriginQuestion) -> R,
    R: Future<Output = Result<OriginVerdict, E>>,
{
    type Error = E;
    type Future = R;

    fn verdict(&self, question: OriginQuestion) -> R {
        self(question)
    }
}
