//! Which of several refused request headers WebKit names, and how it spells it.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use corsac_fetch::BlockReason;

use crate::context::{Context, text};

/// Of the headers that are not allowed, the one that WebKit names.
///
/// It keeps the headers that it knows apart from others, each in the order in which the script set
/// them, and looks at the known ones first. Those it spells in its own way, others as the script did.
pub(super) fn named_header(reason: &BlockReason, context: &Context) -> String {
    let refused: Vec<&[u8]> = core::iter::once(reason)
        .chain(&context.also)
        .filter_map(refused_name)
        .collect();
    let is_refused = |name: &&String| {
        refused
            .iter()
            .any(|refused| refused.eq_ignore_ascii_case(name.as_bytes()))
    };
    let set_by_script = || context.header_names.iter().filter(is_refused);
    set_by_script()
        .find_map(|name| known(name))
        // What the script did not set by name: the Content-Type of its body.
        .or_else(|| refused.iter().find_map(|name| known(&text(name))))
        .or_else(|| set_by_script().next().cloned())
        .or_else(|| refused.first().map(|name| text(name)))
        .unwrap_or_default()
}

fn refused_name(reason: &BlockReason) -> Option<&[u8]> {
    match reason {
        BlockReason::PreflightHeader(name) | BlockReason::PreflightNonWildcardHeader(name) => Some(name),
        _ => None,
    }
}

fn known(name: &str) -> Option<String> {
    KNOWN
        .iter()
        .find(|known| known.eq_ignore_ascii_case(name))
        .map(|known| (*known).to_string())
}

/// Request headers that WebKit knows and scripts can set.
const KNOWN: [&str; 29] = [
    "Accept",
    "Accept-Language",
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Headers",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
    "Access-Control-Max-Age",
    "Authorization",
    "Cache-Control",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Language",
    "Content-Location",
    "Content-Range",
    "Content-Type",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Last-Event-ID",
    "Last-Modified",
    "Link",
    "Location",
    "Pragma",
    "Range",
    "Upgrade-Insecure-Requests",
    "User-Agent",
];
