//! The layer: policies, and what it does besides deciding.

use std::sync::Arc;

use corsac::{LivePolicies, Policy, PolicyTable};
use http::{Extensions, Uri};
use tower_layer::Layer;

use crate::inner_cors_headers::{RefuseInDebugBuilds, Replace};
use crate::service::Corsac;
use crate::settings::Settings;

/// Puts [`Corsac`] around a service.
///
/// Cloning it allocates nothing; the clones, and all services that they make, share one set of
/// policies.
///
/// ```
/// use corsac::{Policy, PolicyDraft};
/// use corsac_tower::CorsacLayer;
///
/// let draft = PolicyDraft {
///     allow_origins: ["https://app.example.com"].into_iter().collect(),
///     ..PolicyDraft::new("app")
/// };
/// let (policy, _warnings) = Policy::build(draft)?;
/// let layer = CorsacLayer::new(policy);
/// # Ok::<(), corsac::PolicyErrors>(())
/// ```
#[derive(Clone, Debug)]
pub struct CorsacLayer<I = Replace> {
    pub(crate) settings: Settings<I>,
}

impl CorsacLayer {
    /// A layer over a [`Policy`], a [`PolicyTable`], or an [`Arc<LivePolicies>`](LivePolicies) that
    /// other layers use too.
    #[must_use]
    pub fn new<P>(policies: P) -> Self
    where
        Self: From<P>,
    {
        Self::from(policies)
    }

    /// In builds with `debug_assertions`, answer with status 500 and a text that names the header when
    /// an inner service sets a CORS header by itself. In other builds such headers are replaced, as
    /// they are without this.
    ///
    /// The text is the body, so the inner service's body type must be one that a `String` can become.
    #[must_use]
    pub fn refuse_inner_cors_headers(self) -> CorsacLayer<RefuseInDebugBuilds> {
        CorsacLayer {
            settings: self.settings.with_inner_cors_headers(RefuseInDebugBuilds),
        }
    }
}

impl<I> CorsacLayer<I> {
    /// The policies, to reconfigure them, to switch debug or report-only mode, and to read the counts.
    ///
    /// ```
    /// # use corsac::{Policy, PolicyDraft};
    /// # use corsac_tower::CorsacLayer;
    /// # let (policy, _) = Policy::build(PolicyDraft::new("app"))?;
    /// let layer = CorsacLayer::new(policy);
    /// layer.policies().set_debug(true);
    /// # Ok::<(), corsac::PolicyErrors>(())
    /// ```
    #[must_use]
    pub fn policies(&self) -> &Arc<LivePolicies> {
        self.settings.policies.policies()
    }

    /// Put the decision, a [`RequestDecision`](crate::RequestDecision), into the extensions of the
    /// request, for handlers, and of the response, for logs.
    ///
    /// Off by default: it costs seven allocations.
    #[must_use]
    pub fn with_decision_extensions(mut self) -> Self {
        self.settings.has_decision_extensions = true;
        self
    }

    /// Where a request's extensions hold the URI that it came with, for layers in a nested router,
    /// which sees the rest of the path only. Where the function returns `None`, the request's own URI
    /// counts.
    ///
    /// ```
    /// # use axum::extract::OriginalUri;
    /// # use corsac::{Policy, PolicyDraft};
    /// # use corsac_tower::CorsacLayer;
    /// # let (policy, _) = Policy::build(PolicyDraft::new("app"))?;
    /// let layer = CorsacLayer::new(policy)
    ///     .with_original_uri(|extensions| extensions.get::<OriginalUri>().map(|uri| &uri.0));
    /// # Ok::<(), corsac::PolicyErrors>(())
    /// ```
    #[must_use]
    pub fn with_original_uri(mut self, original_uri: fn(&Extensions) -> Option<&Uri>) -> Self {
        self.settings.original_uri = original_uri;
        self
    }
}

impl From<Policy> for CorsacLayer {
    fn from(policy: Policy) -> Self {
        Self::from(PolicyTable::from(policy))
    }
}

impl From<PolicyTable> for CorsacLayer {
    fn from(policies: PolicyTable) -> Self {
        Self::from(Arc::new(LivePolicies::new(policies)))
    }
}

impl From<Arc<LivePolicies>> for CorsacLayer {
    fn from(policies: Arc<LivePolicies>) -> Self {
        Self {
            settings: Settings::new(policies),
        }
    }
}

impl<S, I: Clone> Layer<S> for CorsacLayer<I> {
    type Service = Corsac<S, I>;

    fn layer(&self, inner: S) -> Self::Service {
        Corsac {
            inner,
            settings: self.settings.clone(),
        }
    }
}
