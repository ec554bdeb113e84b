//! Header lists, <https://fetch.spec.whatwg.org/#concept-header-list>: names and values are byte
//! sequences, order and repetition are kept, names compare byte-case-insensitively.

use alloc::vec::Vec;

/// A header, <https://fetch.spec.whatwg.org/#concept-header>: name and value.
pub type Header = (Vec<u8>, Vec<u8>);

/// A header list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderList(Vec<Header>);

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

    /// Set a header, <https://fetch.spec.whatwg.org/#concept-header-list-set>: the first one of the
    /// name gets the value, the others go.
    pub fn set(&mut self, name: &str, value: impl Into<Vec<u8>>) {
        let mut value = Some(value.into());
        self.0.retain_mut(|(header, old_value)| {
            if !header.eq_ignore_ascii_case(name.as_bytes()) {
                return true;
            }
            value.take().map(|new_value| *old_value = new_value).is_some()
        });
        if let Some(value) = value {
            self.append(name, value);
        }
    }

    /// Combine a header, <https://fetch.spec.whatwg.org/#concept-header-list-combine>: its value is
    /// added to the first one of the name, after `, `.
    pub fn combine(&mut self, name: &[u8], value: &[u8]) {
        let first = self
            .0
            .iter_mut()
            .find(|(header, _)| header.eq_ignore_ascii_case(name));
        match first {
            Some((_, combined)) => {
                combined.extend_from_slice(b", ");
                combined.extend_from_slice(value);
            }
            None => self.append(name, value),
        }
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

    /// Sort and combine, <https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine>:
    /// lower-case names in order, the values of each joined by `, `, except those of `set-cookie`.
    #[must_use]
    pub fn sort_and_combine(&self) -> Vec<Header> {
        let mut headers: Vec<Header> = Vec::with_capacity(self.len());
        let mut lines: Vec<(Vec<u8>, &[u8])> = self
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value))
            .collect();
        // The sort is stable: lines of one name stay in order.
        lines.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (name, value) in lines {
            match headers.last_mut() {
                Some((last, combined)) if *last == name && name != b"set-cookie" => {
                    combined.extend_from_slice(b", ");
                    combined.extend_from_slice(value);
                }
                _ => headers.push((name, value.to_vec())),
            }
        }
        headers
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
