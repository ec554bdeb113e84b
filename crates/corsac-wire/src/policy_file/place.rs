//! Where each part of each policy stands in the file.

use std::collections::BTreeMap;
use std::ops::Range;

/// The places of one `[[policy]]` table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PolicyPlace {
    /// The table's header.
    pub(super) header: Range<usize>,
    /// By key; absent when the key is.
    pub(super) fields: BTreeMap<&'static str, FieldPlace>,
    /// Keys whose values could not be used: what the policy model says of them is not news.
    pub(super) unusable: Vec<&'static str>,
}

/// The place of one key and its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FieldPlace {
    pub(super) key: Range<usize>,
    pub(super) value: Range<usize>,
    /// The items of a list, in the order in which the draft has them.
    pub(super) items: Vec<ItemPlace>,
}

/// The place of one item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ItemPlace {
    pub(super) value: Range<usize>,
    /// For an origin written as a table: its keys.
    pub(super) keys: BTreeMap<&'static str, Range<usize>>,
}

impl ItemPlace {
    pub(super) fn new(value: Range<usize>) -> Self {
        Self {
            value,
            keys: BTreeMap::new(),
        }
    }
}
