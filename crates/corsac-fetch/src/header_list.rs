//! Header lists, <https://fetch.spec.whatwg.org/#concept-header-list>: names and values are byte
//! sequences, order and repetition are kept, names compare byte-case-insensitively.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// A header, <https://fetch.spec.whatwg.org/#concept-header>: name and value.
pub type Header = (Vec<u8>, Vec<u8>);

/// A header list.
///
/// All names and values stand in one buffer, in order: a fetch keeps several copies of each list.
#[derive(Default, PartialEq, Eq)]
pub struct HeaderList {
    bytes: Vec<u8>,
    ends: Vec<Ends>,
}

/// Where a header's name and value end in the buffer. The name begins where the value before it ends.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Ends {
    name: usize,
    value: usize,
}

impl HeaderList {
    /// An empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            bytes: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// Append a header, <https://fetch.spec.whatwg.org/#concept-header-list-append>, the name as given.
    pub fn append(&mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) {
        if self.ends.is_empty() {
            self.bytes.reserve(USUAL_BYTES);
            self.ends.reserve(USUAL_HEADERS);
        }
        self.bytes.extend_from_slice(name.as_ref());
        let name = self.bytes.len();
        self.bytes.extend_from_slice(value.as_ref());
        let value = self.bytes.len();
        self.ends.push(Ends { name, value });
    }

    /// Set a header, <https://fetch.spec.whatwg.org/#concept-header-list-set>: the first one of the
    /// name gets the value, the others go.
    pub fn set(&mut self, name: &str, value: impl AsRef<[u8]>) {
        let (mut list, mut is_set) = (Self::new(), false);
        for (header, old_value) in self.iter() {
            if !header.eq_ignore_ascii_case(name.as_bytes()) {
                list.append(header, old_value);
            } else if !is_set {
                list.append(header, value.as_ref());
                is_set = true;
            }
        }
        if !is_set {
            list.append(name, value);
        }
        *self = list;
    }

    /// Combine a header, <https://fetch.spec.whatwg.org/#concept-header-list-combine>: its value is
    /// added to the first one of the name, after `, `.
    pub fn combine(&mut self, name: &[u8], value: &[u8]) {
        let (mut list, mut is_combined) = (Self::new(), false);
        for (header, old_value) in self.iter() {
            if !is_combined && header.eq_ignore_ascii_case(name) {
                list.append(header, [old_value, b", ", value].concat());
                is_combined = true;
            } else {
                list.append(header, old_value);
            }
        }
        if !is_combined {
            list.append(name, value);
        }
        *self = list;
    }

    /// Delete every header of this name.
    pub fn delete(&mut self, name: &str) {
        if self.contains(name) {
            let is_other = |(header, _): &(&[u8], &[u8])| !header.eq_ignore_ascii_case(name.as_bytes());
            *self = self.iter().filter(is_other).collect();
        }
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
        let mut start = 0;
        self.ends.iter().map(move |ends| {
            let name = self.bytes.get(start..ends.name).unwrap_or_default();
            let value = self.bytes.get(ends.name..ends.value).unwrap_or_default();
            start = ends.value;
            (name, value)
        })
    }

    /// The number of headers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no headers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl<N: AsRef<[u8]>, V: AsRef<[u8]>> FromIterator<(N, V)> for HeaderList {
    fn from_iter<T: IntoIterator<Item = (N, V)>>(headers: T) -> Self {
        let mut list = Self::new();
        for (name, value) in headers {
            list.append(name, value);
        }
        list
    }
}

/// With room for more: most copies are made to add to.
impl Clone for HeaderList {
    fn clone(&self) -> Self {
        let mut list = Self {
            bytes: Vec::with_capacity(self.bytes.len().max(USUAL_BYTES)),
            ends: Vec::with_capacity(self.ends.len().max(USUAL_HEADERS)),
        };
        list.bytes.extend_from_slice(&self.bytes);
        list.ends.extend_from_slice(&self.ends);
        list
    }
}

impl fmt::Debug for HeaderList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = self.iter();
        f.debug_list()
            .entries(
                headers.map(|(name, value)| (String::from_utf8_lossy(name), String::from_utf8_lossy(value))),
            )
            .finish()
    }
}

/// Room for the headers that most requests and answers have.
const USUAL_BYTES: usize = 512;
const USUAL_HEADERS: usize = 16;
