//! Policies by host and path.

use alloc::vec::Vec;

use crate::cors_request::{CorsRequest, RequestClass};
use crate::decision::{Action, Decision, Verdict};
use crate::header_edits::{HeaderEdits, Vary};
use crate::policy::Policy;
use crate::policy_draft::PolicyDraft;
use crate::policy_error::PolicyErrors;
use crate::policy_error_reason::PolicyErrorReason;
use crate::policy_index::{Cover, PolicyIndex};
use crate::policy_place::PolicyField;
use crate::policy_report::PolicyReport;
use crate::policy_warning::PolicyWarning;
use crate::reason::Reason;
use crate::request_headers::RequestHeaders;

/// Policies by host and path: the most specific host wins, then the most specific path.
#[derive(Clone, Debug)]
pub struct PolicyTable {
    policies: Vec<Policy>,
    index: PolicyIndex,
}

impl PolicyTable {
    /// Check drafts, alone and against each other.
    ///
    /// # Errors
    /// Every mistake in every draft, every name used twice, and every tie between two paths.
    pub fn build(drafts: Vec<PolicyDraft>) -> Result<(Self, Vec<PolicyWarning>), PolicyErrors> {
        let mut report = PolicyReport::default();
        let policies: Vec<Policy> = drafts
            .iter()
            .enumerate()
            .map(|(index, draft)| Policy::from_draft(draft, &mut report.draft(index, &draft.name)))
            .collect();
        check_names(&policies, &mut report);
        let index = PolicyIndex::build(&policies, &mut report);
        let warnings = report.finish()?;
        Ok((Self { policies, index }, warnings))
    }

    /// The policies, in the order of the drafts.
    #[must_use]
    pub fn policies(&self) -> &[Policy] {
        &self.policies
    }

    /// The drafts that this table was built from, with their methods normalised.
    #[must_use]
    pub fn to_drafts(&self) -> Vec<PolicyDraft> {
        self.policies.iter().map(Policy::to_draft).collect()
    }

    /// The policy that covers the host and path of this request.
    #[must_use]
    pub fn policy_for<H: RequestHeaders + ?Sized>(&self, request: &CorsRequest<'_, H>) -> Option<&Policy> {
        self.cover(request).ok()
    }

    /// Decide a request. Where no policy covers its host and path, nothing is allowed.
    #[must_use]
    pub fn decide<H: RequestHeaders + ?Sized>(&self, request: &CorsRequest<'_, H>) -> Decision<H::Value> {
        match self.cover(request) {
            Ok(policy) => policy.decide(request),
            Err(reason) => decide_without_policy(request, reason),
        }
    }

    /// The policy that covers a request, or why none does.
    fn cover<H: RequestHeaders + ?Sized>(&self, request: &CorsRequest<'_, H>) -> Result<&Policy, Reason> {
        match self.index.cover(|| request.authority(), request.target.path) {
            Cover::Policy(position) => self.policies.get(position).ok_or(Reason::NoPolicy),
            Cover::Nobody => Err(Reason::NoPolicy),
            Cover::PathAmbiguous => Err(Reason::PathAmbiguous),
            Cover::HostMalformed => Err(Reason::HostMalformed),
        }
    }
}

/// Two tables are the same when they were built from the same drafts.
impl PartialEq for PolicyTable {
    fn eq(&self, other: &Self) -> bool {
        self.policies == other.policies
    }
}

impl Eq for PolicyTable {}

/// A table of one policy, for its own hosts and paths.
impl From<Policy> for PolicyTable {
    fn from(policy: Policy) -> Self {
        // A policy that was built has no mistake that a table of it alone could find.
        let policies = Vec::from([policy.at_first_position()]);
        let index = PolicyIndex::build(&policies, &mut PolicyReport::default());
        Self { policies, index }
    }
}

/// Without a policy, nothing is allowed, and an inner service's own CORS headers do not count.
fn decide_without_policy<H: RequestHeaders + ?Sized>(
    request: &CorsRequest<'_, H>,
    reason: Reason,
) -> Decision<H::Value> {
    match request.class() {
        RequestClass::NotCors => Decision {
            verdict: Verdict::NotCors,
            reason: Reason::NoOrigin,
            action: Action::Forward,
            headers: HeaderEdits::nothing(None, Vary::None),
            matched: None,
            is_admitted_by_list: false,
        },
        RequestClass::Actual { .. } => Decision::refused(reason, None, None, Vary::None),
        RequestClass::Preflight { .. } => Decision::refused(reason, Some(403), None, Vary::Preflight),
        RequestClass::Malformed(malformed) => Decision::malformed(*malformed, None),
    }
}

fn check_names(policies: &[Policy], report: &mut PolicyReport) {
    let mut seen = alloc::collections::BTreeMap::new();
    for (index, policy) in policies.iter().enumerate() {
        let spot = (PolicyField::Name, None, policy.name());
        match seen.get(policy.name()) {
            None => {
                seen.insert(policy.name(), index);
            }
            Some(&first) => {
                let related = report.draft(first, policy.name()).place(spot);
                report.draft(index, policy.name()).error_with_related(
                    spot,
                    PolicyErrorReason::NameTaken,
                    related,
                );
            }
        }
    }
}
