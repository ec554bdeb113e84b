//! The `Referer` header and the policy that rules it, <https://w3c.github.io/webappsec-referrer-policy/>.
//!
//! A [`Client`](crate::Client) has an origin and no URL, so the referrer is never more than that
//! origin: what the page's URL would add stays out.

use alloc::string::String;
use alloc::vec::Vec;

use corsac::Origin;
use corsac::trustworthy::{is_origin_potentially_trustworthy, is_url_potentially_trustworthy};
use url::Url;

use crate::get_decode_and_split::get_decode_and_split;
use crate::header_list::HeaderList;
use crate::request::Request;
use crate::request_modes::ReferrerPolicy;

/// Determine a request's referrer,
/// <https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer>: the value of
/// `Referer`, `None` for "no referrer".
#[must_use]
pub fn request_referrer(origin: &Origin, current_url: &Url, policy: ReferrerPolicy) -> Option<String> {
    // "If document's origin is an opaque origin, return no referrer."
    let tuple = origin.as_tuple()?;
    let same_origin = origin.same_origin(&Origin::of_url(current_url));
    // "If referrerURL is a potentially trustworthy URL and request's current URL is not a
    // potentially trustworthy URL"
    let downgrade = is_origin_potentially_trustworthy(origin) && !is_url_potentially_trustworthy(current_url);
    let sent = match policy {
        ReferrerPolicy::NoReferrer => false,
        ReferrerPolicy::SameOrigin => same_origin,
        ReferrerPolicy::Origin | ReferrerPolicy::OriginWhenCrossOrigin | ReferrerPolicy::UnsafeUrl => true,
        ReferrerPolicy::StrictOrigin | ReferrerPolicy::NoReferrerWhenDowngrade => !downgrade,
        ReferrerPolicy::Empty | ReferrerPolicy::StrictOriginWhenCrossOrigin => same_origin || !downgrade,
    };
    sent.then(|| {
        let mut referrer = alloc::format!("{tuple}");
        referrer.push('/');
        referrer
    })
}

/// Set request's referrer policy on redirect,
/// <https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect>.
pub(crate) fn set_referrer_policy_on_redirect(request: &mut Request, headers: &HeaderList) {
    // "Let policy-tokens be the result of extracting header list values given `Referrer-Policy` and
    // response's header list." "For each token in policy-tokens, if token is a referrer policy and
    // token is not the empty string, then set policy to token."
    let tokens: Vec<Vec<u8>> = get_decode_and_split(headers, "referrer-policy").unwrap_or_default();
    let policy = tokens.iter().rev().find_map(|token| parse_referrer_policy(token));
    // "If policy is not the empty string, then set request's referrer policy to policy."
    if let Some(policy) = policy {
        request.referrer_policy = policy;
    }
}

fn parse_referrer_policy(token: &[u8]) -> Option<ReferrerPolicy> {
    POLICIES
        .iter()
        .find(|(name, _)| token.eq_ignore_ascii_case(name.as_bytes()))
        .map(|(_, policy)| *policy)
}

const POLICIES: [(&str, ReferrerPolicy); 8] = [
    ("no-referrer", ReferrerPolicy::NoReferrer),
    (
        "no-referrer-when-downgrade",
        ReferrerPolicy::NoReferrerWhenDowngrade,
    ),
    ("same-origin", ReferrerPolicy::SameOrigin),
    ("origin", ReferrerPolicy::Origin),
    ("strict-origin", ReferrerPolicy::StrictOrigin),
    ("origin-when-cross-origin", ReferrerPolicy::OriginWhenCrossOrigin),
    (
        "strict-origin-when-cross-origin",
        ReferrerPolicy::StrictOriginWhenCrossOrigin,
    ),
    ("unsafe-url", ReferrerPolicy::UnsafeUrl),
];
