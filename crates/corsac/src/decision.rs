//! What to do with a request, and why.

use crate::cors_request::MalformedRequest;
use crate::header_edits::{HeaderEdits, Vary};
use crate::reason::Reason;

/// The answer to a request: adapters do what `action` says and apply `headers` to the response.
#[derive(Clone, Debug)]
pub struct Decision<'p, V> {
    /// Allowed, refused, or none of CORS' business.
    pub verdict: Verdict,
    /// What decided it.
    pub reason: Reason,
    /// Let the inner service answer, or answer here.
    pub action: Action,
    /// What to change in the response's headers, whoever made it.
    pub headers: HeaderEdits<'p, V>,
    /// The name of the policy that decided, if one covers the path.
    pub policy_name: Option<&'p str>,
}

/// Allowed, refused, or none of CORS' business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// No `Origin`.
    NotCors,
    /// The page may read the answer; a preflight is passed.
    Allowed,
    /// The page may not read the answer; a preflight is not passed.
    Refused,
}

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The inner service.
    Forward,
    /// The adapter, with an empty body.
    Answer {
        /// The status: 204 for a preflight that is passed, 403 for one that is not, 400 for a
        /// malformed request.
        status: u16,
    },
}

impl<'p, V> Decision<'p, V> {
    /// An answer that lets no page read it, to a preflight or to any other request.
    pub(crate) fn refused(
        reason: Reason,
        is_preflight: bool,
        vary: Vary,
        policy_name: Option<&'p str>,
    ) -> Self {
        let (action, vary) = if is_preflight {
            (Action::Answer { status: 403 }, Vary::Preflight)
        } else {
            (Action::Forward, vary)
        };
        Self {
            verdict: Verdict::Refused,
            reason,
            action,
            headers: HeaderEdits::nothing(vary),
            policy_name,
        }
    }

    /// The answer to a request that no browser sends.
    pub(crate) fn malformed(malformed: MalformedRequest, policy_name: Option<&'p str>) -> Self {
        Self {
            action: Action::Answer { status: 400 },
            ..Self::refused(malformed.into(), false, Vary::Origin, policy_name)
        }
    }
}

impl From<MalformedRequest> for Reason {
    fn from(malformed: MalformedRequest) -> Self {
        match malformed {
            MalformedRequest::OriginRepeated => Self::OriginRepeated,
            MalformedRequest::OriginTooLong => Self::OriginTooLong,
        }
    }
}
