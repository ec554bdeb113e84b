//! What decided a request.

use core::fmt;

/// Declares the reasons once: variant, stable kebab-case code.
macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident $(($name:ty))? $code:literal,)*) => {
        /// What decided a request. Its text is safe to log.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Reason {
            $($(#[$doc])* $variant $(($name))?,)*
        }

        /// The position of each reason in [`Reason::CODES`].
        enum Position {
            $($variant,)*
        }

        impl Reason {
            /// The codes of all reasons, in the order of declaration.
            pub const CODES: &[&str] = &[$($code,)*];

            /// A stable name in kebab case.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $code,)*
                }
            }

            /// The position of its code in [`Self::CODES`].
            #[must_use]
            pub const fn index(&self) -> usize {
                match self {
                    $(Self::$variant { .. } => Position::$variant as usize,)*
                }
            }
        }
    };
}

reasons! {
    /// The request has no `Origin`.
    NoOrigin "no-origin",
    /// The policy allows every origin.
    AnyOrigin "any-origin",
    /// The policy lists the origin.
    OriginListed "origin-listed",
    /// The origin is `null`, and the policy dangerously allows it.
    NullOriginAllowed "null-origin-allowed",
    /// No policy covers the host and path.
    NoPolicy "no-policy",
    /// Servers read this path in different ways, and different policies would apply.
    PathAmbiguous "path-ambiguous",
    /// The request names no host, several, or one that no URL has; and policies go by host.
    HostMalformed "host-malformed",
    /// More than one `Origin` line.
    OriginRepeated "origin-repeated",
    /// `Origin` is longer than any serialised origin.
    OriginTooLong "origin-too-long",
    /// `Origin` is not a serialised origin.
    OriginMalformed "origin-malformed",
    /// `Origin: null`, and the policy does not allow it.
    OriginNull "origin-null",
    /// The policy does not list the origin.
    OriginNotListed "origin-not-listed",
    /// `Access-Control-Request-Method` is not one method.
    RequestMethodMalformed "request-method-malformed",
    /// The policy does not list the method.
    MethodNotListed(NameText) "method-not-listed",
    /// `Access-Control-Request-Headers` is not a list of header names.
    RequestHeadersMalformed "request-headers-malformed",
    /// `Access-Control-Request-Headers` is longer, or has more items, than the policy can need.
    RequestHeadersTooLong "request-headers-too-long",
    /// The policy does not list the header.
    HeaderNotListed(NameText) "header-not-listed",
    /// The guard against cross-site request forgery: `Sec-Fetch-Site` says that a page of another
    /// origin sent this, and the policy does not list its `Origin`.
    CsrfSecFetchSite "csrf-sec-fetch-site",
    /// The same guard, without `Sec-Fetch-Site`: `Origin` is another one, and not listed.
    CsrfOrigin "csrf-origin",
    /// The same guard, without `Sec-Fetch-Site` and `Origin`: `Referer` is of another origin, and
    /// not listed.
    CsrfReferer "csrf-referer",
    /// A WebSocket handshake from an origin that is neither the server's own nor listed.
    WebSocketOrigin "websocket-origin",
    /// The policy's pattern stands for the origin, but the dynamic source does not allow it.
    OriginSourceRefused "origin-source-refused",
    /// The policy's pattern stands for the origin, but the dynamic source failed.
    OriginSourceFailed "origin-source-failed",
    /// The policy's pattern stands for the origin, but the dynamic source did not answer in time.
    OriginSourceTimedOut "origin-source-timed-out",
}

/// The start of a method or header name that a request asked for: kept without allocating.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct NameText {
    bytes: [u8; 38],
    length: u8,
    cut: bool,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOrigin => f.write_str("the request has no Origin"),
            Self::AnyOrigin => f.write_str("the policy allows every origin"),
            Self::OriginListed => f.write_str("the policy lists the origin"),
            Self::NullOriginAllowed => f.write_str("the policy dangerously allows the origin `null`"),
            Self::NoPolicy => f.write_str("no policy covers the request"),
            Self::PathAmbiguous => {
                f.write_str("servers read the path in different ways, under different policies")
            }
            Self::HostMalformed => f.write_str("the request does not name one host that a URL can have"),
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
            Self::CsrfSecFetchSite => f.write_str(
                "Sec-Fetch-Site says that a page of another origin sent it, and the policy does not list the origin",
            ),
            Self::CsrfOrigin => {
                f.write_str("Origin is neither the server's own nor one that the policy lists, and the method is not safe")
            }
            Self::CsrfReferer => {
                f.write_str("Referer is of an origin that is neither the server's own nor one that the policy lists, and the method is not safe")
            }
            Self::WebSocketOrigin => {
                f.write_str("a WebSocket from an origin that is neither the server's own nor one that the policy lists")
            }
            Self::OriginSourceRefused => f.write_str("the dynamic source of origins does not allow the origin"),
            Self::OriginSourceFailed => f.write_str("the dynamic source of origins failed"),
            Self::OriginSourceTimedOut => f.write_str("the dynamic source of origins did not answer in time"),
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
