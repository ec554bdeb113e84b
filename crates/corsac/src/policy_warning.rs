//! What is allowed in a policy draft, but most likely not meant.

use alloc::boxed::Box;
use core::fmt;

use crate::policy_place::PolicyPlace;
use crate::policy_warning_reason::PolicyWarningReason;

/// A value that a policy may have, but that its author should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyWarning {
    place: PolicyPlace,
    reason: PolicyWarningReason,
    related: Option<Box<PolicyPlace>>,
}

impl PolicyWarning {
    pub(crate) fn new(place: PolicyPlace, reason: PolicyWarningReason, related: Option<PolicyPlace>) -> Self {
        Self {
            place,
            reason,
            related: related.map(Box::new),
        }
    }

    /// Policy, field, index and value as written.
    #[must_use]
    pub fn place(&self) -> &PolicyPlace {
        &self.place
    }

    /// The reason.
    #[must_use]
    pub fn reason(&self) -> PolicyWarningReason {
        self.reason
    }

    /// The other place, when there is one.
    #[must_use]
    pub fn related(&self) -> Option<&PolicyPlace> {
        self.related.as_deref()
    }
}

impl fmt::Display for PolicyWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: `{}`: {}",
            self.place,
            self.place.value.escape_debug(),
            self.reason
        )
    }
}
