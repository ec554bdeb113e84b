//! Header edits on `http::HeaderMap`: the adapter that every Rust HTTP stack shares.

use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use crate::header::trim_http_tab_or_space;
use crate::header_edits::{AllowOrigin, CORS_RESPONSE_HEADER_NAMES, HeaderEdits, Vary};

impl HeaderEdits<'_, HeaderValue> {
    /// Apply to a response's headers: remove its CORS headers, set the policy's, merge `Vary`.
    ///
    /// A map that holds as many headers as `http` allows (32768) gets no more; a page then may not
    /// read the answer.
    pub fn apply(&self, headers: &mut HeaderMap) {
        remove_cors_headers(headers);
        match &self.allow_origin {
            AllowOrigin::None => {}
            AllowOrigin::Any => set(
                headers,
                header::ACCESS_CONTROL_ALLOW_ORIGIN,
                const { HeaderValue::from_static("*") },
            ),
            AllowOrigin::Listed(origin) => set(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone()),
        }
        for (name, value) in self.prebuilt.iter() {
            set(headers, name.header_name(), value.to_header_value());
        }
        merge_vary(headers, self.vary);
    }
}

fn remove_cors_headers(headers: &mut HeaderMap) {
    // Most answers have none: one look at each name is cheaper than six searches.
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
    let all = match vary {
        Vary::None => return,
        Vary::Origin => const { HeaderValue::from_static("Origin") },
        Vary::Preflight => {
            const {
                HeaderValue::from_static(
                    "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
                )
            }
        }
    };
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
