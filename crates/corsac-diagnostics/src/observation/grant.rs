//! What a server grants the pages of an origin, read off a fetch that they made with credentials.

use corsac_fetch::{BlockReason, CorsCheckFailure, Outcome, OutcomeKind, ResponseType};

/// What a page got that asked with the visitor's credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grant {
    /// It reads the answer, cookies included.
    ReadsWithCredentials,
    /// Its preflight is passed: its request, with credentials, would be sent.
    PreflightWithCredentials,
    /// Its origin is allowed, but not with credentials.
    WithoutCredentials,
    /// `*`: every origin is allowed, none with credentials.
    Wildcard,
    /// Its WebSocket is opened.
    OpensWebSocket,
    /// Its origin is not allowed.
    Refused,
    /// Something else than the origin decided.
    Undecided,
}

impl Grant {
    /// Reads it off the outcome; `None` for a passed preflight after which nothing was sent.
    #[must_use]
    pub const fn of(outcome: Option<&Outcome>) -> Self {
        let Some(outcome) = outcome else {
            return Self::PreflightWithCredentials;
        };
        let reason = match &outcome.kind {
            // Neither CORS nor the same origin: the handshake of a WebSocket, which the server answers alone.
            OutcomeKind::Shared(response) if matches!(response.response_type, ResponseType::Basic) => {
                return match response.status {
                    101 => Self::OpensWebSocket,
                    _ => Self::Refused,
                };
            }
            OutcomeKind::Shared(_) => return Self::ReadsWithCredentials,
            OutcomeKind::Opaque(_) => return Self::Undecided,
            OutcomeKind::Blocked { reason, .. } => reason,
        };
        match reason {
            BlockReason::CorsCheck(failure) | BlockReason::PreflightCorsCheck(failure) => match failure {
                CorsCheckFailure::AllowOriginMissing | CorsCheckFailure::AllowOriginMismatch { .. } => {
                    Self::Refused
                }
                CorsCheckFailure::WildcardWithCredentials => Self::Wildcard,
                CorsCheckFailure::AllowCredentialsNotTrue { .. } => Self::WithoutCredentials,
            },
            _ => Self::Undecided,
        }
    }

    /// A stable name in kebab case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReadsWithCredentials => "reads-with-credentials",
            Self::PreflightWithCredentials => "preflight-with-credentials",
            Self::WithoutCredentials => "without-credentials",
            Self::Wildcard => "wildcard",
            Self::OpensWebSocket => "opens-web-socket",
            Self::Refused => "refused",
            Self::Undecided => "undecided",
        }
    }
}
