//! The cookies of the recordings: before each run every server host had set four of them
//! (`cases/browsers/README.md`). Which ones go along is decided in `corsac-fetch`.

use corsac_fetch::cookies::{CookieAttributes, SameSite, goes_along};
use corsac_fetch::{HttpRequest, HttpRequestKind, Request, UserAgent};

/// The names of the cookies that go along, sorted.
pub(crate) fn cookie_names(request: &Request, sent: &HttpRequest, kept: KeptCookies) -> Vec<&'static str> {
    // "Credentials ... are never part of a CORS-preflight request."
    if sent.kind == HttpRequestKind::Preflight {
        return Vec::new();
    }
    COOKIES
        .iter()
        .filter(|(_, cookie)| goes_along(request, *cookie))
        .filter(|(_, cookie)| kept == KeptCookies::All || was_kept(request, *cookie))
        .map(|(name, _)| *name)
        .collect()
}

/// Which cookies a browser has before a line is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeptCookies {
    /// All four, of every host, for every page.
    All,
    /// Those of the first recordings, which are the lines without a seed.
    OfFirstRecordings,
}

/// The server of the pages had set its cookies only for pages of its own: other pages' partitions do
/// not have them. And over https, WebKit came to the servers on the machine itself from secure pages
/// only, once the others were done.
fn was_kept(request: &Request, cookie: CookieAttributes) -> bool {
    let host = request.current_url().host_str().unwrap_or_default();
    let page = request.origin().as_tuple();
    let page_host = page.map(|page| page.host().to_string());
    if host == PAGE_HOST {
        return page_host.as_deref() == Some(PAGE_HOST);
    }
    let is_this_machine = matches!(host, "localhost" | "127.0.0.1");
    let is_secure_page = page.is_some_and(|page| page.scheme() == "https");
    request.user_agent() != UserAgent::WebKit || !cookie.secure || !is_this_machine || is_secure_page
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
