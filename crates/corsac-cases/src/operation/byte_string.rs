//! Byte strings in JSON: one character U+0000 to U+00FF is one byte.

use corsac_fetch::HeaderList;
use serde::{Deserialize, Deserializer, de};

use super::OperationError;

/// A byte string.
#[derive(Clone, Debug)]
pub(crate) struct ByteString(pub(crate) Vec<u8>);

impl<'de> Deserialize<'de> for ByteString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.chars()
            .map(|character| u8::try_from(character).ok())
            .collect::<Option<_>>()
            .map(Self)
            .ok_or_else(|| de::Error::custom(format!("`{text}` has a character above U+00FF")))
    }
}

/// The bytes as JSON has them.
pub(crate) fn to_text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// Header lines as received: "strip leading/trailing SP and HTAB from values first, nothing else".
pub(crate) fn received_headers(lines: Vec<(ByteString, ByteString)>) -> HeaderList {
    lines
        .into_iter()
        .map(|(name, value)| (name.0, corsac::header::trim_http_tab_or_space(&value.0).to_vec()))
        .collect()
}

/// Header lines of one name, as received.
pub(crate) fn received_lines(name: &str, lines: Vec<ByteString>) -> HeaderList {
    let name = || ByteString(name.as_bytes().to_vec());
    received_headers(lines.into_iter().map(|value| (name(), value)).collect())
}

/// A request's origin: a URL or serialised origin, or `null` for an opaque one.
pub(crate) fn request_origin(text: &str) -> Result<corsac::Origin, OperationError> {
    if text == "null" {
        return Ok(corsac::Origin::UNIQUE);
    }
    Ok(corsac::Origin::of_url(&url(text)?))
}

/// A URL that must parse.
pub(crate) fn url(text: &str) -> Result<url::Url, OperationError> {
    url::Url::parse(text).map_err(|error| OperationError::Input(format!("URL `{text}`: {error}")))
}
