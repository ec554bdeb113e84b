//! The origins that a policy lists, and whether an `Origin` header is one of them. The cost does
//! not grow with the list: one hash probe for exact origins, a few for patterns.

use alloc::vec::Vec;
use core::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::list_texts::{ListPosition, ListTexts};
use crate::origin_pattern::{OriginPattern, suggestion};
use crate::origin_switches::OriginSwitches;
use crate::origin_warnings;
use crate::pattern_table::PatternTable;
use crate::policy_draft::OriginEntry;
use crate::policy_error_reason::PolicyErrorReason;
use crate::policy_place::PolicyField;
use crate::policy_report::{DraftReport, Spot};
use crate::serialized_origin::SerializedOrigin;

/// A checked list of origins and patterns.
#[derive(Clone, Default)]
pub(crate) struct OriginSet {
    texts: ListTexts,
    /// Positions of the exact origins.
    exact: HashTable<ListPosition>,
    patterns: PatternTable,
    switches: OriginSwitches,
}

/// Whether an `Origin` header is in the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OriginMatch {
    /// The entry at this position stands for it.
    Listed(ListPosition),
    NotListed,
    /// It is `null`, which a list never has.
    Null,
    Malformed,
}

impl OriginSet {
    /// Check a list, report what is wrong with it, and keep what is right.
    pub(crate) fn build(
        entries: &[OriginEntry],
        allow_credentials: bool,
        report: &mut DraftReport<'_>,
    ) -> Self {
        let bytes = entries.iter().map(|entry| entry.pattern.len()).sum();
        let mut set = Self {
            texts: ListTexts::with_capacity(entries.len(), bytes),
            ..Self::default()
        };
        for (index, entry) in entries.iter().enumerate() {
            let spot = (PolicyField::AllowOrigins, Some(index), entry.pattern.as_str());
            let Some(position) = set.texts.push(&entry.pattern) else {
                report.error(spot, PolicyErrorReason::OriginListTooLong);
                break;
            };
            set.switches.insert(position, entry);
            match OriginPattern::parse(&entry.pattern) {
                Ok(pattern) => {
                    set.index(position, &pattern, spot, report);
                    OriginSwitches::check(entry, &pattern, allow_credentials, index, report);
                }
                Err(reason) => report.error_with_suggestion(spot, reason, suggestion(&entry.pattern)),
            }
        }
        origin_warnings::warn(&set, report);
        set
    }

    /// Whether nothing is listed.
    pub(crate) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The entries as they were written.
    pub(crate) fn to_entries(&self) -> Vec<OriginEntry> {
        self.positions()
            .map(|position| self.switches.entry(position, self.text(position)))
            .collect()
    }

    /// Whether the value of an `Origin` header is in the set.
    pub(crate) fn find(&self, origin: &[u8]) -> OriginMatch {
        if let Some(position) = self.find_exact(origin) {
            return OriginMatch::Listed(position);
        }
        match SerializedOrigin::parse(origin) {
            Some(parsed) => self
                .patterns
                .find(&parsed, &self.texts)
                .map_or(OriginMatch::NotListed, OriginMatch::Listed),
            None if origin == b"null" => OriginMatch::Null,
            None => OriginMatch::Malformed,
        }
    }

    /// The pattern at a position, as written.
    pub(crate) fn text(&self, position: ListPosition) -> &str {
        self.texts.text(position)
    }

    /// Whether the entry at a position allows its pages to reach a more private network.
    pub(crate) fn allows_private_network(&self, position: ListPosition) -> bool {
        self.switches.allows_private_network(position)
    }

    /// Whether some entry does.
    pub(crate) fn has_private_network(&self) -> bool {
        self.switches.has_private_network()
    }

    pub(crate) fn positions(&self) -> impl Iterator<Item = ListPosition> {
        self.texts.positions()
    }

    /// The position of the entry that is exactly this origin.
    pub(crate) fn find_exact(&self, origin: &[u8]) -> Option<ListPosition> {
        self.exact
            .find(hash(origin), |&position| self.text(position).as_bytes() == origin)
            .copied()
    }

    /// The position of the same pattern, exact or not.
    pub(crate) fn find_same(&self, pattern: &OriginPattern<'_>, text: &str) -> Option<ListPosition> {
        if pattern.is_exact() {
            self.find_exact(text.as_bytes())
        } else {
            self.patterns.find_same(pattern, &self.texts)
        }
    }

    /// The position of another entry that stands for everything that this one stands for.
    pub(crate) fn find_covering(&self, position: ListPosition) -> Option<ListPosition> {
        if self.patterns.is_empty() {
            return None;
        }
        let text = self.text(position);
        if self.find_exact(text.as_bytes()).is_some() {
            let origin = SerializedOrigin::parse(text.as_bytes())?;
            return self.patterns.find(&origin, &self.texts);
        }
        let pattern = OriginPattern::split(text).ok()?;
        self.patterns.find_covering(&pattern, &self.texts)
    }

    /// Put an entry into the table where requests look for it, unless it is there already.
    fn index(
        &mut self,
        position: ListPosition,
        pattern: &OriginPattern<'_>,
        spot: Spot<'_>,
        report: &mut DraftReport<'_>,
    ) {
        if let Some(first) = self.find_same(pattern, spot.2) {
            let first = report.place((spot.0, Some(first.index()), self.text(first)));
            report.error_with_related(spot, PolicyErrorReason::OriginDuplicate, first);
        } else if pattern.is_exact() {
            let texts = &self.texts;
            let hash_of = |&position: &ListPosition| hash(texts.text(position).as_bytes());
            self.exact
                .insert_unique(hash(spot.2.as_bytes()), position, hash_of);
        } else {
            self.patterns.insert(position, pattern, &self.texts);
        }
    }
}

/// The keys are the operator's, so nobody else can make them collide: the seed is fixed.
fn hash(origin: &[u8]) -> u64 {
    let mut hasher = FixedState::with_seed(0).build_hasher();
    hasher.write(origin);
    hasher.finish()
}
