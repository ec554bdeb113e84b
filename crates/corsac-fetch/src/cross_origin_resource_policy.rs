//! `Cross-Origin-Resource-Policy`: a server's word on who may embed its answers without CORS.

use corsac::Origin;
use corsac::site::schemelessly_same_site;
use url::{Host, Url};

use crate::client::EmbedderPolicy;
use crate::header_list::HeaderList;

/// Why the cross-origin resource policy check returns blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CrossOriginResourcePolicyBlock {
    /// The policy that was not met.
    pub policy: CrossOriginResourcePolicy,
    /// Whether the page's embedder policy put it there, the answer having none.
    pub by_embedder_policy: bool,
}

/// The policies that can block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CrossOriginResourcePolicy {
    /// `same-origin`
    SameOrigin,
    /// `same-site`
    SameSite,
}

/// The cross-origin resource policy check,
/// <https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check>. It leaves out the reports,
/// hence the report only value.
///
/// # Errors
/// The policy that was not met.
pub fn cross_origin_resource_policy_check(
    origin: &Origin,
    response_url: &Url,
    headers: &HeaderList,
    embedder_policy: EmbedderPolicy,
    request_includes_credentials: bool,
    for_navigation: bool,
) -> Result<(), CrossOriginResourcePolicyBlock> {
    let internal_check = |embedder_policy| {
        internal_check(
            origin,
            response_url,
            headers,
            embedder_policy,
            request_includes_credentials,
            for_navigation,
        )
    };
    // "If the cross-origin resource policy internal check with origin, "unsafe-none", response, and
    // forNavigation returns blocked, then return blocked."
    internal_check(EmbedderPolicy::UnsafeNone)?;
    internal_check(embedder_policy)
}

/// The cross-origin resource policy internal check,
/// <https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check>.
fn internal_check(
    origin: &Origin,
    response_url: &Url,
    headers: &HeaderList,
    embedder_policy: EmbedderPolicy,
    request_includes_credentials: bool,
    for_navigation: bool,
) -> Result<(), CrossOriginResourcePolicyBlock> {
    // "If forNavigation is true and embedderPolicyValue is "unsafe-none", then return allowed."
    if for_navigation && embedder_policy == EmbedderPolicy::UnsafeNone {
        return Ok(());
    }
    let (policy, by_embedder_policy) = match headers.get("cross-origin-resource-policy").as_deref() {
        Some(b"same-origin") => (CrossOriginResourcePolicy::SameOrigin, false),
        Some(b"same-site") => (CrossOriginResourcePolicy::SameSite, false),
        Some(b"cross-origin") => return Ok(()),
        // "If policy is neither `same-origin`, `same-site`, nor `cross-origin`, then set policy to
        // null." "If policy is null, then switch on embedderPolicyValue"
        _ => match embedder_policy {
            EmbedderPolicy::UnsafeNone => return Ok(()),
            // "Set policy to `same-origin` if response's request-includes-credentials is true, or
            // forNavigation is true."
            EmbedderPolicy::Credentialless if !request_includes_credentials && !for_navigation => {
                return Ok(());
            }
            EmbedderPolicy::Credentialless | EmbedderPolicy::RequireCorp => {
                (CrossOriginResourcePolicy::SameOrigin, true)
            }
        },
    };
    let response_origin = Origin::of_url(response_url);
    let allowed = match policy {
        // "If origin is same origin with response's URL's origin, then return allowed."
        CrossOriginResourcePolicy::SameOrigin => origin.same_origin(&response_origin),
        // "origin is schemelessly same site with response's URL's origin", and "origin's scheme is
        // "https" or response's URL's scheme is not "https""
        CrossOriginResourcePolicy::SameSite => {
            schemelessly_same_site(origin, &response_origin)
                && (origin.as_tuple().is_some_and(|tuple| tuple.scheme() == "https")
                    || response_url.scheme() != "https")
        }
    };
    if allowed {
        Ok(())
    } else {
        Err(CrossOriginResourcePolicyBlock {
            policy,
            by_embedder_policy,
        })
    }
}

/// Whether `same-site` lets an answer through only because both hosts are the same IP address on two
/// ports: a user agent that takes an address for no site blocks that.
pub(crate) fn is_same_site_by_address(origin: &Origin, response_url: &Url, headers: &HeaderList) -> bool {
    headers.get("cross-origin-resource-policy").as_deref() == Some(b"same-site")
        && matches!(response_url.host(), Some(Host::Ipv4(_) | Host::Ipv6(_)))
        && !origin.same_origin(&Origin::of_url(response_url))
}
