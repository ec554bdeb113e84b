//! Where the records of the preflight cache lie: found by key in one step, ordered by use.
//!
//! A record is one slot and one allocation, its URL followed by its entries. Slots are numbered; a table
//! of numbers finds them, and each knows its neighbours in the order of use.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use super::names::{Name, Names};

/// The number of a slot.
pub(super) type Slot = u32;

/// The fields that a cache entry match compares for equality.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key<'a> {
    pub(super) network_partition_key: &'a str,
    pub(super) byte_serialized_origin: &'a str,
    pub(super) url: &'a str,
    /// Only where entries with and without credentials are kept apart.
    pub(super) credentials: Option<bool>,
}

/// All records.
#[derive(Clone, Debug, Default)]
pub(super) struct Records {
    index: HashTable<Slot>,
    slots: Vec<Occupied>,
    free: Vec<Slot>,
    /// The ends of the order of use; `NONE` when there is no record.
    oldest: Option<Slot>,
    newest: Option<Slot>,
    names: Names,
    hasher: FixedState,
}

/// A slot. One that is free has no bytes and is in `free`.
#[derive(Clone, Debug)]
struct Occupied {
    /// The URL, then the entries.
    bytes: Box<[u8]>,
    expires: u64,
    url_length: u32,
    partition: Name,
    origin: Name,
    older: Slot,
    newer: Slot,
    credentials: Option<bool>,
}

impl Records {
    pub(super) fn len(&self) -> usize {
        self.index.len()
    }

    /// The slot of a key.
    pub(super) fn find(&self, key: &Key<'_>) -> Option<Slot> {
        let partition = self.names.find(key.network_partition_key)?;
        let origin = self.names.find(key.byte_serialized_origin)?;
        let hash = self.hash(partition, origin, key.credentials, key.url.as_bytes());
        let is_it = |slot: &Slot| {
            self.get(*slot).is_some_and(|occupied| {
                occupied.partition == partition
                    && occupied.origin == origin
                    && occupied.credentials == key.credentials
                    && occupied.url() == key.url.as_bytes()
            })
        };
        self.index.find(hash, is_it).copied()
    }

    /// The entries of a slot and when the last of them expires.
    pub(super) fn entries(&self, slot: Slot) -> (&[u8], u64) {
        self.get(slot)
            .map_or((&[], 0), |occupied| (occupied.entries(), occupied.expires))
    }

    /// Puts entries at a key, which becomes the one used last.
    pub(super) fn put(&mut self, key: &Key<'_>, entries: &[u8], expires: u64) {
        let slot = match self.find(key) {
            Some(slot) => slot,
            None => match self.add(key) {
                Some(slot) => slot,
                // There are as many as numbers.
                None => return,
            },
        };
        if let Some(occupied) = self.slots.get_mut(slot as usize) {
            let mut bytes = Vec::with_capacity(key.url.len() + entries.len());
            bytes.extend_from_slice(key.url.as_bytes());
            bytes.extend_from_slice(entries);
            occupied.bytes = bytes.into_boxed_slice();
            occupied.expires = expires;
        }
        self.touch(slot);
    }

    /// Makes a slot the one used last.
    pub(super) fn touch(&mut self, slot: Slot) {
        if self.newest != Some(slot) {
            self.unlink(slot);
            self.link(slot);
        }
    }

    pub(super) fn remove(&mut self, slot: Slot) {
        self.unlink(slot);
        let Some(occupied) = self.get(slot) else {
            return;
        };
        let (partition, origin) = (occupied.partition, occupied.origin);
        let hash = self.hash(partition, origin, occupied.credentials, occupied.url());
        if let Ok(found) = self.index.find_entry(hash, |other| *other == slot) {
            found.remove();
        }
        if let Some(occupied) = self.slots.get_mut(slot as usize) {
            occupied.bytes = Box::default();
            occupied.url_length = 0;
        }
        self.names.give_back(partition);
        self.names.give_back(origin);
        self.free.push(slot);
    }

