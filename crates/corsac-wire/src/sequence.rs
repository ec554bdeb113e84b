//! A sequence: requests one after another that share a preflight cache, as one JSON line. The
//! format is described in `cases/browsers/README.md`.

use crate::scenario::{RequestFields, Server};

/// What one page does. A new phase is another page of the same browser: the cache stays.
#[derive(Debug, serde::Deserialize)]
#[serde(expecting = "an object with `page_origin` and `steps`")]
pub struct Phase {
    /// The serialised origin of the page.
    pub page_origin: String,
    /// Its steps, in order.
    pub steps: Vec<SequenceStep>,
}

/// One request of a sequence, or several at the same time.
#[derive(Debug, serde::Deserialize)]
#[serde(expecting = "an object with `request` (or `parallel`) and `server`")]
pub struct SequenceStep {
    /// The request.
    pub request: Option<RequestFields>,
    /// Requests that all start before one of them is answered.
    pub parallel: Option<Vec<RequestFields>>,
    /// The answers to every request of this step.
    pub server: Server,
    /// Milliseconds that pass before this step.
    #[serde(default)]
    pub wait_ms: u64,
    /// What in the page asks: a frame, by its origin or as `sandbox` for an opaque one, or a `worker`.
    pub via: Option<String>,
}

impl Phase {
    /// How many requests its steps make.
    pub(crate) fn request_count(&self) -> usize {
        let of_step = |step: &SequenceStep| {
            usize::from(step.request.is_some()) + step.parallel.as_ref().map_or(0, Vec::len)
        };
        self.steps.iter().map(of_step).sum()
    }
}
