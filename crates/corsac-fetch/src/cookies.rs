//! Which cookies go along with a request: credentials, SameSite and Secure,
//! <https://www.rfc-editor.org/rfc/rfc6265bis#section-5.8.3>.
//!
//! A cookie jar is not modelled. Whoever keeps one asks about each cookie of the host; partitions,
//! paths and expiry are its business.

use corsac::Origin;
use corsac::site::{same_site, schemelessly_same_site};
use corsac::trustworthy::is_url_potentially_trustworthy;
use url::Url;

use crate::http_network_or_cache_fetch::includes_credentials;
use crate::request::Request;
use crate::request_init::Initiator;

/// What decides whether a cookie goes along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CookieAttributes {
    /// Its SameSite attribute.
    pub same_site: SameSite,
    /// Whether it has the Secure attribute.
    pub secure: bool,
    /// Whether it has the Partitioned attribute.
    pub partitioned: bool,
}

/// SameSite values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SameSite {
    /// No attribute, or an unknown value.
    Unset,
    /// `Lax`
    Lax,
    /// `Strict`
    Strict,
    /// `None`
    None,
}

/// What makes a request same-site for cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookieSite {
    /// The scheme counts.
    pub schemeful: bool,
    /// Which URLs of the redirect chain count.
    pub urls: CookieSiteUrls,
    /// The top-level page counts, not the frame that asks.
    pub top_level: bool,
}

/// Which URLs of a redirect chain make a request same-site for cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieSiteUrls {
    /// Every one has to be of the site.
    Every,
    /// The current one alone.
    Current,
    /// Every one, or the current one has the very host of the page.
    EveryOrPageHost,
}

/// Where Secure cookies go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecureCookies {
    /// To potentially trustworthy URLs: https, and http to the machine itself.
    Trustworthy,
    /// To https.
    Https,
}

/// Whether a cookie of the current URL's host goes along with this request.
#[must_use]
pub fn goes_along(request: &Request, cookie: CookieAttributes) -> bool {
    if !includes_credentials(request) || !is_secure_enough(request, cookie) {
        return false;
    }
    if is_same_site(request) {
        return true;
    }
    // "The cookie's same-site-flag is "None"", or it is "Lax" and the request is "a navigation of a
    // top-level traversable" with a safe method.
    // NOT IMPLEMENTED: for two minutes Chromium sends a cookie without SameSite with a form's POST, too.
    let is_safe = matches!(request.method.as_slice(), b"GET" | b"HEAD");
    match same_site_of(request, cookie) {
        SameSite::None => is_top_level_navigation(request) || !is_blocked_as_third_party(request, cookie),
        SameSite::Lax => is_top_level_navigation(request) && is_safe,
        SameSite::Unset | SameSite::Strict => false,
    }
}

/// Whether a cookie that the answer to this request sets is kept,
/// <https://www.rfc-editor.org/rfc/rfc6265bis#section-5.7>.
///
/// Only requests with credentials set cookies: "If includeCredentials is true and the user agent is not
/// configured to block cookies for request, then parse and store response `Set-Cookie` headers."
#[must_use]
pub fn is_kept(request: &Request, cookie: CookieAttributes) -> bool {
    if !includes_credentials(request) || !is_secure_enough(request, cookie) {
        return false;
    }
    // "If the cookie was received from a request that ... is "same-site", continue", or from one "to
    // navigate a top-level traversable"; a cookie of any other request must have SameSite=None.
    is_same_site(request)
        || is_top_level_navigation(request)
        || (same_site_of(request, cookie) == SameSite::None && !is_blocked_as_third_party(request, cookie))
}

/// Whether the user agent has no such cookies of other sites.
fn is_blocked_as_third_party(request: &Request, cookie: CookieAttributes) -> bool {
    let is_partitioned = cookie.partitioned && cookie.secure;
    request.user_agent.profile().third_party_cookies_are_blocked && !is_partitioned
}

/// What its user agent takes a cookie's SameSite attribute for.
fn same_site_of(request: &Request, cookie: CookieAttributes) -> SameSite {
    match cookie.same_site {
        SameSite::Unset => request.user_agent.profile().unset_same_site,
        same_site => same_site,
    }
}

/// Whether the request loads a page into the whole tab.
fn is_top_level_navigation(request: &Request) -> bool {
    request.initiator == Initiator::Form
}

fn is_secure_enough(request: &Request, cookie: CookieAttributes) -> bool {
    let url = request.current_url();
    match request.user_agent.profile().secure_cookies {
        _ if !cookie.secure => true,
        SecureCookies::Trustworthy => is_url_potentially_trustworthy(url),
        SecureCookies::Https => url.scheme() == "https",
    }
}

fn is_same_site(request: &Request) -> bool {
    let rules = request.user_agent.profile().cookie_site;
    let top_level;
    let site = if rules.top_level {
        let key = &request.client.network_partition_key;
        top_level = Origin::from_serialization(key).unwrap_or(Origin::UNIQUE);
        &top_level
    } else {
        request.origin()
    };
    let is_same = |url: &Url| match rules.schemeful {
        true => same_site(site, &Origin::of_url(url)),
        false => schemelessly_same_site(site, &Origin::of_url(url)),
    };
    let is_page_host = |url: &Url| {
        let page = site.as_tuple();
        page.is_some_and(|page| {
            Origin::of_url(url)
                .as_tuple()
                .is_some_and(|url| url.host() == page.host())
        })
    };
    let every_is_same = || request.url_list().iter().all(is_same);
    match rules.urls {
        CookieSiteUrls::Every => every_is_same(),
        CookieSiteUrls::Current => is_same(request.current_url()),
        CookieSiteUrls::EveryOrPageHost => every_is_same() || is_page_host(request.current_url()),
    }
}
