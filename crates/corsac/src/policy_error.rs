//! What is wrong with a policy draft: every mistake, each with its place and a closed reason.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::policy_error_reason::PolicyErrorReason;
use crate::policy_place::PolicyPlace;

/// All mistakes of the drafts that were built together, in the order of the drafts and of their fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyErrors(Vec<PolicyError>);

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    place: PolicyPlace,
    reason: PolicyErrorReason,
    related: Option<Box<PolicyPlace>>,
    suggestion: Option<String>,
}

impl PolicyErrors {
    /// Each mistake, in the order of the drafts and of their fields.
    pub fn iter(&self) -> impl Iterator<Item = &PolicyError> {
        self.0.iter()
    }

    /// The number of mistakes; at least one.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "there is at least one")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn none_or(errors: Vec<PolicyError>) -> Result<(), Self> {
        if errors.is_empty() {
            Ok(())
        } else {
            Err(Self(errors))
        }
    }
}

impl PolicyError {
    pub(crate) fn new(
        place: PolicyPlace,
        reason: PolicyErrorReason,
        related: Option<PolicyPlace>,
        suggestion: Option<String>,
    ) -> Self {
        Self {
            place,
            reason,
            related: related.map(Box::new),
            suggestion,
        }
    }

    /// Policy, field, index and value as written.
    #[must_use]
    pub fn place(&self) -> &PolicyPlace {
        &self.place
    }

    /// The reason.
    #[must_use]
    pub fn reason(&self) -> PolicyErrorReason {
        self.reason
    }

    /// The other place of a tie or a duplicate.
    #[must_use]
    pub fn related(&self) -> Option<&PolicyPlace> {
        self.related.as_deref()
    }

    /// What the author most likely meant, when that is certain: the value as a browser writes it.
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: `{}`: {}",
            self.place,
            self.place.value.escape_debug(),
            self.reason
        )?;
        match &self.related {
            Some(related) => write!(f, " (see {related})"),
            None => Ok(()),
        }
    }
}

/// One mistake per line.
impl fmt::Display for PolicyErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

impl core::error::Error for PolicyError {}
impl core::error::Error for PolicyErrors {}
