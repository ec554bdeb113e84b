//! Which policy covers a host and path: the most specific host first, in it the most specific path.
//! Two patterns that cover the same are a mistake, never a matter of order.

use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::host_pattern::{self, HostExtent, HostPattern};
use crate::path_pattern::PathPattern;
use crate::path_segments::{Reading, is_ambiguous};
use crate::path_tree::PathTree;
use crate::policy::Policy;
use crate::policy_error_reason::PolicyErrorReason;
use crate::policy_place::{PolicyField, PolicyPlace};
use crate::policy_report::{DraftReport, PolicyReport};
use crate::request_host::RequestHost;

/// The policies' hosts and paths, checked against each other.
#[derive(Clone, Debug)]
pub(crate) struct PolicyIndex {
    /// By extent, then by host.
    hosts: Vec<(HostPattern, PathTree<PathAt>)>,
    every_host: PathTree<PathAt>,
}

/// Which policy covers a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cover {
    /// The policy at this position.
    Policy(usize),
    Nobody,
    /// Servers read the path in different ways, which different policies cover.
    PathAmbiguous,
    /// Policies go by host, and the request does not name one.
    HostMalformed,
}

/// A path of a policy: the positions of both.
type PathAt = (usize, usize);

impl PolicyIndex {
    /// Check hosts and paths, alone and against each other.
    pub(crate) fn build(policies: &[Policy], report: &mut PolicyReport) -> Self {
        let mut index = Self {
            hosts: Vec::new(),
            every_host: PathTree::new(),
        };
        for (position, policy) in policies.iter().enumerate() {
            index.add(position, policies, &mut report.draft(position, policy.name()));
        }
        index
    }

    /// Which policy covers this host and path. The host is asked for only where it matters.
    #[inline]
    pub(crate) fn cover<'r>(&self, authority: impl FnOnce() -> Option<&'r [u8]>, target: &'r str) -> Cover {
        if self.hosts.is_empty() {
            if self.every_host.is_the_same_everywhere() && target.starts_with('/') {
                return self
                    .every_host
                    .root()
                    .map_or(Cover::Nobody, |(policy, _)| Cover::Policy(policy));
            }
            return Self::cover_in(path_of(target), |path, reading| {
                self.every_host.find(path, reading)
            });
        }
        let Some(host) = authority().and_then(RequestHost::parse) else {
            return Cover::HostMalformed;
        };
        Self::cover_in(path_of(target), |path, reading| self.find(host, path, reading))
    }

    fn cover_in(path: &[u8], find: impl Fn(&[u8], Reading) -> Option<PathAt>) -> Cover {
        let policy_at = |reading| find(path, reading).map(|(policy, _)| policy);
        let policy = policy_at(Reading::Strict);
        if is_ambiguous(path) && policy_at(Reading::Lenient) != policy {
            return Cover::PathAmbiguous;
        }
        policy.map_or(Cover::Nobody, Cover::Policy)
    }

    fn find(&self, host: RequestHost<'_>, path: &[u8], reading: Reading) -> Option<PathAt> {
        let found = |extent, host| self.tree(extent, host)?.find(path, reading);
        let parents =
            || core::iter::successors(host.without_first_label(), |host| host.without_first_label());
        found(HostExtent::Exact, host)
            .or_else(|| found(HostExtent::OneLabel, parents().next()?))
            .or_else(|| parents().find_map(|parent| found(HostExtent::Subdomains, parent)))
            .or_else(|| self.every_host.find(path, reading))
    }

    fn tree(&self, extent: HostExtent, host: RequestHost<'_>) -> Option<&PathTree<PathAt>> {
        let position = self
            .hosts
            .binary_search_by(|(pattern, _)| match pattern.extent.cmp(&extent) {
                Ordering::Equal => pattern.host.bytes().cmp(host.bytes()),
                unequal => unequal,
            })
            .ok()?;
        self.hosts.get(position).map(|(_, tree)| tree)
    }

    fn add(&mut self, position: usize, policies: &[Policy], report: &mut DraftReport<'_>) {
        let Some(policy) = policies.get(position) else {
            return;
        };
        let hosts = check_hosts(policy, report);
        if policy.paths().is_empty() {
            report.error((PolicyField::Paths, None, ""), PolicyErrorReason::PathsEmpty);
        }
        for (path_position, path) in policy.paths().iter().enumerate() {
            let spot = (PolicyField::Paths, Some(path_position), path.as_str());
            let pattern = match PathPattern::parse(path) {
                Ok(pattern) => pattern,
                Err(reason) => {
                    report.error(spot, reason);
                    continue;
                }
            };
            let mut trees = hosts.clone();
            let insert = |tree: &mut PathTree<PathAt>| tree.insert(&pattern, (position, path_position));
            let taken = if policy.hosts().is_empty() {
                insert(&mut self.every_host).err()
            } else {
                trees
                    .drain(..)
                    .find_map(|host| insert(self.tree_or_insert(host)).err())
            };
            if let Some(other) = taken {
                report.error_with_related(spot, PolicyErrorReason::PathTie, path_place(policies, other));
            }
        }
    }

    fn tree_or_insert(&mut self, pattern: HostPattern) -> &mut PathTree<PathAt> {
        let found = self.hosts.binary_search_by(|(other, _)| other.cmp(&pattern));
        let position = match found {
            Ok(position) => position,
            Err(position) => {
                self.hosts.insert(position, (pattern, PathTree::new()));
                position
            }
        };
        match self.hosts.get_mut(position) {
            Some((_, tree)) => tree,
            None => &mut self.every_host,
        }
    }
}

/// The path of a target: its query cut off.
pub(crate) fn path_of(target: &str) -> &[u8] {
    let target = target.as_bytes();
    let end = target.iter().position(|byte| matches!(byte, b'?' | b'#'));
    end.and_then(|end| target.get(..end)).unwrap_or(target)
}

/// The policy's hosts that are right; what is wrong with the others is reported.
fn check_hosts(policy: &Policy, report: &mut DraftReport<'_>) -> Vec<HostPattern> {
    let mut patterns: Vec<HostPattern> = Vec::new();
    let mut seen = alloc::collections::BTreeMap::new();
    for (position, text) in policy.hosts().iter().enumerate() {
        let spot = (PolicyField::Hosts, Some(position), text.as_str());
        match HostPattern::parse(text) {
            Ok(pattern) => {
                report.duplicate(&mut seen, text.clone(), spot, PolicyErrorReason::HostDuplicate);
                if !patterns.contains(&pattern) {
                    patterns.push(pattern);
                }
            }
            Err(reason) => report.error_with_suggestion(spot, reason, host_pattern::suggestion(text)),
        }
    }
    patterns
}

fn path_place(policies: &[Policy], (policy_index, path_index): PathAt) -> PolicyPlace {
    let policy = policies.get(policy_index);
    PolicyPlace {
        policy_index,
        policy_name: policy.map_or_else(String::new, |policy| policy.name().into()),
        field: PolicyField::Paths,
        index: Some(path_index),
        value: policy
            .and_then(|policy| policy.paths().get(path_index).cloned())
            .unwrap_or_default(),
    }
}
