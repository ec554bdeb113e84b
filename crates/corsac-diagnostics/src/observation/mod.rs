//! What a live server's answers show besides the verdict on one request: whom else it lets read, and
//! what a cache would make of its answers. One rule, one file.
//!
//! Facts only: a rule speaks of what was sent and what came back.

mod any_origin;
mod grant;
mod missing_vary_origin;
mod null_origin;
mod web_socket_any_origin;
mod wildcard_with_allow_credentials;

use alloc::string::String;
use alloc::vec::Vec;

use corsac_fetch::Outcome;

pub use grant::Grant;

/// A fetch, and the same request sent again as pages of other origins.
#[derive(Clone, Copy, Debug)]
pub struct Observation<'a> {
    /// The page's own fetch.
    pub outcome: &'a Outcome,
    /// The repetitions.
    pub probes: &'a [ObservedProbe<'a>],
}

/// The request sent again, with credentials, as a page of another origin would.
#[derive(Clone, Debug)]
pub struct ObservedProbe<'a> {
    /// The origin that was sent.
    pub origin: String,
    /// What that page got. `None`: its preflight was passed and the request itself not sent.
    pub outcome: Option<&'a Outcome>,
}

/// Something worth saying about a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name: the bad thing, in kebab case.
    pub name: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it is, in one line.
    pub title: String,
    /// What was sent and what came back.
    pub observed: String,
    /// What follows from that.
    pub meaning: String,
    /// What to change, with the least privilege.
    pub fix: String,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// A hole.
    Error,
    /// Good to know.
    Note,
}

/// Everything that the rules find, worst first.
#[must_use]
pub fn findings(observation: &Observation<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = RULES.iter().filter_map(|rule| rule(observation)).collect();
    findings.sort_by_key(|finding| match finding.severity {
        Severity::Error => 0,
        Severity::Note => 1,
    });
    findings
}

/// Every rule, in the order of their files' names.
const RULES: [fn(&Observation<'_>) -> Option<Finding>; 5] = [
    any_origin::check,
    missing_vary_origin::check,
    null_origin::check,
    web_socket_any_origin::check,
    wildcard_with_allow_credentials::check,
];

impl ObservedProbe<'_> {
    /// What the server grants this origin.
    #[must_use]
    pub fn grant(&self) -> Grant {
        Grant::of(self.outcome)
    }
}
