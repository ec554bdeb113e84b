//! What an answer says it is, and what its first bytes are, <https://mimesniff.spec.whatwg.org/>.

use alloc::string::String;
use core::str::FromStr;

use data_url::mime::Mime;

use crate::get_decode_and_split::get_decode_and_split;
use crate::header_list::HeaderList;

/// Determine nosniff, <https://fetch.spec.whatwg.org/#determine-nosniff>.
pub(crate) fn determine_nosniff(headers: &HeaderList) -> bool {
    get_decode_and_split(headers, "x-content-type-options")
        .and_then(|values| values.into_iter().next())
        .is_some_and(|value| value.eq_ignore_ascii_case(b"nosniff"))
}

/// Extract a MIME type: the last value of Content-Type that parses.
pub(crate) fn extract_mime_type(headers: &HeaderList) -> Option<Mime> {
    get_decode_and_split(headers, "content-type")?
        .iter()
        .rev()
        .find_map(|value| {
            let value: String = value.iter().copied().map(char::from).collect();
            Mime::from_str(&value).ok()
        })
}

pub(crate) fn has_essence(mime_type: Option<&Mime>, kind: &str, subtype: &str) -> bool {
    mime_type.is_some_and(|mime_type| mime_type.matches(kind, subtype))
}

/// A JavaScript MIME type, <https://mimesniff.spec.whatwg.org/#javascript-mime-type>.
pub(crate) fn is_javascript(mime_type: &Mime) -> bool {
    JAVASCRIPT_SUBTYPES
        .iter()
        .any(|(kind, subtype)| mime_type.matches(kind, subtype))
}

pub(crate) fn has_signature(body: &[u8], signatures: &[Signature]) -> bool {
    signatures
        .iter()
        .any(|(start, bytes)| body.get(*start..).is_some_and(|rest| rest.starts_with(bytes)))
}

pub(crate) fn contains(body: &[u8], part: &[u8]) -> bool {
    body.windows(part.len()).any(|window| window == part)
}

const JAVASCRIPT_SUBTYPES: [(&str, &str); 16] = [
    ("application", "ecmascript"),
    ("application", "javascript"),
    ("application", "x-ecmascript"),
    ("application", "x-javascript"),
    ("text", "ecmascript"),
    ("text", "javascript"),
    ("text", "javascript1.0"),
    ("text", "javascript1.1"),
    ("text", "javascript1.2"),
    ("text", "javascript1.3"),
    ("text", "javascript1.4"),
    ("text", "javascript1.5"),
    ("text", "jscript"),
    ("text", "livescript"),
    ("text", "x-ecmascript"),
    ("text", "x-javascript"),
];

/// A place in a file and the bytes that are there.
pub(crate) type Signature = (usize, &'static [u8]);

/// TrueType, OpenType, collections, WOFF, WOFF2.
pub(crate) const FONT_SIGNATURES: &[Signature] = &[
    (0, b"\0\x01\0\0"),
    (0, b"true"),
    (0, b"OTTO"),
    (0, b"ttcf"),
    (0, b"wOFF"),
    (0, b"wOF2"),
];

/// The image types of <https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern>, and AVIF.
pub(crate) const IMAGE_SIGNATURES: &[Signature] = &[
    (0, b"\x89PNG\r\n\x1A\n"),
    (0, b"GIF8"),
    (0, b"\xFF\xD8\xFF"),
    (0, b"BM"),
    (0, b"\0\0\x01\0"),
    (8, b"WEBPVP"),
    (4, b"ftypavif"),
];

/// The audio and video types of
/// <https://mimesniff.spec.whatwg.org/#matching-an-audio-or-video-type-pattern>.
pub(crate) const MEDIA_SIGNATURES: &[Signature] = &[
    (4, b"ftyp"),
    (0, b"\x1A\x45\xDF\xA3"),
    (0, b"OggS"),
    (0, b"ID3"),
    (8, b"WAVE"),
    (8, b"AVI "),
    (8, b"AIFF"),
];
