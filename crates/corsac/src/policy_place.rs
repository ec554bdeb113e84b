//! Where in a policy draft something is: the place an error or a warning points at.

use alloc::string::String;
use core::fmt;

/// A value in a draft.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PolicyPlace {
    /// Position of the policy among those built together, from 0.
    pub policy_index: usize,
    /// Its name as written, perhaps empty.
    pub policy_name: String,
    /// The field.
    pub field: PolicyField,
    /// Position in the field's list, from 0; `None` when the field is not a list or all of it is meant.
    pub index: Option<usize>,
    /// The value as written; empty when there is none.
    pub value: String,
}

/// A field of [`PolicyDraft`](crate::PolicyDraft) or of [`OriginEntry`](crate::OriginEntry).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicyField {
    /// `name`
    Name,
    /// `hosts`
    Hosts,
    /// `paths`
    Paths,
    /// `allow_origins`
    AllowOrigins,
    /// `dangerously_allow_insecure` of the origin at the place's index
    DangerouslyAllowInsecure,
    /// `dangerously_allow_public_suffix` of the origin at the place's index
    DangerouslyAllowPublicSuffix,
    /// `dangerously_allow_null_origin`
    DangerouslyAllowNullOrigin,
    /// `allow_credentials`
    AllowCredentials,
    /// `allow_methods`
    AllowMethods,
    /// `allow_headers`
    AllowHeaders,
    /// `expose_headers`
    ExposeHeaders,
    /// `max_age`
    MaxAge,
    /// `csrf`
    Csrf,
    /// `csrf_exempt_paths`
    CsrfExemptPaths,
}

impl PolicyField {
    /// The key in the policy file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Hosts => "hosts",
            Self::Paths => "paths",
            Self::AllowOrigins => "allow_origins",
            Self::DangerouslyAllowInsecure => "dangerously_allow_insecure",
            Self::DangerouslyAllowPublicSuffix => "dangerously_allow_public_suffix",
            Self::DangerouslyAllowNullOrigin => "dangerously_allow_null_origin",
            Self::AllowCredentials => "allow_credentials",
            Self::AllowMethods => "allow_methods",
            Self::AllowHeaders => "allow_headers",
            Self::ExposeHeaders => "expose_headers",
            Self::MaxAge => "max_age",
            Self::Csrf => "csrf",
            Self::CsrfExemptPaths => "csrf_exempt_paths",
        }
    }
}

/// ``policy `app`, allow_origins[2]``
impl fmt::Display for PolicyPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.policy_name.is_empty() {
            write!(f, "policy {}", self.policy_index)?;
        } else {
            write!(f, "policy `{}`", self.policy_name.escape_debug())?;
        }
        write!(f, ", {}", self.field.key())?;
        match self.index {
            Some(index) => write!(f, "[{index}]"),
            None => Ok(()),
        }
    }
}
