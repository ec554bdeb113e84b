//! The texts of a list's entries in one allocation, and positions in the list.

use alloc::string::String;
use alloc::vec::Vec;

/// A position in a list, from 0. Four bytes: a list has one per entry and per table it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ListPosition(u32);

/// The texts of all entries, one after the other.
#[derive(Clone, Default)]
pub(crate) struct ListTexts {
    texts: String,
    /// Where each text ends.
    ends: Vec<u32>,
}

impl ListTexts {
    /// Room for this many texts of this many bytes in all.
    pub(crate) fn with_capacity(count: usize, bytes: usize) -> Self {
        Self {
            texts: String::with_capacity(bytes),
            ends: Vec::with_capacity(count),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Add a text; `None`, and nothing added, when the positions or the bytes would not fit in `u32`.
    pub(crate) fn push(&mut self, text: &str) -> Option<ListPosition> {
        let (position, end) = position_and_end(self.ends.len(), self.texts.len(), text.len())?;
        self.texts.push_str(text);
        self.ends.push(end);
        Some(position)
    }

    /// The text at a position.
    pub(crate) fn text(&self, position: ListPosition) -> &str {
        let index = position.index();
        let start = index
            .checked_sub(1)
            .and_then(|before| self.ends.get(before).copied())
            .unwrap_or(0);
        let end = self.ends.get(index).copied().unwrap_or(0);
        self.texts.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Every position, from the first.
    pub(crate) fn positions(&self) -> impl Iterator<Item = ListPosition> {
        (0..).map(ListPosition).take(self.ends.len())
    }
}

impl ListPosition {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

fn position_and_end(count: usize, bytes: usize, more: usize) -> Option<(ListPosition, u32)> {
    let position = u32::try_from(count).ok()?;
    let end = u32::try_from(bytes.checked_add(more)?).ok()?;
    Some((ListPosition(position), end))
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::{ListPosition, ListTexts, position_and_end};

    #[test]
    fn a_text_is_found_by_its_position() {
        let mut texts = ListTexts::default();
        for text in ["one", "", "two"] {
            texts.push(text);
        }
        let all: Vec<&str> = texts.positions().map(|position| texts.text(position)).collect();
        assert_eq!(all, ["one", "", "two"]);
        assert_eq!(texts.text(ListPosition(3)), "");
    }

    #[test]
    fn a_list_is_as_long_as_its_numbers_reach() {
        let last = u32::MAX as usize;
        assert_eq!(
            position_and_end(last, last - 1, 1),
            Some((ListPosition(u32::MAX), u32::MAX))
        );
        assert_eq!(position_and_end(last + 1, 0, 0), None);
        assert_eq!(position_and_end(0, last, 1), None);
        assert_eq!(position_and_end(0, usize::MAX, 1), None);
    }
}
