//! Header edits on `http::HeaderMap`: the adapter that every Rust HTTP stack shares.

use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use crate::header::trim_http_tab_or_space;
use crate::header_edits::{
    ACCESS_CONTROL_ALLOW_PRIVATE_NETWORK, AllowOrigin, CORS_RESPONSE_HEADER_NAMES, HeaderEdits, Vary,
    X_CORSAC_REASON,
};

impl HeaderEdits<HeaderValue> {
    /// Apply to a response's headers: remove its CORS headers, set the policy's, merge `Vary`.
    ///
    /// A map that holds as many headers as `http` allows (32768) gets no more; a page then may not
    /// read the answer.
    pub fn apply(&self, headers: &mut HeaderMap) {
        if !self.are_applied {
            return;
        }
        if self.fill(headers) {
            return;
        }
        remove_cors_headers(headers);
        match &self.allow_origin {
            AllowOrigin::None => {}
            AllowOrigin::Any => set(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, ANY),
            AllowOrigin::Listed(origin) => set(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone()),
        }
        let (prebuilt, last) = self.prebuilt();
        for (name, value) in prebuilt.up_to(last) {
            set(headers, name.header_name(), value.to_header_value());
        }
        if self.allow_private_network {
            const NAME: HeaderName = HeaderName::from_static(ACCESS_CONTROL_ALLOW_PRIVATE_NETWORK);
            set(headers, NAME, const { HeaderValue::from_static("true") });
        }
        if let Some(code) = self.debug_reason {
            const NAME: HeaderName = HeaderName::from_static(X_CORSAC_REASON);
            set(headers, NAME, HeaderValue::from_static(code));
        }
        merge_vary(headers, self.vary);
    }

    /// Make the headers a copy of those made in advance, if they are to be just that: cheaper than
    /// one insertion after the other into a map that has no room.
    fn fill(&self, headers: &mut HeaderMap) -> bool {
        if headers.capacity() > 0 || self.allow_private_network || self.debug_reason.is_some() {
            return false;
        }
        let (prebuilt, None) = self.prebuilt() else {
            return false;
        };
        let Some(template) = prebuilt.template() else {
            return false;
        };
        *headers = template.clone();
        let allow_origin = match &self.allow_origin {
            AllowOrigin::None => return true,
            AllowOrigin::Any => ANY,
            AllowOrigin::Listed(origin) => origin.clone(),
        };
        if let Some(value) = headers.get_mut(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
            *value = allow_origin;
        }
        true
    }
}

fn remove_cors_headers(headers: &mut HeaderMap) {
    // Most answers have none: one look at each name is cheaper than seven searches.
    if headers
        .keys()
        .any(|name| name.as_str().starts_with("access-control-"))
    {
        for name in CORS_RESPONSE_HEADER_NAMES {
            headers.remove(name);
        }
    }
}

fn merge_vary(headers: &mut HeaderMap, vary: Vary) {
    let Some(all) = vary_value(vary) else { return };
    if !headers.contains_key(header::VARY) {
        return set(headers, header::VARY, all);
    }
    for &name in vary.names() {
        if !has_vary(headers, name) {
            // A line more is the same field, <https://httpwg.org/specs/rfc9110.html#fields.order>.
            let _ = headers.try_append(header::VARY, HeaderValue::from_static(name));
        }
    }
}

/// All names in one line.
pub(crate) const fn vary_value(vary: Vary) -> Option<HeaderValue> {
    match vary {
        Vary::None => None,
        Vary::Origin => Some(HeaderValue::from_static("Origin")),
        Vary::Preflight => Some(HeaderValue::from_static(
            "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
        )),
        Vary::PreflightOfPrivateNetwork => Some(HeaderValue::from_static(
            "Origin, Access-Control-Request-Method, Access-Control-Request-Headers, \
             Access-Control-Request-Private-Network",
        )),
    }
}

/// Whether some line has this name, or `*`, which stands for every name.
fn has_vary(headers: &HeaderMap, name: &str) -> bool {
    headers.get_all(header::VARY).iter().any(|line| {
        line.as_bytes()
            .split(|&byte| byte == b',')
            .map(trim_http_tab_or_space)
            .any(|item| item == b"*" || item.eq_ignore_ascii_case(name.as_bytes()))
    })
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    let _ = headers.try_insert(name, value);
}

const ANY: HeaderValue = HeaderValue::from_static("*");
