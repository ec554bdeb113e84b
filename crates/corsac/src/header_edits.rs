//! What to change in a response's headers: remove every CORS header that is there, set the
//! policy's, merge `Vary`.
//!
//! An adapter applies them to every response, whoever made it. It computes nothing.

use crate::policy::Policy;
use crate::prebuilt_headers::{PrebuiltHeaders, PrebuiltName};

/// Header changes. They replace what an inner service set by itself; they never double it.
///
/// Removed are [`CORS_RESPONSE_HEADER_NAMES`]; unless the policy only reports, which changes nothing
/// ([`Decision::is_enforced`](crate::Decision::is_enforced)).
#[derive(Clone, Debug)]
pub struct HeaderEdits<V> {
    pub(crate) policy: Option<Policy>,
    pub(crate) are_applied: bool,
    pub(crate) allow_origin: AllowOrigin<V>,
    pub(crate) prebuilt: Prebuilt,
    pub(crate) allow_private_network: bool,
    /// The code of the reason of a refusal, for a browser's network panel.
    pub(crate) debug_reason: Option<&'static str>,
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

/// Which of the headers that a policy made in advance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prebuilt {
    None,
    /// Those of an answer to an actual request.
    Actual,
    /// Those of an answer to a preflight.
    Preflight,
    /// Of those of a preflight, the ones up to the step that failed.
    PreflightUpTo(PrebuiltName),
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
    /// The same, where some origins may reach a private network.
    PreflightOfPrivateNetwork,
}

impl<V> HeaderEdits<V> {
    /// Remove what is there and set nothing.
    pub(crate) const fn nothing(policy: Option<Policy>, vary: Vary) -> Self {
        Self {
            policy,
            are_applied: true,
            allow_origin: AllowOrigin::None,
            prebuilt: Prebuilt::None,
            allow_private_network: false,
            debug_reason: None,
            vary,
        }
    }

    /// The request-header names that the answer depends on, to be merged into `Vary`: keep every
    /// line that is there, add the names that none of them has, add nothing next to `*`.
    #[must_use]
    pub fn vary(&self) -> &'static [&'static str] {
        if self.are_applied { self.vary.names() } else { &[] }
    }

    /// Whether the response changes at all: it does not where the policy only reports.
    #[must_use]
    pub fn are_applied(&self) -> bool {
        self.are_applied
    }

    /// The headers made in advance that are set, all of them or up to a name.
    pub(crate) fn prebuilt(&self) -> (&PrebuiltHeaders, Option<PrebuiltName>) {
        match (&self.policy, self.prebuilt) {
            (None, _) => (PrebuiltHeaders::EMPTY, None),
            (Some(policy), Prebuilt::None) => (policy.vary_only(self.vary), None),
            (Some(policy), Prebuilt::Actual) => (&policy.0.actual, None),
            (Some(policy), Prebuilt::Preflight) => (&policy.0.preflight, None),
            (Some(policy), Prebuilt::PreflightUpTo(last)) => (&policy.0.preflight, Some(last)),
        }
    }
}

impl<V: AsRef<[u8]>> HeaderEdits<V> {
    /// The headers to set, in order, besides `Vary`.
    pub fn set(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        let allow_origin = match &self.allow_origin {
            AllowOrigin::None => None,
            AllowOrigin::Any => Some(&b"*"[..]),
            AllowOrigin::Listed(origin) => Some(origin.as_ref()),
        };
        let (prebuilt, last) = self.prebuilt();
        allow_origin
            .map(|value| ("access-control-allow-origin", value))
            .into_iter()
            .chain(
                prebuilt
                    .up_to(last)
                    .map(|(name, value)| (name.as_str(), value.as_bytes())),
            )
            .chain(
                self.allow_private_network
                    .then_some((ACCESS_CONTROL_ALLOW_PRIVATE_NETWORK, &b"true"[..])),
            )
            .chain(self.debug_reason.map(|code| (X_CORSAC_REASON, code.as_bytes())))
            .filter(|_| self.are_applied)
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
            Self::PreflightOfPrivateNetwork => &[
                "Origin",
                "Access-Control-Request-Method",
                "Access-Control-Request-Headers",
                "Access-Control-Request-Private-Network",
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
    ACCESS_CONTROL_ALLOW_PRIVATE_NETWORK,
];

pub(crate) const ACCESS_CONTROL_ALLOW_PRIVATE_NETWORK: &str = "access-control-allow-private-network";

/// In debug mode, the code of the reason why a request was refused.
pub(crate) const X_CORSAC_REASON: &str = "x-corsac-reason";
