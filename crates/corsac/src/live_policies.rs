//! Policies that change while requests are decided: replaced as a whole, switched to debug or to
//! report-only, counted.
//!
//! Readers never wait, and see the old table or the new one, never parts of both.

extern crate std;

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use arc_swap::ArcSwap;

use crate::cors_request::CorsRequest;
use crate::decision::Decision;
use crate::policy_draft::PolicyDraft;
use crate::policy_error::PolicyErrors;
use crate::policy_table::PolicyTable;
use crate::policy_warning::PolicyWarning;
use crate::reason::Reason;
use crate::request_headers::RequestHeaders;

/// A policy table in use.
///
/// ```
/// use corsac::{LivePolicies, PolicyDraft, PolicyTable};
///
/// let draft = |origin: &str| PolicyDraft {
///     allow_origins: [origin].into_iter().collect(),
///     ..PolicyDraft::new("app")
/// };
/// let (table, _) = PolicyTable::build(vec![draft("https://app.example")]).unwrap();
/// let policies = LivePolicies::new(table);
///
/// // A bad draft leaves the old policies in force.
/// assert!(policies.reconfigure(vec![draft("https://app.example/")]).is_err());
/// assert_eq!(policies.policies().to_drafts(), [draft("https://app.example")]);
///
/// policies.reconfigure(vec![draft("https://new.example")]).unwrap();
/// policies.set_report_only(true);
/// ```
#[derive(Debug)]
pub struct LivePolicies {
    pub(crate) state: Arc<ArcSwap<State>>,
    is_debug: AtomicBool,
    is_report_only: AtomicBool,
}

/// How often a policy decided for a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyCount {
    /// The policy's name; `None`: no policy covered the request.
    pub policy: Option<String>,
    /// The reason's code.
    pub reason: &'static str,
    /// How often, since the policy of this name came into force.
    pub count: u64,
}

#[derive(Debug)]
pub(crate) struct State {
    table: Arc<PolicyTable>,
    /// For each policy, and last for requests without one.
    counters: Vec<Arc<Counters>>,
}

/// One for each of [`Reason::CODES`].
#[derive(Debug)]
struct Counters([AtomicU64; Reason::CODES.len()]);

impl LivePolicies {
    /// Put a table in force.
    #[must_use]
    pub fn new(table: PolicyTable) -> Self {
        Self {
            state: Arc::new(ArcSwap::from_pointee(State::new(table, None))),
            is_debug: AtomicBool::new(false),
            is_report_only: AtomicBool::new(false),
        }
    }

    /// Put the policies of these drafts in force, all at once. Policies that keep their name keep
    /// their counts.
    ///
    /// # Errors
    /// Every mistake in the drafts. The old policies then stay in force.
    pub fn reconfigure(&self, drafts: Vec<PolicyDraft>) -> Result<Vec<PolicyWarning>, PolicyErrors> {
        let (table, warnings) = PolicyTable::build(drafts)?;
        self.replace(table);
        Ok(warnings)
    }

    /// Put a table in force. Policies that keep their name keep their counts.
    pub fn replace(&self, table: PolicyTable) {
        self.state.rcu(|old| State::new(table.clone(), Some(old)));
    }

    /// The table in force.
    #[must_use]
    pub fn policies(&self) -> Arc<PolicyTable> {
        Arc::clone(&self.state.load().table)
    }

    /// Whether browsers are told which step failed, see [`Decision::in_debug`].
    pub fn set_debug(&self, is_debug: bool) {
        self.is_debug.store(is_debug, Ordering::Relaxed);
    }

    /// Whether every policy only reports, see [`Decision::report_only`]; one whose own mode is
    /// report-only does in any case.
    pub fn set_report_only(&self, is_report_only: bool) {
        self.is_report_only.store(is_report_only, Ordering::Relaxed);
    }

    /// Decide a request, and count the decision.
    #[must_use]
    pub fn decide<H: RequestHeaders + ?Sized>(&self, request: &CorsRequest<'_, H>) -> Decision<H::Value> {
        self.decide_by(&self.state.load(), request)
    }

