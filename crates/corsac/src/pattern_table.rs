//! Origin patterns with a wildcard, found by hash: for each suffix of a host that some pattern can
//! be about, one probe. The cost follows the host's labels, not the length of the list.

use core::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::list_texts::{ListPosition, ListTexts};
use crate::origin_pattern::{HostPattern, OriginPattern, PortPattern};
use crate::serialized_origin::{SerializedOrigin, is_wildcard_label};

/// The patterns of a list that stand for more than one origin.
///
/// It keeps positions in the list; the texts are the list's.
#[derive(Clone, Default)]
pub(crate) struct PatternTable {
    patterns: HashTable<Pattern>,
    /// For each family, with one port and with any: the label counts of its domains, bit n for n
    /// labels, the last for more.
    label_counts: [u64; 6],
}

/// A pattern without its domain, which is in the text.
#[derive(Clone, Copy)]
struct Pattern {
    position: ListPosition,
    kind: Kind,
}

/// All of a pattern but its domain.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Kind {
    is_https: bool,
    family: Family,
    port: PortPattern,
}

/// Which hosts a pattern is about, seen from its domain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    /// The domain itself.
    Host,
    /// One or more labels before it.
    Subdomains,
    /// One label before it.
    OneLabel,
}

impl PatternTable {
    pub(crate) fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The position of the same pattern, if it is in the table.
    pub(crate) fn find_same(&self, pattern: &OriginPattern<'_>, texts: &ListTexts) -> Option<ListPosition> {
        let (kind, domain) = Kind::of(pattern);
        self.position(kind, domain.as_bytes(), texts)
    }

    /// Add the pattern at this position. It must not be in the table.
    pub(crate) fn insert(&mut self, position: ListPosition, pattern: &OriginPattern<'_>, texts: &ListTexts) {
        let (kind, domain) = Kind::of(pattern);
        if let Some(counts) = self.label_counts.get_mut(kind.label_counts_index()) {
            *counts |= label_bit(label_count(domain.as_bytes()));
        }
        let hash_of = |pattern: &Pattern| {
            pattern
                .kind
                .hash(pattern.kind.domain_in(texts.text(pattern.position)))
        };
        self.patterns
            .insert_unique(kind.hash(domain.as_bytes()), Pattern { position, kind }, hash_of);
    }

    /// The position of a pattern that stands for this origin.
    pub(crate) fn find(&self, origin: &SerializedOrigin<'_>, texts: &ListTexts) -> Option<ListPosition> {
        if self.is_empty() || origin.host.len() > MAX_HOST_BYTES {
            return None;
        }
        let is_https = match origin.scheme {
            b"https" => true,
            b"http" => false,
            _ => return None,
        };
        let port = origin.port.map_or(PortPattern::Default, PortPattern::Number);
        let find = |family: Family, domain: &[u8], labels: usize| {
            [port, PortPattern::Any].into_iter().find_map(|port| {
                let kind = Kind {
                    is_https,
                    family,
                    port,
                };
                let counts = self.label_counts.get(kind.label_counts_index())?;
                (counts & label_bit(labels) != 0).then(|| self.position(kind, domain, texts))?
            })
        };
        if self.label_counts_of(Family::Host) != 0
            && let Some(position) = find(Family::Host, origin.host, label_count(origin.host))
        {
            return Some(position);
        }
        let of_one_label = self.label_counts_of(Family::OneLabel);
        let mut counts = self.label_counts_of(Family::Subdomains) | of_one_label;
        // Domains from the right: `com`, `example.com`, …, as long as some pattern has one so long.
        let mut left = origin.host;
        for labels in 1.. {
            if labels <= MORE_LABELS {
                counts &= !label_bit(labels - 1);
            }
            if counts == 0 {
                return None;
            }
            let dot = left.iter().rposition(|&byte| byte == b'.')?;
            let domain = origin.host.get(dot + 1..)?;
            left = left.get(..dot)?;
            if counts & label_bit(labels) == 0 {
                continue;
            }
            let mut found = find(Family::Subdomains, domain, labels);
            if found.is_none() && of_one_label != 0 && !left.contains(&b'.') {
                found = find(Family::OneLabel, domain, labels);
            }
            // What is left of the domain must be labels.
            if found.is_some() && left.split(|&byte| byte == b'.').all(is_wildcard_label) {
                return found;
            }
        }
        None
    }

