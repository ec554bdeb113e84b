//! Which policy covers a path: the most specific pattern wins, a tie is an error.

use alloc::string::String;
use alloc::vec::Vec;

use crate::cors_request::CorsRequest;
use crate::decision::{Action, Decision, Verdict};
use crate::header_edits::{HeaderEdits, Vary};
use crate::path_pattern::PathPattern;
use crate::path_segments::{Reading, is_ambiguous};
use crate::path_tree::PathTree;
use crate::policy::Policy;
use crate::policy_draft::PolicyDraft;
use crate::policy_error::PolicyErrors;
use crate::policy_error_reason::PolicyErrorReason;
use crate::policy_place::{PolicyField, PolicyPlace};
use crate::policy_report::PolicyReport;
use crate::policy_warning::PolicyWarning;
use crate::reason::Reason;
use crate::request_headers::RequestHeaders;

/// Policies by path.
#[derive(Clone, Debug)]
pub struct PolicyTable {
    policies: Vec<Policy>,
    paths: PathIndex,
}

/// The policies' paths, checked against each other.
#[derive(Clone, Debug)]
pub(crate) struct PathIndex {
    /// The value is the policy's position and the path's.
    tree: PathTree<(usize, usize)>,
}

/// Which policy covers a path.
enum Cover<'p> {
    Policy(&'p Policy),
    Nobody,
    /// Servers read the path in different ways, which different policies cover.
    Ambiguous,
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
        let paths = PathIndex::build(&policies, &mut report);
        let warnings = report.finish()?;
        Ok((Self { policies, paths }, warnings))
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

    /// The policy that covers this path (as it stands in the request target, query cut off or not).
    #[must_use]
    pub fn policy_for(&self, path: &str) -> Option<&Policy> {
        match self.cover(path) {
            Cover::Policy(policy) => Some(policy),
            Cover::Nobody | Cover::Ambiguous => None,
        }
    }

    /// Decide a request for this path. Where no policy covers it, nothing is allowed.
    #[must_use]
    pub fn decide<'p, H: RequestHeaders + ?Sized>(
        &'p self,
        path: &str,
        request: &CorsRequest<'_, H>,
    ) -> Decision<'p, H::Value> {
        match self.cover(path) {
            Cover::Policy(policy) => policy.decide(request),
            Cover::Nobody => decide_without_policy(request, Reason::NoPolicy),
            Cover::Ambiguous => decide_without_policy(request, Reason::PathAmbiguous),
        }
    }

    fn cover(&self, path: &str) -> Cover<'_> {
        let path = path.as_bytes();
        let policy_at = |path, reading| {
            let (policy, _) = self.paths.tree.find(path, reading)?;
            Some(policy)
        };
        let policy = if self.paths.tree.is_the_same_everywhere() {
            policy_at(path, Reading::Strict)
        } else {
            let end = path.iter().position(|byte| matches!(byte, b'?' | b'#'));
            let path = end.and_then(|end| path.get(..end)).unwrap_or(path);
            let policy = policy_at(path, Reading::Strict);
            if is_ambiguous(path) && policy_at(path, Reading::Lenient) != policy {
                return Cover::Ambiguous;
            }
            policy
        };
        match policy.and_then(|policy| self.policies.get(policy)) {
            Some(policy) => Cover::Policy(policy),
            None => Cover::Nobody,
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

impl PathIndex {
    pub(crate) fn build(policies: &[Policy], report: &mut PolicyReport) -> Self {
        let mut tree = PathTree::new();
        for (policy_index, policy) in policies.iter().enumerate() {
            if policy.paths.is_empty() {
                report
                    .draft(policy_index, &policy.name)
                    .error((PolicyField::Paths, None, ""), PolicyErrorReason::PathsEmpty);
            }
            for (path_index, path) in policy.paths.iter().enumerate() {
                let spot = (PolicyField::Paths, Some(path_index), path.as_str());
                let inserted = match PathPattern::parse(path) {
                    Ok(pattern) => tree.insert(&pattern, (policy_index, path_index)),
                    Err(reason) => {
                        report.draft(policy_index, &policy.name).error(spot, reason);
                        Ok(())
                    }
                };
                if let Err(other) = inserted {
                    let related = path_place(policies, other);
                    report.draft(policy_index, &policy.name).error_with_related(
                        spot,
                        PolicyErrorReason::PathTie,
                        related,
                    );
                }
            }
        }
        Self { tree }
    }
}

/// Without a policy, nothing is allowed, and an inner service's own CORS headers do not count.
fn decide_without_policy<'p, H: RequestHeaders + ?Sized>(
    request: &CorsRequest<'_, H>,
    reason: Reason,
) -> Decision<'p, H::Value> {
    match request {
        CorsRequest::NotCors => Decision {
            verdict: Verdict::NotCors,
            reason: Reason::NoOrigin,
            action: Action::Forward,
            headers: HeaderEdits::nothing(Vary::None),
            policy_name: None,
        },
        CorsRequest::Actual { .. } => Decision::refused(reason, false, Vary::None, None),
        CorsRequest::Preflight { .. } => Decision::refused(reason, true, Vary::Preflight, None),
        CorsRequest::Malformed(malformed) => Decision::malformed(*malformed, None),
    }
}

fn check_names(policies: &[Policy], report: &mut PolicyReport) {
    let mut seen = alloc::collections::BTreeMap::new();
    for (index, policy) in policies.iter().enumerate() {
        let spot = (PolicyField::Name, None, policy.name.as_str());
        match seen.get(policy.name.as_str()) {
            None => {
                seen.insert(policy.name.as_str(), index);
            }
            Some(&first) => {
                let related = report.draft(first, &policy.name).place(spot);
                report.draft(index, &policy.name).error_with_related(
                    spot,
                    PolicyErrorReason::NameTaken,
                    related,
                );
            }
        }
    }
}

fn path_place(policies: &[Policy], (policy_index, path_index): (usize, usize)) -> PolicyPlace {
    let policy = policies.get(policy_index);
    PolicyPlace {
        policy_index,
        policy_name: policy.map_or_else(String::new, |policy| policy.name.clone()),
        field: PolicyField::Paths,
        index: Some(path_index),
        value: policy
            .and_then(|policy| policy.paths.get(path_index).cloned())
            .unwrap_or_default(),
    }
}
