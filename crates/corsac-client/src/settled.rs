//! What became of a `fetch()`.

use std::fmt;

use corsac_diagnostics::Diagnostic;
use corsac_fetch::{BlockReason, HttpRequestKind, Step, TypeErrorReason, UserAgent};

use crate::exchange::Exchange;
use crate::response::Response;

/// A `fetch()` that has settled: what the page got, and how it came to that.
///
/// `Display` says it in words, for the message of an assertion: the verdict, the step that decided and
/// what to change, and a line for each request.
#[derive(Debug)]
pub struct Settled {
    settlement: Settlement,
    user_agent: UserAgent,
    trace: Vec<Step>,
    exchanges: Vec<Exchange>,
}

#[derive(Debug)]
pub(crate) enum Settlement {
    Resolved(Response),
    Rejected {
        reason: BlockReason,
        also: Vec<BlockReason>,
        diagnostic: Box<Diagnostic>,
    },
    Thrown(TypeErrorReason),
    NoPage(String),
}

impl Settled {
    pub(crate) fn new(
        settlement: Settlement,
        user_agent: UserAgent,
        trace: Vec<Step>,
        exchanges: Vec<Exchange>,
    ) -> Self {
        Self {
            settlement,
            user_agent,
            trace,
            exchanges,
        }
    }

    /// Before anything was sent.
    pub(crate) fn at_once(settlement: Settlement) -> Self {
        Self::new(settlement, UserAgent::Standard, Vec::new(), Vec::new())
    }

    /// The response, when the promise was resolved. It may be opaque: the page then sees status 0.
    #[must_use]
    pub fn response(&self) -> Option<&Response> {
        match &self.settlement {
            Settlement::Resolved(response) => Some(response),
            _ => None,
        }
    }

    /// The response, to read its body.
    #[must_use]
    pub fn into_response(self) -> Option<Response> {
        match self.settlement {
            Settlement::Resolved(response) => Some(response),
            _ => None,
        }
    }

    /// The step that said no, when the promise was rejected with a network error.
    #[must_use]
    pub fn block_reason(&self) -> Option<&BlockReason> {
        match &self.settlement {
            Settlement::Rejected { reason, .. } => Some(reason),
            _ => None,
        }
    }

    /// What else the same answer has wrong, in the standard's order.
    #[must_use]
    pub fn also(&self) -> &[BlockReason] {
        match &self.settlement {
            Settlement::Rejected { also, .. } => also,
            _ => &[],
        }
    }

    /// Why the API threw a `TypeError` before anything was sent.
    #[must_use]
    pub fn type_error(&self) -> Option<&TypeErrorReason> {
        match &self.settlement {
            Settlement::Thrown(reason) => Some(reason),
            _ => None,
        }
    }

    /// The explanation of a rejection: what went wrong, why the browser asks for it, and what to change.
    #[must_use]
    pub fn diagnostic(&self) -> Option<&Diagnostic> {
        match &self.settlement {
            Settlement::Rejected { diagnostic, .. } => Some(diagnostic),
            _ => None,
        }
    }

    /// What the browser prints on its console for a rejection, line by line. The standard has no words
    /// of its own.
    #[must_use]
    pub fn console(&self) -> &[String] {
        let Some(diagnostic) = self.diagnostic() else {
            return &[];
        };
        match self.user_agent {
            UserAgent::Standard => &[],
            UserAgent::Chromium => &diagnostic.console.chromium,
            UserAgent::Firefox => &diagnostic.console.firefox,
            UserAgent::WebKit => &diagnostic.console.webkit,
        }
    }

    /// Whether a preflight was sent.
    #[must_use]
    pub fn was_preflighted(&self) -> bool {
        let mut exchanges = self.exchanges.iter();
        exchanges.any(|exchange| exchange.kind == HttpRequestKind::Preflight)
    }

    /// What went over the wire: one entry for each `Step::Sent` of the trace, in the same order.
    #[must_use]
    pub fn exchanges(&self) -> &[Exchange] {
        &self.exchanges
    }

    /// Every step of the standard that was taken.
    #[must_use]
    pub fn trace(&self) -> &[Step] {
        &self.trace
    }
}

impl fmt::Display for Settled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.settlement {
            Settlement::Resolved(response) => {
                let names = response.headers().map(|(name, _)| String::from_utf8_lossy(name));
                let names: Vec<_> = names.collect();
                write!(
                    f,
                    "resolved: {:?} response, status {}, readable headers: {}",
                    response.response_type(),
                    response.status(),
                    if names.is_empty() {
                        "none".to_owned()
                    } else {
                        names.join(", ")
                    }
                )?;
            }
            Settlement::Rejected { diagnostic, .. } => {
                write!(f, "rejected: {} ({})", diagnostic.title, diagnostic.name)?;
                write!(f, "\n{}\n{}", diagnostic.cause, diagnostic.fix)?;
            }
            Settlement::Thrown(reason) => write!(f, "thrown: TypeError, {reason:?}")?,
            Settlement::NoPage(text) => write!(f, "no page: `{text}` is not an http or https URL")?,
        }
        for exchange in &self.exchanges {
            write!(f, "\n{exchange}")?;
        }
        Ok(())
    }
}
