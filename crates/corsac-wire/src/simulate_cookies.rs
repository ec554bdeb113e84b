//! The cookies of the recordings: before each run every server host had set four of them
//! (`cases/browsers/README.md`). Which ones go along is decided in `corsac-fetch`.

use corsac_fetch::cookies::{CookieAttributes, SameSite, goes_along};
use corsac_fetch::{HttpRequest, HttpRequestKind, Request};

/// The names of the cookies that go along, sorted.
pub(crate) fn cookie_names(request: &Request, sent: &HttpRequest, recorded: bool) -> Vec<&'static str> {
    // "Credentials ... are never part of a CORS-preflight request."
    if sent.kind == HttpRequestKind::Preflight || (recorded && !has_cookies(request)) {
        return Vec::new();
    }
    COOKIES
        .iter()
        .filter(|(_, cookie)| goes_along(request, *cookie))
        .map(|(name, _)| *name)
        .collect()
}

/// The server of the pages had set its cookies only for pages of its own: other pages' partitions do
/// not have them.
fn has_cookies(request: &Request) -> bool {
    let is_page_host = |host: Option<&str>| host == Some(PAGE_HOST);
    let page_host = request.origin().as_tuple().map(|tuple| tuple.host().to_string());
    !is_page_host(request.current_url().host_str()) || is_page_host(page_host.as_deref())
}

const fn cookie(same_site: SameSite, secure: bool) -> CookieAttributes {
    CookieAttributes {
        same_site,
        secure,
        partitioned: false,
    }
}

const COOKIES: [(&str, CookieAttributes); 4] = [
    ("ck_lax", cookie(SameSite::Lax, false)),
    ("ck_none", cookie(SameSite::None, true)),
    ("ck_plain", cookie(SameSite::Unset, false)),
    ("ck_strict", cookie(SameSite::Strict, false)),
];

const PAGE_HOST: &str = "app.example.test";
