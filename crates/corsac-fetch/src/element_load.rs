//! What an element or API makes of a response that fetching let through: a script that is no script
//! ends in the same error event as a refused one. Kept apart from fetching, because no header of the
//! CORS protocol has a say in it.
//!
//! Covers type, status, integrity, and by their first bytes whether fonts, images and media decode.

use data_url::mime::Mime;

use crate::block_reason::BlockReason;
use crate::header_list::HeaderList;
use crate::mime_sniffing::{
    FONT_SIGNATURES, IMAGE_SIGNATURES, MEDIA_SIGNATURES, contains, determine_nosniff, extract_mime_type,
    has_essence, has_signature, is_javascript,
};
use crate::outcome::{OutcomeKind, ResponseType};
use crate::profile::Profile;
use crate::request_init::Initiator;

/// Why an element or API cannot use a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LoadFailure {
    /// <https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?>
    Nosniff,
    /// <https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?>, and
    /// the types that module scripts and event streams must have.
    MimeType,
    /// A status with which nothing is loaded; most take 200 to 299.
    Status,
    /// Integrity metadata that no such response can match.
    Integrity,
    /// Bytes that are no font, image, audio or video.
    Undecodable,
}

/// A response as its element receives it.
#[derive(Clone, Copy, Debug)]
pub struct ElementResponse<'a> {
    /// Its type.
    pub response_type: ResponseType,
    /// The status that the server sent.
    pub status: u16,
    /// The headers that the server sent.
    pub headers: &'a HeaderList,
    /// The body, when it is known.
    pub body: Option<&'a [u8]>,
    /// The element's integrity metadata.
    pub integrity: Option<&'a str>,
}

/// Why the element or API that asked cannot use this response.
#[must_use]
pub fn load_failure(initiator: Initiator, response: &ElementResponse<'_>) -> Option<LoadFailure> {
    let mime_type = extract_mime_type(response.headers);
    let is_javascript = mime_type.as_ref().is_some_and(is_javascript);
    let is_script_like = matches!(
        initiator,
        Initiator::Script | Initiator::ModuleScript | Initiator::Worker
    );
    // "If request's destination is script-like and mimeType is failure or is not a JavaScript MIME
    // type, then return blocked." "If destination is "style" and mimeType is failure or its essence
    // is not "text/css", then return blocked."
    let is_wrong_if_nosniff = (is_script_like && !is_javascript)
        || (initiator == Initiator::Style && !has_essence(mime_type.as_ref(), "text", "css"));
    if is_wrong_if_nosniff && determine_nosniff(response.headers) {
        return Some(LoadFailure::Nosniff);
    }
    let is_wrong = match initiator {
        // "If mimeType's essence starts with "audio/", "image/", or "video/", then return blocked.
        // If mimeType's essence is "text/csv", then return blocked."
        Initiator::Script => mime_type.as_ref().is_some_and(is_never_script),
        Initiator::ModuleScript | Initiator::Worker => !is_javascript,
        Initiator::EventSource => !has_essence(mime_type.as_ref(), "text", "event-stream"),
        // Pages in no-quirks mode take no other type; none at all is taken for `text/css`.
        Initiator::Style => mime_type.is_some() && !has_essence(mime_type.as_ref(), "text", "css"),
        _ => false,
    };
    if is_wrong {
        return Some(LoadFailure::MimeType);
    }
    let is_good_status = match initiator {
        // "If res's status is not 200, [...] then fail the connection."
        Initiator::EventSource => response.status == 200,
        // "If response's status is not 101, fail the WebSocket connection."
        Initiator::WebSocket => response.status == 101,
        _ if is_script_like || initiator == Initiator::Style => matches!(response.status, 200..=299),
        _ => true,
    };
    if !is_good_status {
        return Some(LoadFailure::Status);
    }
    if response
        .integrity
        .is_some_and(|metadata| cannot_match(metadata, response.response_type))
    {
        return Some(LoadFailure::Integrity);
    }
    let is_undecodable = response.body.is_some_and(|body| match initiator {
        Initiator::Font => !has_signature(body, FONT_SIGNATURES),
        Initiator::Track => !body
            .strip_prefix(b"\xEF\xBB\xBF")
            .unwrap_or(body)
            .starts_with(b"WEBVTT"),
        Initiator::Media | Initiator::Audio => !has_signature(body, MEDIA_SIGNATURES),
        Initiator::Image if has_essence(mime_type.as_ref(), "image", "svg+xml") => !contains(body, b"<svg"),
        Initiator::Image => !has_signature(body, IMAGE_SIGNATURES),
        _ => false,
    });
    is_undecodable.then_some(LoadFailure::Undecodable)
}

/// Whether the page is told of a failure at all.
#[must_use]
pub fn reports_failure(profile: &Profile, initiator: Initiator, outcome: &OutcomeKind) -> bool {
    match initiator {
        // `sendBeacon()` returns before anything is answered.
        Initiator::Beacon => {
            let is_mixed_content = matches!(
                outcome,
                OutcomeKind::Blocked {
                    reason: BlockReason::MixedContent,
                    ..
                }
            );
            is_mixed_content && profile.mixed_beacon_returns_false
        }
        // A frame fires its load event whatever it shows.
        Initiator::Iframe | Initiator::Form => false,
        Initiator::Preload if profile.preload_failure_is_silent => false,
        _ => matches!(outcome, OutcomeKind::Blocked { .. }),
    }
}

/// "If response's type is "opaque"", integrity cannot be checked. Otherwise a digest of the wrong
/// length is no digest.
// NOT IMPLEMENTED: digests are not computed. A well-formed one is taken to match.
fn cannot_match(metadata: &str, response_type: ResponseType) -> bool {
    let mut known = metadata.split_ascii_whitespace().filter_map(|item| {
        let (algorithm, digest) = item.split_once('-')?;
        let length = match algorithm {
            "sha256" => 32,
            "sha384" => 48,
            "sha512" => 64,
            _ => return None,
        };
        let digest = digest.split('?').next().unwrap_or_default().trim_end_matches('=');
        Some(digest.len() == (length * 4_usize).div_ceil(3))
    });
    match known.next() {
        // Metadata without a known algorithm asks for nothing.
        None => false,
        Some(first) => {
            response_type == ResponseType::Opaque || !(first || known.any(|well_formed| well_formed))
        }
    }
}

fn is_never_script(mime_type: &Mime) -> bool {
    matches!(mime_type.type_.as_str(), "audio" | "image" | "video") || mime_type.matches("text", "csv")
}
