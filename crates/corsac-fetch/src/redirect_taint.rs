//! The origin that a request carries after redirects.

use alloc::string::{String, ToString};

use corsac::Origin;
use corsac::site::same_site;
use url::Url;

/// The redirect-taint of a request,
/// <https://fetch.spec.whatwg.org/#concept-request-tainted-origin>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RedirectTaint {
    /// No foreign origin redirected to another origin.
    SameOrigin,
    /// A foreign origin of the request's site redirected to another origin.
    SameSite,
    /// A foreign site redirected to another site.
    CrossSite,
}

/// Compute the redirect-taint of a request with this origin and URL list.
#[must_use]
pub fn redirect_taint(origin: &Origin, url_list: &[Url]) -> RedirectTaint {
    let mut taint = RedirectTaint::SameOrigin;
    for pair in url_list.windows(2) {
        let [last_url, url] = pair else { continue };
        let (last, next) = (Origin::of_url(last_url), Origin::of_url(url));
        // "If url's origin is not same site with lastURL's origin and request's origin is not same
        // site with lastURL's origin, then return "cross-site"."
        if !same_site(&next, &last) && !same_site(origin, &last) {
            return RedirectTaint::CrossSite;
        }
        // "If url's origin is not same origin with lastURL's origin and request's origin is not
        // same origin with lastURL's origin, then set taint to "same-site"."
        if !next.same_origin(&last) && !origin.same_origin(&last) {
            taint = RedirectTaint::SameSite;
        }
    }
    taint
}

/// Serializing a request origin, <https://fetch.spec.whatwg.org/#serializing-a-request-origin>. The
/// result is ASCII, so it serves for byte-serializing as well.
#[must_use]
pub fn serialize_request_origin(origin: &Origin, url_list: &[Url]) -> String {
    // "If request's redirect-taint is not "same-origin", then return "null"."
    match redirect_taint(origin, url_list) {
        RedirectTaint::SameOrigin => origin.to_string(),
        RedirectTaint::SameSite | RedirectTaint::CrossSite => String::from("null"),
    }
}
