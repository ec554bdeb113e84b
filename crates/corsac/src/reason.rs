//! What decided a request.

use core::fmt;

/// What decided a request. Its text is safe to log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The request has no `Origin`.
    NoOrigin,
    /// The policy allows every origin.
    AnyOrigin,
    /// The policy lists the origin.
    OriginListed,
    /// The origin is `null`, and the policy dangerously allows it.
    NullOriginAllowed,
    /// No policy covers the path.
    NoPolicy,
    /// Servers read this path in different ways, and different policies would apply.
    PathAmbiguous,
    /// More than one `Origin` line.
    OriginRepeated,
    /// `Origin` is longer than any serialised origin.
    OriginTooLong,
    /// `Origin` is not a serialised origin.
    OriginMalformed,
    /// `Origin: null`, and the policy does not allow it.
    OriginNull,
    /// The policy does not list the origin.
    OriginNotListed,
    /// `Access-Control-Request-Method` is not one method.
    RequestMethodMalformed,
    /// The policy does not list the method.
    MethodNotListed(NameText),
    /// `Access-Control-Request-Headers` is not a list of header names.
    RequestHeadersMalformed,
    /// `Access-Control-Request-Headers` is longer, or has more items, than the policy can need.
    RequestHeadersTooLong,
    /// The policy does not list the header.
    HeaderNotListed(NameText),
}

/// The start of a method or header name that a request asked for: kept without allocating.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct NameText {
    bytes: [u8; 38],
    length: u8,
    cut: bool,
}

impl Reason {
    /// A stable name in kebab case.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoOrigin => "no-origin",
            Self::AnyOrigin => "any-origin",
            Self::OriginListed => "origin-listed",
            Self::NullOriginAllowed => "null-origin-allowed",
            Self::NoPolicy => "no-policy",
            Self::PathAmbiguous => "path-ambiguous",
            Self::OriginRepeated => "origin-repeated",
            Self::OriginTooLong => "origin-too-long",
            Self::OriginMalformed => "origin-malformed",
            Self::OriginNull => "origin-null",
            Self::OriginNotListed => "origin-not-listed",
            Self::RequestMethodMalformed => "request-method-malformed",
            Self::MethodNotListed(_) => "method-not-listed",
            Self::RequestHeadersMalformed => "request-headers-malformed",
            Self::RequestHeadersTooLong => "request-headers-too-long",
            Self::HeaderNotListed(_) => "header-not-listed",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOrigin => f.write_str("the request has no Origin"),
            Self::AnyOrigin => f.write_str("the policy allows every origin"),
            Self::OriginListed => f.write_str("the policy lists the origin"),
            Self::NullOriginAllowed => f.write_str("the policy dangerously allows the origin `null`"),
            Self::NoPolicy => f.write_str("no policy covers the path"),
            Self::PathAmbiguous => {
                f.write_str("servers read the path in different ways, under different policies")
            }
            Self::OriginRepeated => f.write_str("more than one Origin line"),
            Self::OriginTooLong => f.write_str("Origin is longer than any origin"),
            Self::OriginMalformed => f.write_str("Origin is not a serialised origin"),
            Self::OriginNull => f.write_str("Origin is `null`, which the policy does not allow"),
            Self::OriginNotListed => f.write_str("the policy does not list the origin"),
            Self::RequestMethodMalformed => f.write_str("Access-Control-Request-Method is not one method"),
            Self::MethodNotListed(name) => write!(f, "the policy does not list the method `{name}`"),
            Self::RequestHeadersMalformed => {
                f.write_str("Access-Control-Request-Headers is not a list of header names")
            }
            Self::RequestHeadersTooLong => {
                f.write_str("Access-Control-Request-Headers asks for more than the policy has")
            }
            Self::HeaderNotListed(name) => write!(f, "the policy does not list the header `{name}`"),
        }
    }
}

impl NameText {
    /// The name, or its start; everything but printable ASCII becomes `?`.
    pub(crate) fn new(name: &[u8]) -> Self {
        let mut bytes = [0; 38];
        for (to, from) in bytes.iter_mut().zip(name) {
            *to = if from.is_ascii_graphic() { *from } else { b'?' };
        }
        Self {
            bytes,
            length: name.len().min(bytes.len()) as u8,
            cut: name.len() > bytes.len(),
        }
    }

    /// The text, without the mark of a cut.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.bytes
            .get(..usize::from(self.length))
            .and_then(|bytes| core::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

impl fmt::Display for NameText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())?;
        if self.cut { f.write_str("…") } else { Ok(()) }
    }
}

impl fmt::Debug for NameText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}
