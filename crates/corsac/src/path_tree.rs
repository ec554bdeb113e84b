//! Finds the most specific pattern that covers a path, in one walk over its segments.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::path_pattern::{Extent, PathPattern};
use crate::path_segments::{Reading, Segment, Step, Steps};

/// Patterns by path. A value is whatever the patterns' owner wants back.
#[derive(Clone, Debug)]
pub(crate) struct PathTree<T> {
    /// The root is the first.
    nodes: Vec<Node<T>>,
}

#[derive(Clone, Debug)]
struct Node<T> {
    parent: usize,
    /// Sorted by name.
    children: Vec<(Box<[u8]>, usize)>,
    /// For the path itself.
    exact: Option<T>,
    /// For every path below it.
    below: Option<T>,
}

impl<T: Copy> PathTree<T> {
    pub(crate) fn new() -> Self {
        Self {
            nodes: Vec::from([Node::new(ROOT)]),
        }
    }

    /// Add a pattern, or get the value of the one that covers exactly the same.
    pub(crate) fn insert(&mut self, pattern: &PathPattern, value: T) -> Result<(), T> {
        let mut at = ROOT;
        for name in &pattern.segments {
            at = self.child_or_insert(at, name);
        }
        let slot = self.nodes.get_mut(at).map(|node| match pattern.extent {
            Extent::Exact => &mut node.exact,
            Extent::Below => &mut node.below,
        });
        match slot {
            Some(Some(taken)) => Err(*taken),
            Some(free) => {
                *free = Some(value);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// The value of the most specific pattern that covers this path: the path itself, else the
    /// longest `…/*`.
    pub(crate) fn find(&self, path: &[u8], reading: Reading) -> Option<T> {
        let steps = Steps::new(path, reading)?;
        if self.is_the_same_everywhere() {
            return self.nodes.first()?.below;
        }
        let mut at = self.nodes.first()?;
        // How far the path has left the tree.
        let mut outside = 0_usize;
        for step in steps {
            match step {
                Step::Down(segment) => match self.child(at, segment) {
                    Some(child) if outside == 0 => at = child,
                    _ => outside += 1,
                },
                Step::Up if outside > 0 => outside -= 1,
                Step::Up => at = self.nodes.get(at.parent)?,
            }
        }
        if outside == 0 {
            if at.exact.is_some() {
                return at.exact;
            }
            at = self.nodes.get(at.parent)?;
        }
        loop {
            if at.below.is_some() {
                return at.below;
            }
            let parent = self.nodes.get(at.parent)?;
            if core::ptr::eq(parent, at) {
                return None;
            }
            at = parent;
        }
    }

    /// Whether there is no pattern but `/*`: every path is below the root.
    pub(crate) fn is_the_same_everywhere(&self) -> bool {
        self.nodes.len() == 1
    }

    /// The value for every path below the root.
    pub(crate) fn root(&self) -> Option<T> {
        self.nodes.first()?.below
    }

    fn child(&self, node: &Node<T>, segment: Segment<'_>) -> Option<&Node<T>> {
        let found = node
            .children
            .binary_search_by(|(name, _)| name.iter().copied().cmp(segment.decoded()))
            .ok()?;
        let (_, child) = node.children.get(found)?;
        self.nodes.get(*child)
    }

    fn child_or_insert(&mut self, at: usize, name: &[u8]) -> usize {
        let new = self.nodes.len();
        let Some(node) = self.nodes.get_mut(at) else {
            return at;
        };
        let place = node.children.binary_search_by(|(child, _)| (**child).cmp(name));
        match place {
            Ok(found) => node.children.get(found).map_or(at, |(_, child)| *child),
            Err(place) => {
                node.children.insert(place, (name.into(), new));
                self.nodes.push(Node::new(at));
                new
            }
        }
    }
}

impl<T> Node<T> {
    fn new(parent: usize) -> Self {
        Self {
            parent,
            children: Vec::new(),
            exact: None,
            below: None,
        }
    }
}

const ROOT: usize = 0;
