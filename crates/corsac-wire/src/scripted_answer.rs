//! What a scripted server writes to the wire for an answer of a scenario. The simulated server and a
//! real one that plays scenarios for browsers both ask here, so they cannot differ.

use crate::outcome::isomorphic_decode;
use crate::scenario::Answer;

/// What the request carried that placeholders stand for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Carried<'a> {
    /// Origin: `{origin}`.
    pub origin: Option<&'a [u8]>,
    /// Access-Control-Request-Method: `{acrm}`.
    pub method: Option<&'a [u8]>,
    /// Access-Control-Request-Headers: `{acrh}`.
    pub header_names: Option<&'a [u8]>,
}

/// The header lines, in order, as raw names and values: line folding and white space are kept.
///
/// Where an answer can have a body and names no length, Content-Length is added.
///
/// ```
/// use corsac_wire::scenario::Answer;
/// use corsac_wire::scripted_answer::{Carried, header_lines};
///
/// let line = ("Access-Control-Allow-Origin".to_owned(), "{origin}".to_owned());
/// let answer = Answer::new(204, [line]);
/// let carried = Carried { origin: Some(b"https://app.example"), ..Carried::default() };
/// let lines = header_lines(&answer, &carried);
/// assert_eq!(lines, [(b"Access-Control-Allow-Origin".to_vec(), b"https://app.example".to_vec())]);
/// ```
#[must_use]
pub fn header_lines(answer: &Answer, carried: &Carried<'_>) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut lines: Vec<(Vec<u8>, Vec<u8>)> = answer
        .headers
        .iter()
        .map(|(name, value)| {
            (
                isomorphic_encode(name),
                isomorphic_encode(&fill_in(value, carried)),
            )
        })
        .collect();
    let has = |name: &str| {
        lines
            .iter()
            .any(|(line, _)| line.eq_ignore_ascii_case(name.as_bytes()))
    };
    // A server may write no Content-Length for 1xx and 204, and recording servers write none for
    // 304, <https://www.rfc-editor.org/rfc/rfc9110#section-8.6>.
    if has_body(answer.status) && !has("content-length") && !has("transfer-encoding") {
        let length = body(answer).len().to_string();
        lines.push((b"Content-Length".to_vec(), length.into_bytes()));
    }
    lines
}

/// The bytes of the body; none where the scenario gives none, or the status allows none.
#[must_use]
pub fn body(answer: &Answer) -> Vec<u8> {
    let body = answer.body.as_deref().filter(|_| has_body(answer.status));
    body.map(isomorphic_encode).unwrap_or_default()
}

/// "All 1xx (Informational), 204 (No Content), and 304 (Not Modified) responses do not include
/// content.", <https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1>
const fn has_body(status: u16) -> bool {
    status >= 200 && !matches!(status, 204 | 304)
}

/// Put what the request carried in place of `{origin}`, `{acrm}` and `{acrh}`.
fn fill_in(value: &str, carried: &Carried<'_>) -> String {
    if !value.contains('{') {
        return value.to_owned();
    }
    let text = |bytes: Option<&[u8]>| isomorphic_decode(bytes.unwrap_or_default());
    value
        .replace("{origin}", &text(carried.origin))
        .replace("{acrm}", &text(carried.method))
        .replace("{acrh}", &text(carried.header_names))
}

/// Each character as the byte of its number; a character above U+00FF as UTF-8.
fn isomorphic_encode(text: &str) -> Vec<u8> {
    if text.is_ascii() {
        return text.as_bytes().to_vec();
    }
    let mut bytes = Vec::with_capacity(text.len());
    for character in text.chars() {
        match u8::try_from(character) {
            Ok(byte) => bytes.push(byte),
            Err(_) => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    bytes
}
