//! A response as the page sees it, and its body.

use std::fmt;

use bytes::Bytes;
use corsac_fetch::{FilteredResponse, HeaderList, ResponseType};
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::exchange::Answer;
use crate::network::decode::{DecodeFailure, Decoder};
use crate::network::incoming::{BodyFailure, Incoming};

/// A response as the page sees it: what the filter leaves of it.
pub struct Response {
    filtered: FilteredResponse,
    body: Body,
}

/// Why a body cannot be read to its end. To a script these are all the same `TypeError`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyError {
    /// It is longer than the browser's body limit: that of an endless stream, or of a compressed bomb.
    TooLong {
        /// The limit, in bytes after decoding.
        limit: u64,
    },
    /// The connection ended before the body did.
    BrokenOff {
        /// Bytes after decoding, as far as they came.
        received: u64,
    },
    /// What came is not the transfer coding that it says it is in.
    Malformed(&'static str),
    /// What came is not the content coding that it says it is in, or ends within it.
    Decode(&'static str),
    /// It did not come in the fetch's time.
    Timeout,
    /// The body of a service's answer failed.
    Service(String),
}

struct Body {
    incoming: Option<Incoming>,
    decoder: Decoder,
    received: u64,
    limit: u64,
    deadline: Instant,
}

impl Response {
    pub(crate) fn shared(
        filtered: FilteredResponse,
        answer: Option<&Answer>,
        incoming: Option<Incoming>,
        limit: u64,
        deadline: Instant,
    ) -> Self {
        let no_headers = HeaderList::new();
        Self {
            filtered,
            body: Body {
                incoming,
                decoder: Decoder::of(answer.map_or(&no_headers, |answer| &answer.headers)),
                received: 0,
                limit,
                deadline,
            },
        }
    }

    /// "body is null"
    pub(crate) fn opaque(filtered: FilteredResponse) -> Self {
        Self::shared(filtered, None, None, 0, Instant::now())
    }

    /// `status`; 0 when the response is opaque.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.filtered.status
    }

    /// `ok`: whether the status is one of 200 to 299.
    #[must_use]
    pub fn ok(&self) -> bool {
        (200..300).contains(&self.filtered.status)
    }

    /// `type`
    #[must_use]
    pub fn response_type(&self) -> ResponseType {
        self.filtered.response_type
    }

    /// `url`, after redirects and without fragment; `None` where a script sees an empty string.
    #[must_use]
    pub fn url(&self) -> Option<Url> {
        let mut url = self.filtered.url.clone()?;
        url.set_fragment(None);
        Some(url)
    }

    /// `redirected`
    #[must_use]
    pub fn redirected(&self) -> bool {
        self.filtered.redirected
    }

    /// `headers.get(name)`: `None` for a header that is not there, and for one that the page may not
    /// read.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers()
            .find(|(header, _)| header.eq_ignore_ascii_case(name.as_bytes()))
            .map(|(_, value)| value)
    }

    /// What iterating over `headers` gives: the readable ones, names in lower case and in order.
    pub fn headers(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let headers = self.filtered.headers.iter();
        headers.map(|(name, value)| (name.as_slice(), value.as_slice()))
    }

    /// The names of headers that came and that the page may not read, in lower case.
    #[must_use]
    pub fn hidden_header_names(&self) -> &[Vec<u8>] {
        &self.filtered.hidden_header_names
    }

    /// The next piece of the body, decoded; `None` at its end. The server is held back while nobody
    /// reads.
    ///
    /// # Errors
    /// When the body cannot be read to its end.
    pub async fn chunk(&mut self) -> Result<Option<Vec<u8>>, BodyError> {
        self.body.chunk().await
    }

    /// The whole body.
    ///
    /// # Errors
    /// When it cannot be read to its end.
    pub async fn bytes(mut self) -> Result<Vec<u8>, BodyError> {
        let mut bytes = self.chunk().await?.unwrap_or_default();
        while let Some(piece) = self.chunk().await? {
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }

    /// `text()`: the whole body as UTF-8, with U+FFFD for what is none.
    ///
    /// # Errors
    /// When it cannot be read to its end.
    pub async fn text(self) -> Result<String, BodyError> {
        let bytes = self.bytes().await?;
        // <https://encoding.spec.whatwg.org/#utf-8-decode>
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        Ok(String::from_utf8_lossy(bytes).into_owned())
    }
}

impl Body {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, BodyError> {
        while let Some(incoming) = &mut self.incoming {
            let data = match timeout_at(self.deadline, incoming.data()).await {
                Ok(data) => data.map_err(|failure| self.failure(failure)),
                Err(_elapsed) => Err(BodyError::Timeout),
            };
            let piece = data.and_then(|data| self.decode(data.as_ref()));
            match piece {
                Err(error) => {
                    // Closes the connection: nothing more is read.
                    self.incoming = None;
                    return Err(error);
                }
                Ok(piece) if !piece.is_empty() => return Ok(Some(piece)),
                Ok(_) => {}
            }
        }
        Ok(None)
    }

    /// A piece of the body, or its end.
    fn decode(&mut self, data: Option<&Bytes>) -> Result<Vec<u8>, BodyError> {
        let left = self.limit.saturating_sub(self.received);
        let left = usize::try_from(left).unwrap_or(usize::MAX);
        let decoded = match data {
            Some(data) if self.decoder.is_identity() && data.len() > left => Err(DecodeFailure::TooLong),
            Some(data) => self.decoder.decode(data, left),
            None => {
                self.incoming = None;
                self.decoder.finish(left)
            }
        };
        let decoded = decoded.map_err(|failure| match failure {
            DecodeFailure::TooLong => BodyError::TooLong { limit: self.limit },
            DecodeFailure::Malformed(coding) => BodyError::Decode(coding),
        })?;
        self.received += decoded.len() as u64;
        Ok(decoded)
    }

    fn failure(&self, failure: BodyFailure) -> BodyError {
        match failure {
            BodyFailure::BrokenOff => BodyError::BrokenOff {
                received: self.received,
            },
            BodyFailure::Malformed(why) => BodyError::Malformed(why),
            BodyFailure::Service(error) => BodyError::Service(error),
        }
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.filtered.fmt(f)
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { limit } => write!(f, "the body is longer than {limit} bytes"),
            Self::BrokenOff { received } => {
                write!(
                    f,
                    "the connection ended within the body, after {received} bytes of it"
                )
            }
            Self::Malformed(why) => write!(f, "malformed body: {why}"),
            Self::Decode(coding) => write!(f, "the body is not `{coding}`, as it says, or ends within it"),
            Self::Timeout => f.write_str("the body did not come in time"),
            Self::Service(error) => write!(f, "the service failed within the body: {error}"),
        }
    }
}

impl std::error::Error for BodyError {}
