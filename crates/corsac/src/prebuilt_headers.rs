//! Response headers made once, when a policy is built, so that answering a request copies no text.

use alloc::string::String;
use alloc::vec::Vec;

/// Headers with their values, in the order they are set.
#[derive(Clone, Debug, Default)]
pub(crate) struct PrebuiltHeaders(Vec<(PrebuiltName, PrebuiltValue)>);

/// A CORS response header whose value does not depend on the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PrebuiltName {
    AllowCredentials,
    AllowMethods,
    AllowHeaders,
    ExposeHeaders,
    MaxAge,
}

/// A value. With the feature `http` it is a header value whose clones share one allocation.
#[derive(Clone, Debug)]
pub(crate) struct PrebuiltValue {
    #[cfg(feature = "http")]
    value: http::HeaderValue,
    #[cfg(not(feature = "http"))]
    value: alloc::sync::Arc<str>,
}

impl PrebuiltHeaders {
    /// No headers.
    pub(crate) const EMPTY: &Self = {
        static EMPTY: PrebuiltHeaders = PrebuiltHeaders(Vec::new());
        &EMPTY
    };

    /// Add a header. A text that is no field value is left out; no policy that builds has one.
    pub(crate) fn push(&mut self, name: PrebuiltName, value: String) {
        self.0
            .extend(PrebuiltValue::new(value).map(|value| (name, value)));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (PrebuiltName, &PrebuiltValue)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }
}

impl PrebuiltName {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::AllowCredentials => "access-control-allow-credentials",
            Self::AllowMethods => "access-control-allow-methods",
            Self::AllowHeaders => "access-control-allow-headers",
            Self::ExposeHeaders => "access-control-expose-headers",
            Self::MaxAge => "access-control-max-age",
        }
    }
}

#[cfg(feature = "http")]
impl PrebuiltName {
    pub(crate) const fn header_name(self) -> http::HeaderName {
        match self {
            Self::AllowCredentials => http::header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
            Self::AllowMethods => http::header::ACCESS_CONTROL_ALLOW_METHODS,
            Self::AllowHeaders => http::header::ACCESS_CONTROL_ALLOW_HEADERS,
            Self::ExposeHeaders => http::header::ACCESS_CONTROL_EXPOSE_HEADERS,
            Self::MaxAge => http::header::ACCESS_CONTROL_MAX_AGE,
        }
    }
}

#[cfg(feature = "http")]
impl PrebuiltValue {
    fn new(value: String) -> Option<Self> {
        let value = http::HeaderValue::try_from(value).ok()?;
        // The first clone moves the text behind a reference count; the others only count.
        drop(value.clone());
        Some(Self { value })
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.value.as_bytes()
    }

    pub(crate) fn to_header_value(&self) -> http::HeaderValue {
        self.value.clone()
    }
}

#[cfg(not(feature = "http"))]
impl PrebuiltValue {
    fn new(value: String) -> Option<Self> {
        Some(Self { value: value.into() })
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.value.as_bytes()
    }
}
