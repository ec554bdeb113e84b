//! What is on: the batch that pages play, the scripts of the servers, and the results of pages.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;

use super::Scripts;
use crate::batch::PageKey;

/// What is on.
pub(crate) struct Stage {
    scripts: Mutex<Scripts>,
    act: watch::Sender<Option<Arc<Act>>>,
    results: UnboundedSender<PageResult>,
}

/// One batch, as its page gets it.
#[derive(Debug)]
pub(crate) struct Act {
    /// The number of the batch.
    pub(crate) number: u64,
    /// The page.
    pub(crate) page: PageKey,
    /// What the page is told, JSON.
    pub(crate) work: String,
}

/// What a page says of one line, or of one phase of a sequence.
#[derive(Debug, Deserialize)]
pub(crate) struct PageResult {
    /// The number of the batch.
    pub(crate) batch: u64,
    /// The line.
    pub(crate) id: String,
    /// When it began and ended, in milliseconds since 1970.
    pub(crate) started: f64,
    /// See `started`.
    pub(crate) ended: f64,
    /// What the page saw of a scenario: the members of an observation that are its to tell.
    #[serde(default)]
    pub(crate) observed: Option<Value>,
    /// The outcome of each step of a phase.
    #[serde(default)]
    pub(crate) outcomes: Vec<String>,
}

impl Stage {
    pub(super) fn new() -> (Self, UnboundedReceiver<PageResult>) {
        let (results, received) = unbounded_channel();
        let stage = Self {
            scripts: Mutex::default(),
            act: watch::Sender::new(None),
            results,
        };
        (stage, received)
    }

    /// Play this act: a page that waits gets it at once.
    pub(crate) fn play(&self, act: Act) {
        self.act.send_replace(Some(Arc::new(act)));
    }

    /// The servers' scripts. Held for moments only, never across an await.
    pub(crate) fn scripts(&self) -> MutexGuard<'_, Scripts> {
        self.scripts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The act that is on, if it has this number.
    pub(super) fn act(&self, number: u64) -> Option<Arc<Act>> {
        let act = self.act.borrow();
        act.as_ref().filter(|act| act.number == number).cloned()
    }

    /// Wait for an act with another number than this one.
    pub(super) async fn next_act(&self, number: u64) -> Option<Arc<Act>> {
        let mut acts = self.act.subscribe();
        let is_other = |act: &Option<Arc<Act>>| act.as_ref().is_some_and(|act| act.number != number);
        acts.wait_for(is_other).await.ok()?.clone()
    }

    pub(super) fn report(&self, result: PageResult) {
        // Nobody listens any more when the run is over.
        let _ = self.results.send(result);
    }
}
