//! Collects the mistakes and warnings of the drafts that are built together.

use alloc::collections::btree_map::{BTreeMap, Entry};
use alloc::string::String;
use alloc::vec::Vec;

use crate::policy_error::{PolicyError, PolicyErrors};
use crate::policy_error_reason::PolicyErrorReason;
use crate::policy_place::{PolicyField, PolicyPlace};
use crate::policy_warning::PolicyWarning;
use crate::policy_warning_reason::PolicyWarningReason;

/// What is wrong with some drafts.
#[derive(Debug, Default)]
pub(crate) struct PolicyReport {
    errors: Vec<PolicyError>,
    warnings: Vec<PolicyWarning>,
}

/// The part of a report that is about one draft.
#[derive(Debug)]
pub(crate) struct DraftReport<'a> {
    report: &'a mut PolicyReport,
    policy_index: usize,
    policy_name: &'a str,
}

/// A value of the draft: its field, its index in the field's list, its text.
pub(crate) type Spot<'a> = (PolicyField, Option<usize>, &'a str);

impl PolicyReport {
    pub(crate) fn draft<'a>(&'a mut self, policy_index: usize, policy_name: &'a str) -> DraftReport<'a> {
        DraftReport {
            report: self,
            policy_index,
            policy_name,
        }
    }

    /// The warnings, unless there are errors; both in the order of the drafts and of their fields.
    pub(crate) fn finish(mut self) -> Result<Vec<PolicyWarning>, PolicyErrors> {
        let order = |place: &PolicyPlace| (place.policy_index, place.field, place.index);
        self.errors.sort_by_key(|error| order(error.place()));
        self.warnings.sort_by_key(|warning| order(warning.place()));
        PolicyErrors::none_or(self.errors)?;
        Ok(self.warnings)
    }
}

impl DraftReport<'_> {
    pub(crate) fn error(&mut self, spot: Spot<'_>, reason: PolicyErrorReason) {
        self.push_error(spot, reason, None, None);
    }

    pub(crate) fn error_with_suggestion(
        &mut self,
        spot: Spot<'_>,
        reason: PolicyErrorReason,
        suggestion: Option<String>,
    ) {
        self.push_error(spot, reason, None, suggestion);
    }

    /// An error about two values; `related` is the other, perhaps in another draft.
    pub(crate) fn error_with_related(
        &mut self,
        spot: Spot<'_>,
        reason: PolicyErrorReason,
        related: PolicyPlace,
    ) {
        self.push_error(spot, reason, Some(related), None);
    }

    pub(crate) fn warning(&mut self, spot: Spot<'_>, reason: PolicyWarningReason) {
        let place = self.place(spot);
        self.report.warnings.push(PolicyWarning::new(place, reason, None));
    }

    pub(crate) fn warning_with_related(
        &mut self,
        spot: Spot<'_>,
        reason: PolicyWarningReason,
        related: Spot<'_>,
    ) {
        let place = self.place(spot);
        let related = self.place(related);
        self.report
            .warnings
            .push(PolicyWarning::new(place, reason, Some(related)));
    }

    /// An error when `key` was seen before in the same list.
    pub(crate) fn duplicate<'s>(
        &mut self,
        seen: &mut BTreeMap<String, Spot<'s>>,
        key: String,
        spot: Spot<'s>,
        reason: PolicyErrorReason,
    ) {
        match seen.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(spot);
            }
            Entry::Occupied(entry) => {
                let first = self.place(*entry.get());
                self.error_with_related(spot, reason, first);
            }
        }
    }

    /// The position of the draft among those built together.
    pub(crate) fn policy_index(&self) -> usize {
        self.policy_index
    }

    pub(crate) fn place(&self, (field, index, value): Spot<'_>) -> PolicyPlace {
        PolicyPlace {
            policy_index: self.policy_index,
            policy_name: self.policy_name.into(),
            field,
            index,
            value: value.into(),
        }
    }

    fn push_error(
        &mut self,
        spot: Spot<'_>,
        reason: PolicyErrorReason,
        related: Option<PolicyPlace>,
        suggestion: Option<String>,
    ) {
        let place = self.place(spot);
        self.report
            .errors
            .push(PolicyError::new(place, reason, related, suggestion));
    }
}
