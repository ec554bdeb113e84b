//! Header lists, <https://fetch.spec.whatwg.org/#concept-header-list>: names and values are byte
//! sequences, order and repetition are kept, names compare byte-case-insensitively.

use alloc::vec::Vec;

/// A header list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderList(Vec<(Vec<u8>, Vec<u8>)>);

impl HeaderList {
    /// An empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Append a header, <https://fetch.spec.whatwg.org/#concept-header-list-append>, the name as given.
    pub fn append(&mut self, name: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.0.push((name.into(), value.into()));
    }

    /// Delete every header of this name.
    pub fn delete(&mut self, name: &str) {
        self.0
            .retain(|(header, _)| !header.eq_ignore_ascii_case(name.as_bytes()));
    }

    /// Whether the list contains a header of this name.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.lines(name).next().is_some()
    }

    /// The values of every header of this name, in order, not combined.
    pub fn lines<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> + 'a {
        self.iter()
            .filter(move |(header, _)| header.eq_ignore_ascii_case(name.as_bytes()))
            .map(|(_, value)| value)
    }

    /// Get, <https://fetch.spec.whatwg.org/#concept-header-list-get>: all values of the name joined
    /// by `, `; `None` when there is no such header.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Vec<u8>> {
        let mut lines = self.lines(name);
        let mut combined = lines.next()?.to_vec();
        for line in lines {
            combined.extend_from_slice(b", ");
            combined.extend_from_slice(line);
        }
        Some(combined)
    }

    /// Every header, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_slice(), value.as_slice()))
    }

    /// The number of headers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no headers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<N: Into<Vec<u8>>, V: Into<Vec<u8>>> FromIterator<(N, V)> for HeaderList {
    fn from_iter<T: IntoIterator<Item = (N, V)>>(headers: T) -> Self {
        Self(
            headers
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}
