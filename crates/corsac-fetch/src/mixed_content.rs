//! Mixed Content: secure pages do not load from insecure URLs.
//!
//! CORS never repairs such a block: it comes before any CORS step.

use corsac::Origin;
use corsac::trustworthy::{is_origin_potentially_trustworthy, is_url_potentially_trustworthy};
use url::{Host, Url};

use crate::profile::Profile;
use crate::request::Request;

/// Should fetching a request be blocked as mixed content,
/// <https://w3c.github.io/webappsec-mixed-content/#should-block-fetch>.
#[must_use]
pub fn is_blocked_as_mixed_content(client_origin: &Origin, url: &Url) -> bool {
    is_mixed_content_by(&Profile::STANDARD, client_origin, url)
}

/// Whether its user agent blocks a request as mixed content.
pub(crate) fn is_mixed_content(request: &Request) -> bool {
    let profile = request.user_agent.profile();
    !profile.loaded_mixed_content.contains(&request.initiator)
        && is_mixed_content_by(profile, request.origin(), request.current_url())
}

/// Whether this user agent takes a URL for mixed content.
fn is_mixed_content_by(profile: &Profile, client_origin: &Origin, url: &Url) -> bool {
    // "Does settings prohibit mixed security contexts?" returns "Does Not Restrict Mixed Security
    // Contexts": allowed. "request's URL is a potentially trustworthy URL": allowed.
    prohibits_mixed_security_contexts(profile, client_origin)
        && (!is_url_potentially_trustworthy(url)
            || (profile.loopback_is_mixed_content && matches!(url.scheme(), "http" | "ws")))
}

/// Upgrade a mixed content request to a potentially trustworthy URL, if appropriate,
/// <https://w3c.github.io/webappsec-mixed-content/#upgrade-algorithm>. For images, audio and video
/// only: the caller knows the destination. Whether the scheme of `url` was changed.
pub(crate) fn upgrade_mixed_content(profile: &Profile, client_origin: &Origin, url: &mut Url) -> bool {
    // "request's URL's host is an IP address": not upgraded.
    prohibits_mixed_security_contexts(profile, client_origin)
        && !is_url_potentially_trustworthy(url)
        && url.scheme() == "http"
        && matches!(url.host(), Some(Host::Domain(_)))
        && url.set_scheme("https").is_ok()
}

/// Does settings prohibit mixed security contexts,
/// <https://w3c.github.io/webappsec-mixed-content/#categorize-settings-object>.
// NOT IMPLEMENTED: ancestors of a nested page. A page that is itself not trustworthy counts as one
// without a trustworthy ancestor.
fn prohibits_mixed_security_contexts(profile: &Profile, client_origin: &Origin) -> bool {
    // "If settings's origin is a potentially trustworthy origin, then return "Prohibits Mixed Security
    // Contexts"."
    is_origin_potentially_trustworthy(client_origin)
        && !(profile.loopback_page_is_unrestricted
            && client_origin
                .as_tuple()
                .is_some_and(|tuple| tuple.scheme() == "http"))
}
