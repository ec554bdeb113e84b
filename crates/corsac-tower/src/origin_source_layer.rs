//! A layer whose policies' lists are held against an [`OriginSource`].

use std::sync::Arc;
use std::time::Duration;

use tower_layer::Layer;

use crate::inner_cors_headers::Replace;
use crate::layer::CorsacLayer;
use crate::origin_source_service::CorsacWithOriginSource;

/// Puts [`CorsacWithOriginSource`] around a service; made by
/// [`CorsacLayer::with_origin_source`].
#[derive(Debug)]
pub struct OriginSourceLayer<O, I = Replace> {
    layer: CorsacLayer<I>,
    source: Arc<O>,
    time_limit: Duration,
}

impl<I> CorsacLayer<I> {
    /// Ask a source about each origin that a policy lists, before it is allowed.
    ///
    /// The source can only take away from what the policies list. When it fails, or says nothing within
    /// a second, the origin is refused.
    ///
    /// Its services need a Tokio runtime with time enabled.
    ///
    /// ```
    /// use corsac::{Policy, PolicyDraft};
    /// use corsac_tower::CorsacLayer;
    /// use corsac_tower::origin_source::{OriginQuestion, OriginVerdict};
    ///
    /// # async fn is_tenant(_: &str) -> Result<bool, std::io::Error> { Ok(true) }
    /// let draft = PolicyDraft {
    ///     allow_origins: ["https://*.tenants.example.com"].into_iter().collect(),
    ///     allow_credentials: true,
    ///     ..PolicyDraft::new("tenants")
    /// };
    /// let (policy, _warnings) = Policy::build(draft)?;
    /// let layer = CorsacLayer::new(policy).with_origin_source(async |question: OriginQuestion| {
    ///     Ok::<_, std::io::Error>(if is_tenant(question.origin()).await? {
    ///         OriginVerdict::Allow
    ///     } else {
    ///         OriginVerdict::Refuse
    ///     })
    /// });
    /// # Ok::<(), corsac::PolicyErrors>(())
    /// ```
    #[must_use]
    pub fn with_origin_source<O>(self, source: O) -> OriginSourceLayer<O, I> {
        OriginSourceLayer {
            layer: self,
            source: Arc::new(source),
            time_limit: DEFAULT_TIME_LIMIT,
        }
    }
}

impl<O, I> OriginSourceLayer<O, I> {
    /// How long to wait for the source; a second when not set.
    #[must_use]
    pub fn time_limit(mut self, time_limit: Duration) -> Self {
        self.time_limit = time_limit;
        self
    }
}

impl<O, I: Clone> Clone for OriginSourceLayer<O, I> {
    fn clone(&self) -> Self {
        Self {
            layer: self.layer.clone(),
            source: Arc::clone(&self.source),
            time_limit: self.time_limit,
        }
    }
}

impl<S, O, I: Clone> Layer<S> for OriginSourceLayer<O, I> {
    type Service = CorsacWithOriginSource<S, O, I>;

    fn layer(&self, inner: S) -> Self::Service {
        CorsacWithOriginSource {
            corsac: self.layer.layer(inner),
            source: Arc::clone(&self.source),
            time_limit: self.time_limit,
        }
    }
}

const DEFAULT_TIME_LIMIT: Duration = Duration::from_secs(1);
