//! A policy that cannot be wrong.

use alloc::vec::Vec;

use crate::cors_request::CorsRequest;
use crate::decision::Decision;
use crate::policy_draft::PolicyDraft;
use crate::policy_error::PolicyErrors;
use crate::policy_warning::PolicyWarning;
use crate::request_headers::RequestHeaders;

/// A checked policy. `Policy::build(policy.to_draft())` gives the same policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    draft: PolicyDraft,
}

impl Policy {
    /// Check a draft.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn build(draft: PolicyDraft) -> Result<(Self, Vec<PolicyWarning>), PolicyErrors> {
        PolicyErrors::none_or(Vec::new())?;
        Ok((Self { draft }, Vec::new()))
    }

    /// The draft that this policy was built from, normalised.
    #[must_use]
    pub fn to_draft(&self) -> PolicyDraft {
        self.draft.clone()
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.draft.name
    }

    /// Decide a request for a path that this policy covers.
    #[must_use]
    pub fn decide<'p, H: RequestHeaders + ?Sized>(&'p self, request: &CorsRequest<'_, H>) -> Decision<'p, H::Value> {
        let _ = request;
        Decision::to_be_filled()
    }
}
