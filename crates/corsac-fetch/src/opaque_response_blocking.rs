//! Opaque Response Blocking: answers without CORS that no element could use do not reach the page's
//! process.
//!
//! The Fetch standard does not have it yet (<https://github.com/whatwg/fetch/pull/1755>); the model is
//! <https://github.com/annevk/orb>, and each user agent's own sniffing decides.

use data_url::mime::Mime;

use crate::header_list::HeaderList;
use crate::http_message::HttpResponse;
use crate::mime_sniffing::{
    IMAGE_SIGNATURES, MEDIA_SIGNATURES, determine_nosniff, extract_mime_type, has_essence, has_signature,
    is_javascript,
};
use crate::outcome::Step;
use crate::profile::OpaqueResponses;
use crate::profile_entry::OPAQUE_RESPONSE_BLOCKING;
use crate::request::Request;
use crate::request_init::Initiator;
use crate::request_modes::ResponseTainting;

/// What becomes of an answer.
#[derive(Clone, Debug)]
pub(crate) enum OpaqueResponse {
    /// It reaches the page.
    Allowed,
    /// It is a network error.
    Blocked,
    /// It reaches a script, which cannot read it, without its body.
    Emptied(Step),
}

/// What becomes of the answer to a request, once it is no redirect.
pub(crate) fn opaque_response(request: &Request, response: &HttpResponse) -> OpaqueResponse {
    let rule = request.user_agent.profile().opaque_responses;
    if request.response_tainting != ResponseTainting::Opaque || !is_blocked(rule, response) {
        return OpaqueResponse::Allowed;
    }
    match request.initiator {
        Initiator::Fetch | Initiator::Beacon => {
            OpaqueResponse::Emptied(Step::Profile(OPAQUE_RESPONSE_BLOCKING))
        }
        _ => OpaqueResponse::Blocked,
    }
}

/// Whether Opaque Response Blocking refuses an answer. Where the body is not known, only its type counts.
#[must_use]
pub fn is_blocked(rule: OpaqueResponses, response: &HttpResponse) -> bool {
    // An answer without a type is let through.
    let Some(mime_type) = extract_mime_type(&response.headers) else {
        // "If response's status is 206 and validate a partial response given 0 and response returns
        // invalid, then return false." Chromium does not ask for that.
        return rule == OpaqueResponses::ByType
            && response.status == 206
            && !starts_a_resource(&response.headers);
    };
    let body = response.body_start.as_deref().unwrap_or_default();
    match rule {
        OpaqueResponses::Allowed => return false,
        // "An opaque-safelisted MIME type is a JavaScript MIME type or a MIME type whose essence is
        // "text/css" or "image/svg+xml"."
        OpaqueResponses::ByType if is_javascript(&mime_type) => return false,
        OpaqueResponses::ByType | OpaqueResponses::BySniffing => {}
    }
    if is_one_of(&mime_type, &[("text", "css"), ("image", "svg+xml")]) {
        return false;
    }
    // "An opaque-blocklisted-never-sniffed MIME type"
    if is_one_of(&mime_type, NEVER_SNIFFED) {
        return true;
    }
    let is_blocklisted = is_data(&mime_type)
        || (rule == OpaqueResponses::BySniffing && has_essence(Some(&mime_type), "text", "plain"));
    // "If response's status is 206 and mimeType is an opaque-blocklisted MIME type", or "If nosniff is
    // true and mimeType is an opaque-blocklisted MIME type or its essence is "text/plain"".
    if is_blocklisted && (response.status == 206 || determine_nosniff(&response.headers)) {
        return true;
    }
    if has_signature(body, IMAGE_SIGNATURES) || has_signature(body, MEDIA_SIGNATURES) {
        return false;
    }
    looks_like_markup_or_json(body)
}

/// Whether a part of a resource is its beginning.
fn starts_a_resource(headers: &HeaderList) -> bool {
    headers
        .get("content-range")
        .is_some_and(|value| value.starts_with(b"bytes 0-"))
}

/// "An opaque-blocklisted MIME type is an HTML MIME type, JSON MIME type, or XML MIME type."
fn is_data(mime_type: &Mime) -> bool {
    let subtype = mime_type.subtype.as_str();
    is_one_of(
        mime_type,
        &[
            ("text", "html"),
            ("application", "json"),
            ("text", "json"),
            ("application", "xml"),
            ("text", "xml"),
        ],
    ) || subtype.ends_with("+json")
        || subtype.ends_with("+xml")
}

/// Whether a body begins as HTML, XML or a JSON object does.
// NOT IMPLEMENTED: "responseBody parses as JavaScript and does not parse as JSON". Firefox does parse it.
// Here every body that does not begin like the three is taken for a script.
fn looks_like_markup_or_json(body: &[u8]) -> bool {
    let body = body
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(body)
        .trim_ascii_start();
    // A script may begin with the HTML comment that hid it from browsers of old.
    if body.starts_with(b"<") {
        return !body.starts_with(b"<!--");
    }
    // `{ "name" :` begins an object and no script.
    let name = body
        .strip_prefix(b"{")
        .and_then(|rest| rest.trim_ascii_start().strip_prefix(b"\""));
    name.and_then(|name| {
        let end = name.iter().position(|&byte| byte == b'"')?;
        name.get(end + 1..)
    })
    .is_some_and(|rest| rest.trim_ascii_start().starts_with(b":"))
}

fn is_one_of(mime_type: &Mime, types: &[(&str, &str)]) -> bool {
    types
        .iter()
        .any(|(kind, subtype)| mime_type.matches(kind, subtype))
}

/// <https://github.com/annevk/orb>: "an opaque-blocklisted-never-sniffed MIME type".
const NEVER_SNIFFED: &[(&str, &str)] = &[
    ("application", "gzip"),
    ("application", "msword"),
    ("application", "pdf"),
    ("application", "x-protobuf"),
    ("application", "x-gzip"),
    ("application", "zip"),
    ("application", "vnd.apple.mpegurl"),
    ("application", "vnd.ms-excel"),
    ("application", "vnd.ms-powerpoint"),
    ("application", "vnd.ms-word"),
    (
        "application",
        "vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    (
        "application",
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        "application",
        "vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("multipart", "byteranges"),
    ("multipart", "signed"),
    ("text", "csv"),
    ("text", "event-stream"),
    ("text", "vtt"),
];
