//! The value of a `Cookie` header that the user of this crate chose.

use std::fmt;

/// A `Cookie` header value. `Debug` does not show it: cookies are secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Cookies(String);

impl Cookies {
    /// Takes a value that can stand in a header: printable ASCII, not empty.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let value = value.trim();
        (!value.is_empty() && value.bytes().all(|byte| matches!(byte, b' '..=b'~')))
            .then(|| Self(value.to_owned()))
    }

    pub(crate) fn value(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Cookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cookies(***)")
    }
}
