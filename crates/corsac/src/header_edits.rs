//! What to change in a response's headers: remove every CORS header that is there, set the
//! policy's, merge `Vary`.
//!
//! An adapter applies them to every response, whoever made it. It computes nothing.

use crate::prebuilt_headers::PrebuiltHeaders;

/// Header changes. They replace what an inner service set by itself; they never double it.
///
/// Removed are [`CORS_RESPONSE_HEADER_NAMES`].
#[derive(Clone, Debug)]
pub struct HeaderEdits<'p, V> {
    pub(crate) allow_origin: AllowOrigin<V>,
    pub(crate) prebuilt: &'p PrebuiltHeaders,
    pub(crate) vary: Vary,
}

/// The value of Access-Control-Allow-Origin.
#[derive(Clone, Debug)]
pub(crate) enum AllowOrigin<V> {
    /// No such header.
    None,
    /// `*`
    Any,
    /// The request's own `Origin`, which the policy lists.
    Listed(V),
}

/// Which request headers the answer depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vary {
    /// None: it is the same for every origin.
    None,
    /// The answer to an actual request of a policy with a list.
    Origin,
    /// The answer to a preflight: that it is one, and whether it is passed.
    Preflight,
}

impl<V> HeaderEdits<'_, V> {
    /// Remove what is there and set nothing.
    pub(crate) const fn nothing(vary: Vary) -> Self {
        Self {
            allow_origin: AllowOrigin::None,
            prebuilt: PrebuiltHeaders::EMPTY,
            vary,
        }
    }

    /// The request-header names that the answer depends on, to be merged into `Vary`: keep every
    /// line that is there, add the names that none of them has, add nothing next to `*`.
    #[must_use]
    pub fn vary(&self) -> &'static [&'static str] {
        self.vary.names()
    }
}

impl<V: AsRef<[u8]>> HeaderEdits<'_, V> {
    /// The headers to set, in order, besides `Vary`.
    pub fn set(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        let allow_origin = match &self.allow_origin {
            AllowOrigin::None => None,
            AllowOrigin::Any => Some(&b"*"[..]),
            AllowOrigin::Listed(origin) => Some(origin.as_ref()),
        };
        allow_origin
            .map(|value| ("access-control-allow-origin", value))
            .into_iter()
            .chain(
                self.prebuilt
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_bytes())),
            )
    }
}

impl Vary {
    pub(crate) const fn names(self) -> &'static [&'static str] {
        match self {
            Self::None => &[],
            Self::Origin => &["Origin"],
            Self::Preflight => &[
                "Origin",
                "Access-Control-Request-Method",
                "Access-Control-Request-Headers",
            ],
        }
    }
}

/// The response headers of CORS, and the one of Private Network Access that once stood beside them.
/// Those that an inner service sets are removed.
pub const CORS_RESPONSE_HEADER_NAMES: [&str; 7] = [
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-expose-headers",
    "access-control-max-age",
    "access-control-allow-private-network",
];
