//! Fetch Metadata request headers, <https://w3c.github.io/webappsec-fetch-metadata/>.

use corsac::Origin;
use corsac::site::same_site;
use corsac::trustworthy::is_url_potentially_trustworthy;
use url::Url;

use crate::header_list::HeaderList;
use crate::profile::{Profile, WebSocketMetadata};
use crate::request_init::Initiator;
use crate::request_modes::Mode;

/// Append the Fetch metadata headers for a request,
/// <https://w3c.github.io/webappsec-fetch-metadata/#fetch-integration>.
pub(crate) fn append_fetch_metadata_headers(
    headers: &mut HeaderList,
    origin: &Origin,
    url_list: &[Url],
    mode: Mode,
    initiator: Initiator,
    profile: &Profile,
) {
    // "If r's url is not an potentially trustworthy URL, return."
    if !url_list.last().is_some_and(is_url_potentially_trustworthy) {
        return;
    }
    let is_web_socket = initiator == Initiator::WebSocket;
    let destination = match profile.web_socket_metadata {
        WebSocketMetadata::None if is_web_socket => return,
        WebSocketMetadata::OwnDestination if is_web_socket => "websocket",
        _ => destination(initiator),
    };
    headers.append("Sec-Fetch-Dest", destination);
    headers.append("Sec-Fetch-Mode", mode_token(mode));
    headers.append("Sec-Fetch-Site", site(origin, url_list));
}

/// Set `Sec-Fetch-Site`, <https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-set-site>.
fn site(origin: &Origin, url_list: &[Url]) -> &'static str {
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

/// The request's destination, "empty" for the empty string.
const fn destination(initiator: Initiator) -> &'static str {
    match initiator {
        Initiator::Fetch
        | Initiator::Xhr
        | Initiator::Beacon
        | Initiator::EventSource
        | Initiator::WebSocket => "empty",
        Initiator::Image => "image",
        Initiator::Script | Initiator::ModuleScript => "script",
        Initiator::Style => "style",
        Initiator::Font => "font",
        Initiator::Media => "video",
        Initiator::Audio => "audio",
        Initiator::Track => "track",
        Initiator::Manifest => "manifest",
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
