//! Should request be blocked by Content Security Policy,
//! <https://w3c.github.io/webappsec-csp/#should-block-request>: the fetch directives and source lists
//! of a page's policy. A page blocked by its own policy sees the same error as one that CORS blocks.
//!
//! Leaves out nonces and hashes (of inline content), `strict-dynamic`, reports, and paths.

use corsac::Origin;
use url::Url;

use crate::request_init::Initiator;

/// Whether a serialised policy list (as in the header) blocks a request for this URL.
#[must_use]
pub fn blocks(serialized_policies: &str, page: &Origin, initiator: Initiator, url: &Url) -> bool {
    serialized_policies.split(',').any(|policy| {
        let sources = DirectiveNames::of(initiator)
            .find_map(|name| directive_value(policy, name))
            .map(str::split_ascii_whitespace);
        // "If no directive applies, return "Does Not Violate"."
        sources.is_some_and(|mut sources| !sources.any(|source| source_matches(source, page, url)))
    })
}

/// The directives that can apply, the first that is there deciding,
/// <https://w3c.github.io/webappsec-csp/#directive-fallback-list>.
struct DirectiveNames;

impl DirectiveNames {
    fn of(initiator: Initiator) -> impl Iterator<Item = &'static str> {
        let names: &'static [&'static str] = match initiator {
            Initiator::Fetch
            | Initiator::Xhr
            | Initiator::Beacon
            | Initiator::EventSource
            | Initiator::Preload
            | Initiator::WebSocket => &["connect-src", "default-src"],
            Initiator::Image => &["img-src", "default-src"],
            Initiator::Script | Initiator::ModuleScript => &["script-src-elem", "script-src", "default-src"],
            Initiator::Style => &["style-src-elem", "style-src", "default-src"],
            Initiator::Font => &["font-src", "default-src"],
            Initiator::Media | Initiator::Audio | Initiator::Track => &["media-src", "default-src"],
            Initiator::Worker => &["worker-src", "child-src", "script-src", "default-src"],
            Initiator::Iframe => &["frame-src", "child-src", "default-src"],
            // It has no directive to fall back to.
            Initiator::Form => &["form-action"],
        };
        names.iter().copied()
    }
}

/// The value of a policy's first directive of this name.
pub(crate) fn directive_value<'a>(policy: &'a str, name: &str) -> Option<&'a str> {
    policy.split(';').map(str::trim).find_map(|directive| {
        let (directive_name, value) = directive
            .split_once(|character: char| character.is_ascii_whitespace())
            .unwrap_or((directive, ""));
        directive_name.eq_ignore_ascii_case(name).then_some(value)
    })
}

/// Does url match expression, <https://w3c.github.io/webappsec-csp/#match-url-to-source-expression>.
pub(crate) fn source_matches(source: &str, page: &Origin, url: &Url) -> bool {
    if source == "*" {
        // "If expression matches `*`: url's scheme is an HTTP(S) scheme", or the page's own.
        return matches!(url.scheme(), "http" | "https" | "ws" | "wss");
    }
    if source.eq_ignore_ascii_case("'self'") {
        return page.same_origin(&Origin::of_url(url)) || is_upgrade_of_page(page, url);
    }
    // Keywords, nonces and hashes match no URL.
    if source.starts_with('\'') {
        return false;
    }
    match source.split_once("://") {
        Some((scheme, host)) => scheme_matches(scheme, url) && host_matches(host, url),
        None => match source.strip_suffix(':') {
            Some(scheme) => scheme_matches(scheme, url),
            // Without a scheme, the page's.
            None => {
                let scheme = page.as_tuple().map_or("", |tuple| tuple.scheme());
                scheme_matches(scheme, url) && host_matches(source, url)
            }
        },
    }
}

/// "origin's host is the same as url's host", the ports are the schemes' default ports, and url's
/// scheme is the secure one.
fn is_upgrade_of_page(page: &Origin, url: &Url) -> bool {
    page.as_tuple().is_some_and(|tuple| {
        let target = Origin::of_url(url);
        tuple.scheme() == "http"
            && url.scheme() == "https"
            && tuple.port().is_none()
            && url.port().is_none()
            && target
                .as_tuple()
                .is_some_and(|target| target.host() == tuple.host())
    })
}

/// Scheme-part matching: the same scheme, or its secure form.
fn scheme_matches(scheme: &str, url: &Url) -> bool {
    url.scheme().eq_ignore_ascii_case(scheme)
        || (scheme.eq_ignore_ascii_case("http") && matches!(url.scheme(), "https"))
        || (scheme.eq_ignore_ascii_case("ws") && matches!(url.scheme(), "wss" | "http" | "https"))
}

/// Host-part and port-part matching.
fn host_matches(source: &str, url: &Url) -> bool {
    let authority = source.split('/').next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let url_host = url.host_str().unwrap_or_default();
    let host_fits = match host.strip_prefix("*.") {
        Some(domain) => url_host
            .len()
            .checked_sub(domain.len() + 1)
            .and_then(|start| url_host.get(start..))
            .and_then(|end| end.strip_prefix('.'))
            .is_some_and(|end| end.eq_ignore_ascii_case(domain)),
        None => host == "*" || host.eq_ignore_ascii_case(url_host),
    };
    let port_fits = match port {
        "*" => true,
        "" => url.port().is_none(),
        port => port.parse().ok() == url.port_or_known_default(),
    };
    host_fits && port_fits
}
