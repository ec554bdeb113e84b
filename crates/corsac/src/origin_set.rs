//! The origins that a policy lists, and whether an `Origin` header is one of them. The cost does
//! not grow with the list: one hash probe for exact origins, a few for patterns.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::origin_pattern::{OriginPattern, suggestion};
use crate::pattern_table::PatternTable;
use crate::policy_draft::OriginEntry;
use crate::policy_error_reason::PolicyErrorReason;
use crate::policy_place::PolicyField;
use crate::policy_report::{DraftReport, Spot};
use crate::policy_warning::PolicyWarningReason;
use crate::serialized_origin::SerializedOrigin;

/// A checked list of origins and patterns.
#[derive(Clone, Default)]
pub(crate) struct OriginSet {
    /// All entries' texts in order, one after the other.
    texts: String,
    /// Where each text ends.
    ends: Vec<usize>,
    /// Positions of the exact origins.
    exact: HashTable<usize>,
    patterns: PatternTable,
    /// The danger switches of the few entries that have some.
    switches: BTreeMap<usize, Switches>,
}

/// An entry's danger switches with their reasons.
#[derive(Clone)]
struct Switches {
    insecure: Option<String>,
    public_suffix: Option<String>,
}

/// Whether an `Origin` header is in the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OriginMatch {
    Listed,
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
        let mut set = Self::default();
        set.texts
            .reserve(entries.iter().map(|entry| entry.pattern.len()).sum());
        set.ends.reserve(entries.len());
        for entry in entries {
            set.add(entry, allow_credentials, report);
        }
        set.warn_about_redundant_entries(report);
        set
    }

    /// Whether nothing is listed.
    pub(crate) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The entries as they were written.
    pub(crate) fn to_entries(&self) -> Vec<OriginEntry> {
        (0..self.ends.len())
            .map(|position| OriginEntry {
                pattern: self.text(position).into(),
                dangerously_allow_insecure: self.switches.get(&position).and_then(|it| it.insecure.clone()),
                dangerously_allow_public_suffix: self
                    .switches
                    .get(&position)
                    .and_then(|it| it.public_suffix.clone()),
            })
            .collect()
    }

    /// Whether the value of an `Origin` header is in the set.
    pub(crate) fn find(&self, origin: &[u8]) -> OriginMatch {
        if self.find_exact(origin).is_some() {
            return OriginMatch::Listed;
        }
        match SerializedOrigin::parse(origin) {
            Some(parsed)
                if self
                    .patterns
                    .find(&parsed, |position| self.text(position))
                    .is_some() =>
            {
                OriginMatch::Listed
            }
            Some(_) => OriginMatch::NotListed,
            None if origin == b"null" => OriginMatch::Null,
            None => OriginMatch::Malformed,
        }
    }

    fn add(&mut self, entry: &OriginEntry, allow_credentials: bool, report: &mut DraftReport<'_>) {
        let position = self.ends.len();
        let text = entry.pattern.as_str();
        let spot = (PolicyField::AllowOrigins, Some(position), text);
        self.texts.push_str(text);
        self.ends.push(self.texts.len());
        if entry.dangerously_allow_insecure.is_some() || entry.dangerously_allow_public_suffix.is_some() {
            let switches = Switches {
                insecure: entry.dangerously_allow_insecure.clone(),
                public_suffix: entry.dangerously_allow_public_suffix.clone(),
            };
            self.switches.insert(position, switches);
        }
        match OriginPattern::parse(text) {
            Ok(pattern) => {
                self.index(position, &pattern, spot, report);
                check_switches(entry, &pattern, allow_credentials, spot, report);
            }
            Err(reason) => report.error_with_suggestion(spot, reason, suggestion(text)),
        }
    }

    /// Put an entry into the table where requests look for it, unless it is there already.
    fn index(
        &mut self,
        position: usize,
        pattern: &OriginPattern<'_>,
        spot: Spot<'_>,
        report: &mut DraftReport<'_>,
    ) {
        let Self {
            texts,
            ends,
            exact,
            patterns,
            ..
        } = self;
        let text_of = |position: usize| text_at(texts, ends, position);
        let same = if pattern.is_exact() {
            let (text, hash_of) = (spot.2, |position: &usize| hash(text_of(*position).as_bytes()));
            let same = exact
                .find(hash(text.as_bytes()), |&other| text_of(other) == text)
                .copied();
            if same.is_none() {
                exact.insert_unique(hash(text.as_bytes()), position, hash_of);
            }
            same
        } else {
            let same = patterns.find_same(pattern, text_of);
            if same.is_none() {
                patterns.insert(position, pattern, text_of);
            }
            same
        };
        if let Some(first) = same {
            let first = report.place((PolicyField::AllowOrigins, Some(first), text_of(first)));
            report.error_with_related(spot, PolicyErrorReason::OriginDuplicate, first);
        }
    }

    fn warn_about_redundant_entries(&self, report: &mut DraftReport<'_>) {
        if self.patterns.is_empty() {
            return;
        }
        let text_of = |position: usize| self.text(position);
        for position in 0..self.ends.len() {
            let text = self.text(position);
            let covering = if self.find_exact(text.as_bytes()).is_some() {
                SerializedOrigin::parse(text.as_bytes())
                    .and_then(|origin| self.patterns.find(&origin, text_of))
            } else {
                OriginPattern::split(text)
                    .ok()
                    .and_then(|pattern| self.patterns.find_covering(&pattern, text_of))
            };
            if let Some(covering) = covering {
                report.warning_with_related(
                    (PolicyField::AllowOrigins, Some(position), text),
                    PolicyWarningReason::OriginRedundant,
                    (PolicyField::AllowOrigins, Some(covering), self.text(covering)),
                );
            }
        }
    }

    fn find_exact(&self, origin: &[u8]) -> Option<usize> {
        self.exact
            .find(hash(origin), |&position| self.text(position).as_bytes() == origin)
            .copied()
    }

    fn text(&self, position: usize) -> &str {
        text_at(&self.texts, &self.ends, position)
    }
}

fn text_at<'t>(texts: &'t str, ends: &[usize], position: usize) -> &'t str {
    let start = position
        .checked_sub(1)
        .and_then(|before| ends.get(before).copied())
        .unwrap_or(0);
    let end = ends.get(position).copied().unwrap_or(0);
    texts.get(start..end).unwrap_or_default()
}

/// With credentials, an origin that others can pose as, or that anyone can register, needs a switch.
fn check_switches(
    entry: &OriginEntry,
    pattern: &OriginPattern<'_>,
    allow_credentials: bool,
    spot: Spot<'_>,
    report: &mut DraftReport<'_>,
) {
    let mut check = |field, switch: &Option<String>, is_dangerous: bool, reason| match switch.as_deref() {
        None if is_dangerous => report.error(spot, reason),
        None => {}
        Some(why) if why.trim().is_empty() => {
            report.error((field, spot.1, why), PolicyErrorReason::DangerReasonEmpty);
        }
        Some(why) if !is_dangerous => {
            report.warning((field, spot.1, why), PolicyWarningReason::DangerWithoutEffect);
        }
        Some(_) => {}
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

/// The keys are the operator's, so nobody else can make them collide: the seed is fixed.
fn hash(origin: &[u8]) -> u64 {
    let mut hasher = FixedState::with_seed(0).build_hasher();
    hasher.write(origin);
    hasher.finish()
}