    /// The slots from the one used longest ago on.
    pub(super) fn by_use(&self) -> impl Iterator<Item = Slot> {
        core::iter::successors(self.oldest, |slot| {
            self.get(*slot).and_then(|occupied| neighbour(occupied.newer))
        })
    }

    /// The URL of a slot.
    pub(super) fn url(&self, slot: Slot) -> &[u8] {
        self.get(slot).map_or(&[], Occupied::url)
    }

    fn get(&self, slot: Slot) -> Option<&Occupied> {
        self.slots.get(slot as usize)
    }

    /// A slot for a key that has none, at the end of the order.
    fn add(&mut self, key: &Key<'_>) -> Option<Slot> {
        let partition = self.names.take(key.network_partition_key)?;
        let origin = self.names.take(key.byte_serialized_origin)?;
        let occupied = Occupied {
            bytes: Box::from(key.url.as_bytes()),
            expires: 0,
            url_length: u32::try_from(key.url.len()).ok()?,
            partition,
            origin,
            older: NONE,
            newer: NONE,
            credentials: key.credentials,
        };
        let slot = match self.free.pop() {
            Some(slot) => {
                *self.slots.get_mut(slot as usize)? = occupied;
                slot
            }
            None => {
                let slot = Slot::try_from(self.slots.len())
                    .ok()
                    .filter(|slot| *slot != NONE)?;
                self.slots.push(occupied);
                slot
            }
        };
        self.link(slot);
        let (slots, hasher) = (&self.slots, &self.hasher);
        let hash_of = |other: &Slot| {
            slots.get(*other as usize).map_or(0, |occupied| {
                hash_key(
                    hasher,
                    occupied.partition,
                    occupied.origin,
                    occupied.credentials,
                    occupied.url(),
                )
            })
        };
        let hash = hash_of(&slot);
        self.index.insert_unique(hash, slot, hash_of);
        Some(slot)
    }

    fn link(&mut self, slot: Slot) {
        let newest = self.newest.replace(slot);
        if let Some(occupied) = self.slots.get_mut(slot as usize) {
            occupied.older = newest.unwrap_or(NONE);
            occupied.newer = NONE;
        }
        match newest.and_then(|newest| self.slots.get_mut(newest as usize)) {
            Some(occupied) => occupied.newer = slot,
            None => self.oldest = Some(slot),
        }
    }

    fn unlink(&mut self, slot: Slot) {
        let Some(occupied) = self.get(slot) else {
            return;
        };
        let (older, newer) = (neighbour(occupied.older), neighbour(occupied.newer));
        match older.and_then(|older| self.slots.get_mut(older as usize)) {
            Some(occupied) => occupied.newer = newer.unwrap_or(NONE),
            None => self.oldest = newer,
        }
        match newer.and_then(|newer| self.slots.get_mut(newer as usize)) {
            Some(occupied) => occupied.older = older.unwrap_or(NONE),
            None => self.newest = older,
        }
    }

    fn hash(&self, partition: Name, origin: Name, credentials: Option<bool>, url: &[u8]) -> u64 {
        hash_key(&self.hasher, partition, origin, credentials, url)
    }
}

impl Occupied {
    fn url(&self) -> &[u8] {
        self.bytes.get(..self.url_length as usize).unwrap_or_default()
    }

    fn entries(&self) -> &[u8] {
        self.bytes.get(self.url_length as usize..).unwrap_or_default()
    }
}

fn hash_key(
    hasher: &FixedState,
    partition: Name,
    origin: Name,
    credentials: Option<bool>,
    url: &[u8],
) -> u64 {
    hasher.hash_one((partition, origin, credentials, url))
}

const fn neighbour(slot: Slot) -> Option<Slot> {
    match slot {
        NONE => None,
        slot => Some(slot),
    }
}

/// No neighbour.
const NONE: Slot = Slot::MAX;