    pub(crate) fn decide_by<H: RequestHeaders + ?Sized>(
        &self,
        state: &State,
        request: &CorsRequest<'_, H>,
    ) -> Decision<H::Value> {
        let decision = state.table.decide(request);
        state.count(&decision);
        if self.is_switched() {
            self.switched(decision, request)
        } else {
            decision
        }
    }

    /// Decide a request for an adapter that has something to take away from the decision, such as
    /// what a dynamic source of origins refuses: it is not final before [`Self::settle`].
    #[must_use]
    pub fn judge<H: RequestHeaders + ?Sized>(&self, request: &CorsRequest<'_, H>) -> Decision<H::Value> {
        self.state.load().table.decide(request)
    }

    /// Count a decision that [`Self::judge`] made, and switch it to debug or report-only.
    #[must_use]
    pub fn settle<H: RequestHeaders + ?Sized>(
        &self,
        decision: Decision<H::Value>,
        request: &CorsRequest<'_, H>,
    ) -> Decision<H::Value> {
        self.state.load().count(&decision);
        self.switched(decision, request)
    }

    /// How often each policy decided for each reason; reasons that never came up are left out.
    #[must_use]
    pub fn counts(&self) -> Vec<PolicyCount> {
        let state = self.state.load();
        let names = state.table.policies().iter().map(|policy| Some(policy.name()));
        names
            .chain([None])
            .zip(&state.counters)
            .flat_map(|(name, counters)| {
                Reason::CODES
                    .iter()
                    .zip(&counters.0)
                    .map(move |(reason, count)| PolicyCount {
                        policy: name.map(String::from),
                        reason,
                        count: count.load(Ordering::Relaxed),
                    })
            })
            .filter(|count| count.count > 0)
            .collect()
    }

    /// Whether decisions are changed before they are handed out.
    fn is_switched(&self) -> bool {
        self.is_report_only.load(Ordering::Relaxed) || self.is_debug.load(Ordering::Relaxed)
    }

    fn switched<H: RequestHeaders + ?Sized>(
        &self,
        mut decision: Decision<H::Value>,
        request: &CorsRequest<'_, H>,
    ) -> Decision<H::Value> {
        if self.is_report_only.load(Ordering::Relaxed) {
            decision = decision.report_only();
        }
        if self.is_debug.load(Ordering::Relaxed) {
            decision = decision.in_debug(request);
        }
        decision
    }
}

impl From<PolicyTable> for LivePolicies {
    fn from(table: PolicyTable) -> Self {
        Self::new(table)
    }
}

impl State {
    fn new(table: PolicyTable, old: Option<&Self>) -> Self {
        let counters_of = |name| {
            let kept = old.and_then(|old| old.counters_of(name));
            kept.map_or_else(|| Arc::new(Counters::new()), Arc::clone)
        };
        let names = table.policies().iter().map(|policy| Some(policy.name()));
        Self {
            counters: names.chain([None]).map(counters_of).collect(),
            table: Arc::new(table),
        }
    }

    fn count<V>(&self, decision: &Decision<V>) {
        let counters = match decision.policy() {
            None => self.counters.last(),
            Some(policy) => match self.table.policies().get(policy.0.position) {
                Some(own) if Arc::ptr_eq(&own.0, &policy.0) => self.counters.get(policy.0.position),
                // The table was replaced after the decision.
                Some(_) | None => self.counters_of(Some(policy.name())),
            },
        };
        if let Some(counter) = counters.and_then(|counters| counters.0.get(decision.reason.index())) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn counters_of(&self, name: Option<&str>) -> Option<&Arc<Counters>> {
        match name {
            None => self.counters.last(),
            Some(name) => {
                let position = self
                    .table
                    .policies()
                    .iter()
                    .position(|policy| policy.name() == name)?;
                self.counters.get(position)
            }
        }
    }
}

impl Counters {
    fn new() -> Self {
        Self([const { AtomicU64::new(0) }; Reason::CODES.len()])
    }
}
