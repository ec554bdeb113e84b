//! What is allowed in a policy draft, but most likely not meant.

use alloc::boxed::Box;
use core::fmt;

use crate::policy_place::PolicyPlace;

/// A value that a policy may have, but that its author should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyWarning {
    place: PolicyPlace,
    reason: PolicyWarningReason,
    related: Option<Box<PolicyPlace>>,
}

/// Why an author should look at a value. The list grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicyWarningReason {
    /// Another entry of the list covers this origin; `related` is that one.
    OriginRedundant,
    /// `GET`, `HEAD` and `POST` are always allowed.
    MethodSafelisted,
    /// `patch` is not `PATCH`: browsers do not change its case.
    MethodLowerCase,
    /// Pages can read this response header without it being listed.
    ExposedHeaderSafelisted,
    /// Chromium keeps a preflight for 7200 seconds at most.
    MaxAgeAboveChromium,
    /// The danger switch changes nothing here.
    DangerWithoutEffect,
    /// No origin is allowed.
    NobodyAllowed,
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

impl PolicyWarningReason {
    /// A stable name in kebab case.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OriginRedundant => "origin-redundant",
            Self::MethodSafelisted => "method-safelisted",
            Self::MethodLowerCase => "method-lower-case",
            Self::ExposedHeaderSafelisted => "exposed-header-safelisted",
            Self::MaxAgeAboveChromium => "max-age-above-chromium",
            Self::DangerWithoutEffect => "danger-without-effect",
            Self::NobodyAllowed => "nobody-allowed",
        }
    }

    /// What to look at, to be read after the value: lower case, no final period.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::OriginRedundant => "another entry of the list covers this origin",
            Self::MethodSafelisted => "`GET`, `HEAD` and `POST` need no listing",
            Self::MethodLowerCase => {
                "browsers do not change the case of this method; upper case may be meant"
            }
            Self::ExposedHeaderSafelisted => "pages can read this response header without it being listed",
            Self::MaxAgeAboveChromium => "Chromium remembers a preflight for 7200 seconds at most",
            Self::DangerWithoutEffect => "the switch changes nothing here",
            Self::NobodyAllowed => "the policy allows no origin",
        }
    }
}

impl fmt::Display for PolicyWarningReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}
