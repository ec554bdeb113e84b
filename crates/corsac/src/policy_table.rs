//! Which policy covers a path: the most specific pattern wins, a tie is an error.

use alloc::vec::Vec;

use crate::cors_request::CorsRequest;
use crate::decision::Decision;
use crate::policy::Policy;
use crate::policy_draft::PolicyDraft;
use crate::policy_error::PolicyErrors;
use crate::policy_warning::PolicyWarning;
use crate::request_headers::RequestHeaders;

/// Policies by path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyTable {
    policies: Vec<Policy>,
}

impl PolicyTable {
    /// Check drafts, alone and against each other.
    ///
    /// # Errors
    /// Every mistake in every draft, and every tie between two of them.
    pub fn build(drafts: Vec<PolicyDraft>) -> Result<(Self, Vec<PolicyWarning>), PolicyErrors> {
        let mut policies = Vec::new();
        for draft in drafts {
            policies.push(Policy::build(draft)?.0);
        }
        Ok((Self { policies }, Vec::new()))
    }

    /// The policies, in the order of the drafts.
    #[must_use]
    pub fn policies(&self) -> &[Policy] {
        &self.policies
    }

    /// The policy that covers this path (as it stands in the request target, query cut off or not).
    #[must_use]
    pub fn policy_for(&self, path: &str) -> Option<&Policy> {
        let _ = path;
        self.policies.first()
    }

    /// Decide a request for this path. Where no policy covers it, nothing is allowed.
    #[must_use]
    pub fn decide<'p, H: RequestHeaders + ?Sized>(
        &'p self,
        path: &str,
        request: &CorsRequest<'_, H>,
    ) -> Decision<'p, H::Value> {
        match self.policy_for(path) {
            Some(policy) => policy.decide(request),
            None => Decision::to_be_filled(),
        }
    }
}
