//! Whether an answer lets itself be shown in a frame: `X-Frame-Options`, `frame-ancestors`, and the
//! embedder policy of the page around it. CORS has no say in that.

use alloc::string::String;
use alloc::vec::Vec;

use corsac::Origin;
use url::Url;

use crate::client::{Client, EmbedderPolicy};
use crate::content_security_policy::{directive_value, source_matches};
use crate::cross_origin_resource_policy::cross_origin_resource_policy_check;
use crate::get_decode_and_split::get_decode_and_split;
use crate::header_list::HeaderList;

/// Why a frame stays empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FrameRefusal {
    /// `X-Frame-Options`, <https://html.spec.whatwg.org/#the-x-frame-options-header>.
    FrameOptions,
    /// The answer's `Content-Security-Policy: frame-ancestors`,
    /// <https://w3c.github.io/webappsec-csp/#directive-frame-ancestors>.
    FrameAncestors,
    /// The page has an embedder policy, and the answer has none or may not be embedded,
    /// <https://html.spec.whatwg.org/#check-a-navigation-response's-adherence-to-its-embedder-policy>.
    EmbedderPolicy,
}

/// Whether the frame of a page shows this answer.
///
/// The ancestors are the page and the top-level site it is in.
///
/// # Errors
/// Why not.
pub fn frame_check(client: &Client, response_url: &Url, headers: &HeaderList) -> Result<(), FrameRefusal> {
    let mut has_frame_ancestors = false;
    for policy in get_decode_and_split(headers, "content-security-policy").unwrap_or_default() {
        let policy = String::from_utf8_lossy(&policy);
        let Some(sources) = directive_value(&policy, "frame-ancestors") else {
            continue;
        };
        has_frame_ancestors = true;
        if !ancestors(client).all(|ancestor| is_allowed_ancestor(sources, &ancestor, response_url)) {
            return Err(FrameRefusal::FrameAncestors);
        }
    }
    // "If cspList contains a policy with disposition "enforce" and a frame-ancestors directive, return
    // true."
    if !has_frame_ancestors && !options_allow(client, response_url, headers) {
        return Err(FrameRefusal::FrameOptions);
    }
    embedder_policy_allows(client, response_url, headers)
}

/// Check a navigation response's adherence to `X-Frame-Options`.
fn options_allow(client: &Client, response_url: &Url, headers: &HeaderList) -> bool {
    let mut values: Vec<Vec<u8>> = get_decode_and_split(headers, "x-frame-options")
        .unwrap_or_default()
        .iter()
        .map(|value| value.to_ascii_lowercase())
        .collect();
    values.sort_unstable();
    values.dedup();
    match values.as_slice() {
        [] => true,
        // "If the first item in xFrameOptions is "deny", return false."
        [value] if value == b"deny" => false,
        // "If the first item in xFrameOptions is "sameorigin", then for each ancestor: if it is not same
        // origin with destinationOrigin, return false."
        [value] if value == b"sameorigin" => {
            let destination = Origin::of_url(response_url);
            ancestors(client).all(|ancestor| ancestor.same_origin(&destination))
        }
        [_] => true,
        // "If xFrameOptions's size is greater than 1, and xFrameOptions contains any of "deny",
        // "allowall", or "sameorigin", return false."
        several => !several
            .iter()
            .any(|value| matches!(value.as_slice(), b"deny" | b"allowall" | b"sameorigin")),
    }
}

fn is_allowed_ancestor(sources: &str, ancestor: &Origin, response_url: &Url) -> bool {
    let destination = Origin::of_url(response_url);
    // A page with an opaque origin has no URL that a source could match.
    let Some(url) = ancestor
        .as_tuple()
        .and_then(|_| Url::parse(&alloc::format!("{ancestor}")).ok())
    else {
        return false;
    };
    sources
        .split_ascii_whitespace()
        .any(|source| source_matches(source, &destination, &url))
}

fn embedder_policy_allows(
    client: &Client,
    response_url: &Url,
    headers: &HeaderList,
) -> Result<(), FrameRefusal> {
    if client.embedder_policy == EmbedderPolicy::UnsafeNone {
        return Ok(());
    }
    // "If responsePolicy's value is compatible with cross-origin isolation"
    let own = headers.get("cross-origin-embedder-policy");
    let own = own
        .as_deref()
        .and_then(|value| value.split(|&byte| byte == b';').next());
    let is_compatible = matches!(
        own.map(<[u8]>::trim_ascii),
        Some(b"require-corp" | b"credentialless")
    );
    let check = cross_origin_resource_policy_check(
        &client.origin,
        response_url,
        headers,
        client.embedder_policy,
        true,
        true,
    );
    (is_compatible && check.is_ok())
        .then_some(())
        .ok_or(FrameRefusal::EmbedderPolicy)
}

fn ancestors(client: &Client) -> impl Iterator<Item = Origin> {
    let top_level = Origin::from_serialization(&client.network_partition_key);
    core::iter::once(client.origin.clone()).chain(top_level)
}
