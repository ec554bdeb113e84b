//! What to change in a response's headers: remove every CORS header that is there, set the
//! policy's, merge `Vary`.

use core::marker::PhantomData;

/// Header changes. They replace what an inner service set by itself; they never double it.
#[derive(Clone, Debug)]
pub struct HeaderEdits<'p, V> {
    marker: PhantomData<(&'p (), V)>,
}

impl<V> HeaderEdits<'_, V> {
    pub(crate) fn to_be_filled() -> Self {
        Self { marker: PhantomData }
    }
}

impl<V: AsRef<[u8]>> HeaderEdits<'_, V> {
    /// The headers to set, in order, besides `Vary`.
    pub fn set(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        core::iter::empty()
    }

    /// The request-header names that the answer depends on, to be merged into `Vary`.
    #[must_use]
    pub fn vary(&self) -> &'static [&'static str] {
        &[]
    }
}

#[cfg(feature = "http")]
impl HeaderEdits<'_, http::HeaderValue> {
    /// Apply to a response's headers.
    pub fn apply(&self, headers: &mut http::HeaderMap) {
        let _ = headers;
    }
}

/// The response headers of CORS. Those that an inner service sets are removed.
pub const CORS_RESPONSE_HEADER_NAMES: [&str; 6] = [
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-expose-headers",
    "access-control-max-age",
];
