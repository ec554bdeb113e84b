//! What is wrong with a policy draft: every mistake, each with its place and a closed reason.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::policy_place::PolicyPlace;

/// All mistakes of the drafts that were built together, in the order of the drafts.
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

/// Why a value cannot be part of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicyErrorReason {
    /// The name is empty.
    NameEmpty,
    /// Another policy has this name; `related` is that one.
    NameTaken,
    /// There is no path, so the policy can never apply.
    PathsEmpty,
    /// The path does not start with `/`.
    PathNotAbsolute,
    /// `*` is anywhere but alone in the last segment.
    PathWildcardMisplaced,
    /// `?` or `#`: a path has no query and no fragment.
    PathQueryOrFragment,
    /// A `%` without two hexadecimal digits.
    PathPercentEncoding,
    /// An encoded `/` or a backslash, which servers read in different ways.
    PathAmbiguousSlash,
    /// White space or a control character.
    PathForbiddenCharacter,
    /// Another path of this policy, or of another, covers exactly the same; `related` is that one.
    PathTie,
    /// The origin is empty.
    OriginEmpty,
    /// `*` in a list: it would allow everybody, so it must be the whole value.
    OriginAnyInList,
    /// `null` has its own switch, `dangerously_allow_null_origin`.
    OriginNull,
    /// White space or a control character.
    OriginForbiddenCharacter,
    /// No `scheme://`.
    OriginSchemeMissing,
    /// The scheme is not written as a scheme is: lower-case letter, then letters, digits, `+`, `-`, `.`.
    OriginSchemeInvalid,
    /// `file:` pages have an opaque origin; browsers send `null`.
    OriginSchemeFile,
    /// User info: an origin has none.
    OriginUserInfo,
    /// A path, be it only a trailing slash: an origin has none.
    OriginPath,
    /// A query or fragment: an origin has none.
    OriginQueryOrFragment,
    /// Upper-case letters, which no browser sends.
    OriginUpperCase,
    /// A host in Unicode: browsers send punycode.
    OriginUnicodeHost,
    /// The host cannot be that of a URL.
    OriginHostInvalid,
    /// The host is written as no URL serialises it (`0x7f.1` is `127.0.0.1`).
    OriginHostNotSerialized,
    /// The port is the scheme's default, which browsers leave out.
    OriginPortDefault,
    /// The port is not a number from 0 to 65535 as URLs serialise it, and not `*`.
    OriginPortInvalid,
    /// `*` or `{label}` anywhere but as the whole first label, or twice.
    OriginWildcardMisplaced,
    /// `*.` or `{label}.` before an address.
    OriginWildcardOverAddress,
    /// A wildcard with a scheme other than `http` and `https`.
    OriginWildcardScheme,
    /// Longer than any origin that browsers send.
    OriginTooLong,
    /// The same origin is listed twice; `related` is the first.
    OriginDuplicate,
    /// `http` to another machine, with credentials, without `dangerously_allow_insecure`.
    OriginInsecureWithCredentials,
    /// A wildcard below a public suffix, with credentials, without `dangerously_allow_public_suffix`.
    OriginPublicSuffixWithCredentials,
    /// `allow_origins = "*"` with credentials: browsers refuse it.
    AnyOriginWithCredentials,
    /// A danger switch without a written reason.
    DangerReasonEmpty,
    /// The method is not a token.
    MethodNotToken,
    /// `CONNECT`, `TRACE` and `TRACK` can never be sent.
    MethodForbidden,
    /// `*` with credentials means a method named `*`.
    MethodWildcardWithCredentials,
    /// The same method is listed twice, after normalisation; `related` is the first.
    MethodDuplicate,
    /// The header name is not a token.
    HeaderNotToken,
    /// A script can never set this request header.
    HeaderForbidden,
    /// A response header of CORS in the list of request headers.
    HeaderIsResponseHeader,
    /// `*` with credentials means a header named `*`.
    HeaderWildcardWithCredentials,
    /// The same header name is listed twice; `related` is the first.
    HeaderDuplicate,
    /// The response-header name is not a token.
    ExposedHeaderNotToken,
    /// `Set-Cookie` and `Set-Cookie2` are never readable.
    ExposedHeaderForbidden,
    /// A request header of CORS, or a preflight's response header, in the list of exposed headers.
    ExposedHeaderIsCors,
    /// `*` with credentials means a header named `*`.
    ExposedHeaderWildcardWithCredentials,
    /// The same response-header name is listed twice; `related` is the first.
    ExposedHeaderDuplicate,
    /// More than 86400 seconds: no browser keeps a preflight longer than a day.
    MaxAgeTooLong,
}

impl PolicyErrors {
    /// Each mistake, in the order of the drafts.
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
        if errors.is_empty() { Ok(()) } else { Err(Self(errors)) }
    }
}

impl PolicyError {
    pub(crate) fn new(place: PolicyPlace, reason: PolicyErrorReason) -> Self {
        Self {
            place,
            reason,
            related: None,
            suggestion: None,
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
        write!(f, "{}: `{}`: {}", self.place, self.place.value.escape_debug(), self.reason)?;
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

impl fmt::Display for PolicyErrorReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl PolicyErrorReason {
    /// A stable name in kebab case.
    #[must_use]
    pub const fn code(self) -> &'static str {
        "policy-error"
    }
}
