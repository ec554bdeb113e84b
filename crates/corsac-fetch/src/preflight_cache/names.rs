//! Texts that many records share, each kept once: partitions and origins.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

/// The number of a text.
pub(super) type Name = u32;

/// Texts by number, with how often each is used.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    numbers: HashTable<Name>,
    entries: Vec<Entry>,
    free: Vec<Name>,
    hasher: FixedState,
}

#[derive(Clone, Debug, Default)]
struct Entry {
    text: Box<str>,
    uses: u32,
}

impl Names {
    /// The number of a text that is in use.
    pub(super) fn find(&self, text: &str) -> Option<Name> {
        let is_it = |name: &Name| self.get(*name) == text;
        self.numbers.find(self.hasher.hash_one(text), is_it).copied()
    }

    /// The text of a number.
    pub(super) fn get(&self, name: Name) -> &str {
        self.entries.get(name as usize).map_or("", |entry| &entry.text)
    }

    /// The number of a text, which is used once more. `None` when there are as many as numbers.
    pub(super) fn take(&mut self, text: &str) -> Option<Name> {
        let name = match self.find(text) {
            Some(name) => name,
            None => self.add(text)?,
        };
        if let Some(entry) = self.entries.get_mut(name as usize) {
            entry.uses += 1;
        }
        Some(name)
    }

    /// A text is used once less; nobody needs it then, it goes.
    pub(super) fn give_back(&mut self, name: Name) {
        let Some(entry) = self.entries.get_mut(name as usize) else {
            return;
        };
        entry.uses = entry.uses.saturating_sub(1);
        if entry.uses > 0 {
            return;
        }
        let hash = self.hasher.hash_one(&*entry.text);
        entry.text = Box::default();
        if let Ok(found) = self.numbers.find_entry(hash, |other| *other == name) {
            found.remove();
        }
        self.free.push(name);
    }

    fn add(&mut self, text: &str) -> Option<Name> {
        let name = match self.free.pop() {
            Some(name) => name,
            None => {
                let name = Name::try_from(self.entries.len()).ok()?;
                self.entries.push(Entry::default());
                name
            }
        };
        let entry = self.entries.get_mut(name as usize)?;
        entry.text = text.into();
        let (entries, hasher) = (&self.entries, &self.hasher);
        let hash_of = |other: &Name| {
            let text = entries.get(*other as usize).map_or("", |entry| &*entry.text);
            hasher.hash_one(text)
        };
        self.numbers
            .insert_unique(self.hasher.hash_one(text), name, hash_of);
        Some(name)
    }
}
