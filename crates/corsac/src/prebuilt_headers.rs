//! Response headers made once, when a policy is built, so that answering a request copies no text.

use alloc::string::String;
use alloc::vec::Vec;

#[cfg(feature = "http")]
use crate::apply_header_edits::vary_value;
use crate::header_edits::Vary;

/// Headers with their values, in the order they are set.
#[derive(Clone, Debug, Default)]
pub(crate) struct PrebuiltHeaders {
    headers: Vec<(PrebuiltName, PrebuiltValue)>,
    #[cfg(feature = "http")]
    template: Option<http::HeaderMap>,
}

/// A CORS response header whose value does not depend on the request, in the order they are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
        static EMPTY: PrebuiltHeaders = PrebuiltHeaders {
            headers: Vec::new(),
            #[cfg(feature = "http")]
            template: None,
        };
        &EMPTY
    };

    /// These headers. A text that is no field value is left out; no policy that builds has one.
    ///
    /// `vary` is what an answer with all of them varies by.
    #[cfg_attr(
        not(feature = "http"),
        expect(unused_variables, reason = "only the template has it")
    )]
    pub(crate) fn new(headers: impl IntoIterator<Item = (PrebuiltName, String)>, vary: Vary) -> Self {
        let headers: Vec<_> = headers
            .into_iter()
            .filter_map(|(name, value)| Some((name, PrebuiltValue::new(value)?)))
            .collect();
        Self {
            #[cfg(feature = "http")]
            template: template(&headers, vary),
            headers,
        }
    }

    /// The headers up to this name, or all.
    #[inline]
    pub(crate) fn up_to(
        &self,
        last: Option<PrebuiltName>,
    ) -> impl Iterator<Item = (PrebuiltName, &PrebuiltValue)> {
        self.headers
            .iter()
            .filter(move |(name, _)| last.is_none_or(|last| *name <= last))
            .map(|(name, value)| (*name, value))
    }

    /// No headers but `Vary`: of an answer that lets no page read it.
    #[cfg_attr(
        not(feature = "http"),
        expect(unused_variables, reason = "only the template has it")
    )]
    pub(crate) fn vary_only(vary: Vary) -> Self {
        Self {
            headers: Vec::new(),
            #[cfg(feature = "http")]
            template: vary_template(vary),
        }
    }

    /// A map of these headers and `Vary`, after an Access-Control-Allow-Origin that is to be replaced
    /// where there is one.
    #[cfg(feature = "http")]
    pub(crate) fn template(&self) -> Option<&http::HeaderMap> {
        self.template.as_ref()
    }
}

#[cfg(feature = "http")]
fn vary_template(vary: Vary) -> Option<http::HeaderMap> {
    let mut map = http::HeaderMap::try_with_capacity(1).ok()?;
    map.try_insert(http::header::VARY, vary_value(vary)?).ok()?;
    Some(map)
}

#[cfg(feature = "http")]
fn template(headers: &[(PrebuiltName, PrebuiltValue)], vary: Vary) -> Option<http::HeaderMap> {
    let mut map = http::HeaderMap::try_with_capacity(headers.len() + 2).ok()?;
    let allow_origin = http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
    map.try_insert(allow_origin, http::HeaderValue::from_static(""))
        .ok()?;
    for (name, value) in headers {
        map.try_insert(name.header_name(), value.to_header_value()).ok()?;
    }
    if let Some(vary) = vary_value(vary) {
        map.try_insert(http::header::VARY, vary).ok()?;
    }
    Some(map)
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
