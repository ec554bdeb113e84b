//! The switches of a list's entries: dangers that are allowed on purpose, and private networks.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::list_texts::ListPosition;
use crate::origin_pattern::OriginPattern;
use crate::policy_draft::OriginEntry;
use crate::policy_error_reason::PolicyErrorReason;
use crate::policy_place::PolicyField;
use crate::policy_report::{DraftReport, Spot};
use crate::policy_warning_reason::PolicyWarningReason;

/// The switches of the few entries that have some.
#[derive(Clone, Default)]
pub(crate) struct OriginSwitches {
    dangers: BTreeMap<ListPosition, Dangers>,
    /// In ascending order.
    private_network: Vec<ListPosition>,
}

/// An entry's danger switches with their reasons.
#[derive(Clone, Default)]
struct Dangers {
    insecure: Option<String>,
    public_suffix: Option<String>,
}

impl OriginSwitches {
    /// Keep the switches of the entry at this position, which is after all others.
    pub(crate) fn insert(&mut self, position: ListPosition, entry: &OriginEntry) {
        if entry.dangerously_allow_insecure.is_some() || entry.dangerously_allow_public_suffix.is_some() {
            let dangers = Dangers {
                insecure: entry.dangerously_allow_insecure.clone(),
                public_suffix: entry.dangerously_allow_public_suffix.clone(),
            };
            self.dangers.insert(position, dangers);
        }
        if entry.allow_private_network {
            self.private_network.push(position);
        }
    }

    /// The entry at a position, as it was written.
    pub(crate) fn entry(&self, position: ListPosition, pattern: &str) -> OriginEntry {
        let dangers = self.dangers.get(&position).cloned().unwrap_or_default();
        OriginEntry {
            pattern: pattern.into(),
            dangerously_allow_insecure: dangers.insecure,
            dangerously_allow_public_suffix: dangers.public_suffix,
            allow_private_network: self.allows_private_network(position),
        }
    }

    pub(crate) fn allows_private_network(&self, position: ListPosition) -> bool {
        self.private_network.binary_search(&position).is_ok()
    }

    pub(crate) fn has_private_network(&self) -> bool {
        !self.private_network.is_empty()
    }

    /// With credentials, an origin that others can pose as, or that anyone can register, needs a
    /// switch; a switch needs a reason, and whoever reads the report reads it.
    pub(crate) fn check(
        entry: &OriginEntry,
        pattern: &OriginPattern<'_>,
        allow_credentials: bool,
        index: usize,
        report: &mut DraftReport<'_>,
    ) {
        let mut check = |field, switch: &Option<String>, is_dangerous: bool, reason| match switch.as_deref() {
            None if is_dangerous => {
                report.error((PolicyField::AllowOrigins, Some(index), &entry.pattern), reason);
            }
            None => {}
            Some(why) => check_danger_switch((field, Some(index), why), is_dangerous, report),
        };
        check(
            PolicyField::DangerouslyAllowInsecure,
            &entry.dangerously_allow_insecure,
            allow_credentials && pattern.is_insecure(),
            PolicyErrorReason::OriginInsecureWithCredentials,
        );
        check(
            PolicyField::DangerouslyAllowPublicSuffix,
            &entry.dangerously_allow_public_suffix,
            allow_credentials && pattern.covers_public_suffix(),
            PolicyErrorReason::OriginPublicSuffixWithCredentials,
        );
    }
}

/// A danger switch has a written reason, which every report repeats, or the news that it does nothing.
pub(crate) fn check_danger_switch(spot: Spot<'_>, has_effect: bool, report: &mut DraftReport<'_>) {
    if spot.2.trim().is_empty() {
        report.error(spot, PolicyErrorReason::DangerReasonEmpty);
    } else if has_effect {
        report.warning(spot, PolicyWarningReason::DangerAllowed);
    } else {
        report.warning(spot, PolicyWarningReason::DangerWithoutEffect);
    }
}