    /// The position of another pattern that stands for everything that this one stands for.
    pub(crate) fn find_covering(
        &self,
        pattern: &OriginPattern<'_>,
        texts: &ListTexts,
    ) -> Option<ListPosition> {
        let (own, domain) = Kind::of(pattern);
        let find = |family: Family, at: &str| {
            [own.port, PortPattern::Any].into_iter().find_map(|port| {
                let kind = Kind { family, port, ..own };
                let is_itself = kind == own && at.len() == domain.len();
                let counts = self.label_counts.get(kind.label_counts_index())?;
                let may_be_there = !is_itself && counts & label_bit(label_count(at.as_bytes())) != 0;
                may_be_there.then(|| self.position(kind, at.as_bytes(), texts))?
            })
        };
        let mut found = find(own.family, domain);
        if own.family == Family::OneLabel {
            found = found.or_else(|| find(Family::Subdomains, domain));
        }
        let mut parents = domain.split_once('.').map(|(_, parent)| parent);
        if let (Family::Host, Some(parent)) = (own.family, parents) {
            found = found.or_else(|| find(Family::OneLabel, parent));
        }
        while let (None, Some(parent)) = (found, parents) {
            found = find(Family::Subdomains, parent);
            parents = parent.split_once('.').map(|(_, parent)| parent);
        }
        found
    }

    /// The label counts of the domains of this family, whatever the port.
    fn label_counts_of(&self, family: Family) -> u64 {
        let first = family as usize * 2;
        let counts = self.label_counts.get(first..first + 2);
        counts.map_or(0, |counts| counts.iter().fold(0, |all, one| all | one))
    }

    fn position(&self, kind: Kind, domain: &[u8], texts: &ListTexts) -> Option<ListPosition> {
        self.patterns
            .find(kind.hash(domain), |pattern| {
                pattern.kind == kind && kind.domain_in(texts.text(pattern.position)) == domain
            })
            .map(|pattern| pattern.position)
    }
}

impl Kind {
    fn of<'a>(pattern: &OriginPattern<'a>) -> (Self, &'a str) {
        let (family, domain) = match pattern.host {
            HostPattern::Exact(host) => (Family::Host, host),
            HostPattern::Subdomains(domain) => (Family::Subdomains, domain),
            HostPattern::OneLabel(domain) => (Family::OneLabel, domain),
        };
        let kind = Self {
            is_https: pattern.scheme == "https",
            family,
            port: pattern.port,
        };
        (kind, domain)
    }

    /// The domain in the text of a pattern of this kind.
    fn domain_in(self, text: &str) -> &[u8] {
        let scheme = if self.is_https {
            "https://".len()
        } else {
            "http://".len()
        };
        let wildcard = match self.family {
            Family::Host => 0,
            Family::Subdomains => "*.".len(),
            Family::OneLabel => "{label}.".len(),
        };
        let domain_and_port = text.as_bytes().get(scheme + wildcard..).unwrap_or_default();
        match self.port {
            PortPattern::Default => domain_and_port,
            PortPattern::Number(_) | PortPattern::Any => {
                let colon = domain_and_port.iter().rposition(|&byte| byte == b':');
                colon
                    .and_then(|colon| domain_and_port.get(..colon))
                    .unwrap_or_default()
            }
        }
    }

    /// The keys are the operator's, so nobody else can make them collide: the seed is fixed.
    fn hash(self, domain: &[u8]) -> u64 {
        let port = match self.port {
            PortPattern::Number(port) => u32::from(port),
            PortPattern::Default => 1 << 16,
            PortPattern::Any => 1 << 17,
        };
        let mut hasher = FixedState::with_seed(0).build_hasher();
        hasher.write_u32(port | (self.family as u32) << 18 | u32::from(self.is_https) << 20);
        hasher.write(domain);
        hasher.finish()
    }

    fn label_counts_index(self) -> usize {
        self.family as usize * 2 + usize::from(self.port == PortPattern::Any)
    }
}

fn label_count(domain: &[u8]) -> usize {
    domain.iter().filter(|&&byte| byte == b'.').count() + 1
}

fn label_bit(labels: usize) -> u64 {
    1 << labels.min(MORE_LABELS)
}

/// The bit of all counts from this one on.
const MORE_LABELS: usize = 63;

/// A name in DNS, with its final dot.
const MAX_HOST_BYTES: usize = 254;
