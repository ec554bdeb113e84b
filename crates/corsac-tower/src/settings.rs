//! What a layer and its services have in common.

use std::sync::Arc;

use corsac::{CorsRequest, LivePolicies, PolicyReader, RequestTarget};
use http::{Extensions, HeaderMap, Request, Uri};

use crate::RequestDecision;
use crate::inner_cors_headers::Replace;

/// What a layer passes on to its services. Cloning allocates nothing.
#[derive(Clone, Debug)]
pub(crate) struct Settings<I> {
    pub(crate) policies: PolicyReader,
    pub(crate) has_decision_extensions: bool,
    pub(crate) original_uri: fn(&Extensions) -> Option<&Uri>,
    pub(crate) inner_cors_headers: I,
}

impl Settings<Replace> {
    pub(crate) fn new(policies: Arc<LivePolicies>) -> Self {
        Self {
            policies: PolicyReader::new(policies),
            has_decision_extensions: false,
            original_uri: |_| None,
            inner_cors_headers: Replace,
        }
    }

    pub(crate) fn with_inner_cors_headers<I>(self, inner_cors_headers: I) -> Settings<I> {
        Settings {
            policies: self.policies,
            has_decision_extensions: self.has_decision_extensions,
            original_uri: self.original_uri,
            inner_cors_headers,
        }
    }
}

impl<I> Settings<I> {
    pub(crate) fn decide<B>(&mut self, request: &Request<B>) -> RequestDecision {
        let request = classify(self.original_uri, request);
        self.policies.decide(&request)
    }

    /// What the policy says, before anything else is known.
    #[cfg(feature = "origin-source")]
    pub(crate) fn judge<B>(&self, request: &Request<B>) -> RequestDecision {
        let request = classify(self.original_uri, request);
        self.policies.policies().judge(&request)
    }

    /// The decision as it is carried out, counted.
    #[cfg(feature = "origin-source")]
    pub(crate) fn settle<B>(&self, decision: RequestDecision, request: &Request<B>) -> RequestDecision {
        let request = classify(self.original_uri, request);
        self.policies.policies().settle(decision, &request)
    }
}

/// The request as the decision engine sees it.
fn classify<B>(
    original_uri: fn(&Extensions) -> Option<&Uri>,
    request: &Request<B>,
) -> CorsRequest<'_, HeaderMap> {
    let uri = original_uri(request.extensions()).unwrap_or(request.uri());
    CorsRequest::classify(
        request.method().as_str().as_bytes(),
        RequestTarget::of_uri(uri),
        request.headers(),
    )
}
