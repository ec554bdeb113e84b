//! One reader of policies that change.

use alloc::sync::Arc;

use arc_swap::{ArcSwap, Cache};

use crate::cors_request::CorsRequest;
use crate::decision::Decision;
use crate::live_policies::{LivePolicies, State};
use crate::request_headers::RequestHeaders;

/// One reader of [`LivePolicies`], such as a service: it keeps the policies at hand and looks only
/// whether they are still the ones in force, which costs less than to fetch them for each request.
///
/// Policies that were replaced are freed once each reader has decided its next request.
///
/// ```
/// # use std::sync::Arc;
/// # use corsac::{CorsRequest, LivePolicies, PolicyDraft, PolicyReader, PolicyTable, RequestTarget};
/// let (table, _) = PolicyTable::build(vec![PolicyDraft::new("app")])?;
/// let mut reader = PolicyReader::new(Arc::new(LivePolicies::new(table)));
///
/// let headers = [("Host", "api.example.com")];
/// let request = CorsRequest::classify(b"GET", RequestTarget::path("/"), headers.as_slice());
/// assert_eq!(reader.decide(&request).policy_name(), Some("app"));
///
/// reader.policies().reconfigure(vec![PolicyDraft::new("new")])?;
/// assert_eq!(reader.decide(&request).policy_name(), Some("new"));
/// # Ok::<(), corsac::PolicyErrors>(())
/// ```
#[derive(Clone, Debug)]
pub struct PolicyReader {
    policies: Arc<LivePolicies>,
    state: Cache<Arc<ArcSwap<State>>, Arc<State>>,
}

impl PolicyReader {
    /// A reader of these policies.
    #[must_use]
    pub fn new(policies: Arc<LivePolicies>) -> Self {
        let state = Cache::new(Arc::clone(&policies.state));
        Self { policies, state }
    }

    /// The policies that are read.
    #[must_use]
    pub fn policies(&self) -> &Arc<LivePolicies> {
        &self.policies
    }

    /// Decide a request, and count the decision.
    #[must_use]
    pub fn decide<H: RequestHeaders + ?Sized>(&mut self, request: &CorsRequest<'_, H>) -> Decision<H::Value> {
        self.policies.decide_by(self.state.load(), request)
    }
}
