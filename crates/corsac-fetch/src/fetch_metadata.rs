//! Fetch Metadata request headers, <https://w3c.github.io/webappsec-fetch-metadata/>.

use core::slice;

use corsac::Origin;
use corsac::site::{registrable_domain, same_site, schemelessly_same_site};
use corsac::trustworthy::is_url_potentially_trustworthy;
use url::Url;

use crate::header_list::HeaderList;
use crate::profile::{PreflightSite, Profile, WebSocketMetadata};
use crate::redirect_taint::{RedirectTaint, redirect_taint};
use crate::request::Request;
use crate::request_init::Initiator;
use crate::request_modes::Mode;

/// Append the Fetch metadata headers for a request,
/// <https://w3c.github.io/webappsec-fetch-metadata/#fetch-integration>.
pub(crate) fn append_fetch_metadata_headers(headers: &mut HeaderList, request: &Request) {
    let profile = request.user_agent.profile();
    // "If r's url is not an potentially trustworthy URL, return."
    if !is_trustworthy(profile, request.current_url()) || is_lost(profile, request) {
        return;
    }
    let is_web_socket = request.initiator == Initiator::WebSocket;
    let destination = match profile.web_socket_metadata {
        WebSocketMetadata::None if is_web_socket => return,
        WebSocketMetadata::OwnDestination if is_web_socket => "websocket",
        _ => destination(request.initiator),
    };
    let site = site(profile, request.origin(), request.url_list());
    headers.append("Sec-Fetch-Dest", destination);
    headers.append("Sec-Fetch-Mode", mode_token(request.mode));
    headers.append("Sec-Fetch-Site", site);
}

/// The same for the preflight of a request: a request of its own with mode "cors".
pub(crate) fn append_preflight_metadata_headers(headers: &mut HeaderList, request: &Request) {
    let profile = request.user_agent.profile();
    let mode = mode_token(Mode::Cors);
    if !is_trustworthy(profile, request.current_url()) {
        if profile.preflight_always_has_mode {
            headers.append("Sec-Fetch-Mode", mode);
        }
        return;
    }
    // "URL list is a clone of request's URL list"
    let url_list = request.url_list();
    let site = |url_list| site(profile, request.origin(), url_list);
    if let [first_url, .., _] = url_list
        && profile.redirects_lose_metadata
        && !is_trustworthy(profile, first_url)
    {
        return;
    }
    let site = match profile.preflight_site {
        PreflightSite::Chain => site(url_list),
        PreflightSite::CurrentUrl => site(slice::from_ref(request.current_url())),
        PreflightSite::OfOrigin => match redirect_taint(request.origin(), url_list) {
            RedirectTaint::SameOrigin => site(url_list),
            RedirectTaint::SameSite | RedirectTaint::CrossSite => "cross-site",
        },
    };
    headers.append("Sec-Fetch-Dest", destination(request.initiator));
    headers.append("Sec-Fetch-Mode", mode);
    headers.append("Sec-Fetch-Site", site);
}

/// Set `Sec-Fetch-Site`, <https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-set-site>.
fn site(profile: &Profile, origin: &Origin, url_list: &[Url]) -> &'static str {
    if profile.bare_hosts_have_no_site && is_bare(origin) {
        return site_of_bare_host(origin, url_list);
    }
    let mut value = "same-origin";
    for url in url_list {
        let url_origin = Origin::of_url(url);
        // "If url is same origin with r's origin, continue."
        if url_origin.same_origin(origin) {
            continue;
        }
        // "If r's origin is not same site with url's origin, then break", the value being
        // `cross-site`.
        if !same_site(&url_origin, origin) {
            return "cross-site";
        }
        value = "same-site";
    }
    value
}

/// `Sec-Fetch-Site` for a page whose host has no registrable domain.
fn site_of_bare_host(origin: &Origin, url_list: &[Url]) -> &'static str {
    let is_same_origin = |url: &Url| Origin::of_url(url).same_origin(origin);
    match url_list {
        [url] if !is_same_origin(url) && schemelessly_same_site(&Origin::of_url(url), origin) => "same-site",
        urls if urls.iter().all(is_same_origin) => "same-origin",
        _ => "cross-site",
    }
}

fn is_bare(origin: &Origin) -> bool {
    origin
        .as_tuple()
        .is_some_and(|tuple| registrable_domain(tuple.host()).is_none())
}

fn is_trustworthy(profile: &Profile, url: &Url) -> bool {
    let is_dotted = url.scheme() == "http" && url.host_str().is_some_and(|host| host.ends_with('.'));
    is_url_potentially_trustworthy(url) && !(profile.dotted_localhost_is_untrustworthy && is_dotted)
}

/// Whether the redirect before took the headers away.
fn is_lost(profile: &Profile, request: &Request) -> bool {
    let leaves_origin = match request.url_list() {
        [.., last_url, url] => !Origin::of_url(last_url).same_origin(&Origin::of_url(url)),
        _ => false,
    };
    profile.redirects_lose_metadata && request.mode == Mode::Cors && leaves_origin
}

/// The request's destination, "empty" for the empty string.
const fn destination(initiator: Initiator) -> &'static str {
    match initiator {
        Initiator::Fetch
        | Initiator::Xhr
        | Initiator::Beacon
        | Initiator::EventSource
        | Initiator::Preload
        | Initiator::WebSocket => "empty",
        Initiator::Image => "image",
        Initiator::Script | Initiator::ModuleScript => "script",
        Initiator::Style => "style",
        Initiator::Font => "font",
        Initiator::Media => "video",
        Initiator::Audio => "audio",
        Initiator::Track => "track",
        Initiator::Worker => "worker",
        Initiator::Iframe => "iframe",
        Initiator::Form => "document",
    }
}

const fn mode_token(mode: Mode) -> &'static str {
    match mode {
        Mode::SameOrigin => "same-origin",
        Mode::Cors => "cors",
        Mode::NoCors => "no-cors",
        Mode::Navigate => "navigate",
        Mode::WebSocket => "websocket",
        Mode::WebTransport => "webtransport",
    }
}
