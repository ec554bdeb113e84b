//! A sequence: requests one after another that share a preflight cache, as one JSON line. The
//! format is described in `cases/browsers/README.md`.

use serde::{Deserialize, Serialize};

use crate::scenario::{RequestFields, Server};

/// What one page does. A new phase is another page of the same browser: the cache stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object with `page_origin` and `steps`")]
pub struct Phase {
    /// The serialised origin of the page.
    pub page_origin: String,
    /// Its steps, in order.
    pub steps: Vec<SequenceStep>,
}

/// One request of a sequence, or several at the same time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(expecting = "an object with `request` (or `parallel`) and `server`")]
pub struct SequenceStep {
    /// The request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestFields>,
    /// Requests that all start before one of them is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parallel: Option<Vec<RequestFields>>,
    /// The answers to every request of this step.
    pub server: Server,
    /// Milliseconds that pass before this step.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub wait_ms: u64,
    /// What in the page asks: a frame, by its origin or as `sandbox` for an opaque one, or a `worker`.
    #[serde(skip_serializing_if = "Option::is_none")]
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(value: &u64) -> bool {
    *value == 0
}
