//! The servers that browsers talk to: each answers as the scenario says, byte for byte, and keeps
//! what arrived. They also give the pages, and the pages their work.
//!
//! Raw TCP and TLS: an HTTP library refuses the odd methods and header lines that scenarios need.

use std::sync::Arc;

use tokio::sync::mpsc::UnboundedReceiver;

pub(crate) use script::Played;
use script::Scripts;
pub(crate) use stage::{Act, PageResult, Stage};

mod arrivals;
mod certificates;
mod control;
mod listener;
mod request;
mod respond;
mod script;
mod stage;

/// Servers on all ports, until they are dropped.
pub(crate) struct Servers {
    pub(crate) stage: Arc<Stage>,
    pub(crate) results: UnboundedReceiver<PageResult>,
    /// The authority that signed the servers' certificate, DER.
    pub(crate) authority: Vec<u8>,
}

impl Servers {
    /// Listen on every port of [`crate::origins`].
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let certificates = certificates::make()?;
        let (stage, results) = Stage::new();
        let stage = Arc::new(stage);
        listener::listen(&stage, &certificates.acceptor).await?;
        Ok(Self {
            stage,
            results,
            authority: certificates.authority,
        })
    }
}
