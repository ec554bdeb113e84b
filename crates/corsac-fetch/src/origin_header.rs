//! When a request carries an `Origin` header, and which.

use alloc::string::String;

use corsac::Origin;
use url::Url;

use crate::redirect_taint::serialize_request_origin;
use crate::request_modes::{Mode, ReferrerPolicy, ResponseTainting};

/// The value that "append a request `Origin` header" appends,
/// <https://fetch.spec.whatwg.org/#append-a-request-origin-header>; `None` when it appends nothing.
///
/// `url_list` is the request's, the current URL last.
#[must_use]
pub fn request_origin_header(
    origin: &Origin,
    url_list: &[Url],
    method: &[u8],
    mode: Mode,
    response_tainting: ResponseTainting,
    referrer_policy: ReferrerPolicy,
) -> Option<String> {
    let serialized_origin = serialize_request_origin(origin, url_list);
    // "If request's response tainting is "cors" or request's mode is either "websocket" or
    // "webtransport", then append (`Origin`, serializedOrigin)."
    if response_tainting == ResponseTainting::Cors || matches!(mode, Mode::WebSocket | Mode::WebTransport) {
        return Some(serialized_origin);
    }
    // "Otherwise, if request's method is neither `GET` nor `HEAD`"
    if matches!(method, b"GET" | b"HEAD") {
        return None;
    }
    // "If request's mode is not "cors", then switch on request's referrer policy"
    if mode != Mode::Cors
        && url_list
            .last()
            .is_some_and(|current_url| is_hidden_by(referrer_policy, origin, current_url))
    {
        return Some(String::from("null"));
    }
    Some(serialized_origin)
}

/// Whether the referrer policy sets serializedOrigin to `null`.
fn is_hidden_by(referrer_policy: ReferrerPolicy, origin: &Origin, current_url: &Url) -> bool {
    match referrer_policy {
        ReferrerPolicy::NoReferrer => true,
        // "If request's origin is a tuple origin, its scheme is "https", and request's current
        // URL's scheme is not "https", then set serializedOrigin to `null`."
        ReferrerPolicy::NoReferrerWhenDowngrade
        | ReferrerPolicy::StrictOrigin
        | ReferrerPolicy::StrictOriginWhenCrossOrigin => {
            origin.as_tuple().is_some_and(|tuple| tuple.scheme() == "https")
                && current_url.scheme() != "https"
        }
        // "If request's origin is not same origin with request's current URL's origin, then set
        // serializedOrigin to `null`."
        ReferrerPolicy::SameOrigin => !origin.same_origin(&Origin::of_url(current_url)),
        // "Otherwise: Do nothing." (Main fetch has replaced the empty string by then.)
        ReferrerPolicy::Empty
        | ReferrerPolicy::Origin
        | ReferrerPolicy::OriginWhenCrossOrigin
        | ReferrerPolicy::UnsafeUrl => false,
    }
}
