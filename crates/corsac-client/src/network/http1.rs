//! One HTTP/1.1 exchange on a connection of its own.
//!
//! Written here rather than given to hyper, because the report shows what was on the wire: hyper
//! writes header names in one case of its own, groups repeated lines, and refuses answers that
//! browsers accept (folded lines, more than a hundred headers).
//!
//! NOT IMPLEMENTED: connections are not used twice; each request opens its own.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use corsac_fetch::{HeaderList, NetworkFailure};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use url::Url;

use crate::exchange::{Answer, BodyLength, Failure};
use crate::network::response_head::{self, ResponseHead};

/// Writes the request, reads the head of the answer and measures its body.
pub(crate) async fn exchange<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    method: &[u8],
    url: &Url,
    headers: &HeaderList,
    body: &[u8],
) -> Result<Answer, Failure> {
    let (mut reader, mut writer) = tokio::io::split(stream);
    let message = request_bytes(method, url, headers, body);
    // Side by side: a server may answer, and stop reading, before the whole body has left.
    let writing = async move {
        // When writing fails, reading tells more: there may be an answer, or the reason.
        let _ = writer.write_all(&message).await;
        let _ = writer.flush().await;
        std::future::pending::<Infallible>().await
    };
    let reading = async move {
        let mut received = Vec::with_capacity(READ_SIZE);
        let head = read_head(&mut reader, &mut received).await?;
        received.drain(..head.length.min(received.len()));
        let body = measure_body(&mut reader, received, BodyFraming::of(method, &head)).await;
        Ok(Answer {
            protocol: head.protocol,
            status: head.status,
            reason_phrase: head.reason_phrase,
            headers: head.headers,
            body,
        })
    };
    tokio::select! {
        answer = reading => answer,
        never = writing => match never {},
    }
}

fn request_bytes(method: &[u8], url: &Url, headers: &HeaderList, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(1024 + body.len());
    bytes.extend_from_slice(method);
    bytes.push(b' ');
    bytes.extend_from_slice(url.path().as_bytes());
    if let Some(query) = url.query() {
        bytes.push(b'?');
        bytes.extend_from_slice(query.as_bytes());
    }
    bytes.extend_from_slice(b" HTTP/1.1\r\n");
    for (name, value) in headers.iter() {
        bytes.extend_from_slice(name);
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body);
    bytes
}

/// The final head; informational answers (1xx) before it are passed over.
async fn read_head(
    reader: &mut (impl AsyncRead + Unpin),
    received: &mut Vec<u8>,
) -> Result<ResponseHead, Failure> {
    let mut informational = 0;
    loop {
        match response_head::parse(received)? {
            Some(head) if head.status == 101 => {
                return Err(Failure::new(
                    NetworkFailure::Malformed,
                    "the server switched protocols without being asked",
                ));
            }
            Some(head) if (100..200).contains(&head.status) && informational < MAX_INFORMATIONAL => {
                informational += 1;
                received.drain(..head.length.min(received.len()));
            }
            Some(head) => return Ok(head),
            None => read_more(reader, received).await?,
        }
    }
}

async fn read_more(reader: &mut (impl AsyncRead + Unpin), received: &mut Vec<u8>) -> Result<(), Failure> {
    received.reserve(READ_SIZE);
    match read_some(reader, received).await {
        Ok(0) if received.is_empty() => Err(Failure::new(
            NetworkFailure::Closed,
            "the server closed the connection without an answer",
        )),
        Ok(0) => Err(Failure::new(
            NetworkFailure::Closed,
            "the server closed the connection in the middle of the headers",
        )),
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::io(&error, "reading the answer")),
    }
}

/// The number of bytes read. That a TLS peer closed without saying so is an end like any other.
async fn read_some(reader: &mut (impl AsyncRead + Unpin), into: &mut Vec<u8>) -> io::Result<usize> {
    match reader.read_buf(into).await {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(0),
        read => read,
    }
}

/// Where a body ends, <https://www.rfc-editor.org/rfc/rfc9112#section-6.3>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BodyFraming {
    Length(u64),
    Chunked,
    UntilClose,
}

impl BodyFraming {
    fn of(method: &[u8], head: &ResponseHead) -> Self {
        if method == b"HEAD" || matches!(head.status, 204 | 304) {
            return Self::Length(0);
        }
        if let Some(codings) = head.headers.get("transfer-encoding") {
            return if codings.to_ascii_lowercase().ends_with(b"chunked") {
                Self::Chunked
            } else {
                Self::UntilClose
            };
        }
        // Several lines are read as browsers do when they agree: the first one.
        let length = head
            .headers
            .lines("content-length")
            .next()
            .and_then(|value| std::str::from_utf8(value).ok())
            .and_then(|text| text.parse().ok());
        length.map_or(Self::UntilClose, Self::Length)
    }
}

/// Reads on for a bounded time and length.
async fn measure_body(
    reader: &mut (impl AsyncRead + Unpin),
    mut received: Vec<u8>,
    framing: BodyFraming,
) -> BodyLength {
    let mut meter = Meter::new(framing);
    let deadline = tokio::time::sleep(BODY_TIME);
    tokio::pin!(deadline);
    loop {
        if meter.take(&received) {
            return BodyLength::Whole(meter.length);
        }
        if meter.length >= BODY_BYTES {
            return BodyLength::AtLeast(meter.length);
        }
        received.clear();
        received.reserve(READ_SIZE);
        tokio::select! {
            biased;
            read = read_some(reader, &mut received) => match read {
                Ok(1..) => {}
                Ok(0) if framing == BodyFraming::UntilClose => return BodyLength::Whole(meter.length),
                Ok(0) | Err(_) => return BodyLength::BrokenOff(meter.length),
            },
            () = &mut deadline => return BodyLength::AtLeast(meter.length),
        }
    }
}

/// Counts the bytes of a body and finds its end.
struct Meter {
    framing: BodyFraming,
    length: u64,
    chunk: Chunk,
}

/// Where in the chunked coding the next byte stands,
/// <https://www.rfc-editor.org/rfc/rfc9112#section-7.1>.
enum Chunk {
    /// In a size line: the size so far, and whether its digits are over.
    Size(u64, bool),
    /// In data with so many bytes to come.
    Data(u64),
    /// In the line end after data.
    DataEnd,
    /// In the trailer: bytes of the current line.
    Trailer(usize),
}

impl Meter {
    fn new(framing: BodyFraming) -> Self {
        Self {
            framing,
            length: 0,
            chunk: Chunk::Size(0, false),
        }
    }

    /// Takes the next bytes; whether the body is at its end.
    fn take(&mut self, bytes: &[u8]) -> bool {
        match self.framing {
            BodyFraming::UntilClose => {
                self.length += bytes.len() as u64;
                false
            }
            BodyFraming::Length(length) => {
                self.length = length.min(self.length + bytes.len() as u64);
                self.length == length
            }
            BodyFraming::Chunked => self.take_chunked(bytes),
        }
    }

    fn take_chunked(&mut self, mut bytes: &[u8]) -> bool {
        while let [byte, rest @ ..] = bytes {
            self.chunk = match (&self.chunk, byte) {
                (Chunk::Data(left), _) => {
                    let taken = (*left).min(bytes.len() as u64);
                    self.length += taken;
                    let left = left - taken;
                    bytes = bytes
                        .get(usize::try_from(taken).unwrap_or(bytes.len())..)
                        .unwrap_or_default();
                    self.chunk = if left == 0 {
                        Chunk::DataEnd
                    } else {
                        Chunk::Data(left)
                    };
                    continue;
                }
                (Chunk::Size(0, _), b'\n') => Chunk::Trailer(0),
                (Chunk::Size(size, _), b'\n') => Chunk::Data(*size),
                (Chunk::Size(size, false), digit) if digit.is_ascii_hexdigit() => {
                    let digit = char::from(*digit).to_digit(16).unwrap_or_default();
                    Chunk::Size(size.saturating_mul(16).saturating_add(u64::from(digit)), false)
                }
                (Chunk::Size(size, _), _) => Chunk::Size(*size, true),
                (Chunk::DataEnd, b'\n') => Chunk::Size(0, false),
                (Chunk::DataEnd, _) => Chunk::DataEnd,
                (Chunk::Trailer(0), b'\n') => return true,
                (Chunk::Trailer(_), b'\n') => Chunk::Trailer(0),
                (Chunk::Trailer(length), b'\r') => Chunk::Trailer(*length),
                (Chunk::Trailer(length), _) => Chunk::Trailer(length.saturating_add(1)),
            };
            bytes = rest;
        }
        false
    }
}

const READ_SIZE: usize = 8 * 1024;

/// No verdict depends on the body; this much is read to say how long it is.
pub(crate) const BODY_BYTES: u64 = 1024 * 1024;

/// And for so long: an event stream never ends.
pub(crate) const BODY_TIME: Duration = Duration::from_secs(1);

/// An endless series of 1xx answers is not waited out.
const MAX_INFORMATIONAL: usize = 16;

#[cfg(test)]
mod tests {
    use super::{BodyFraming, Meter};

    fn measure(framing: BodyFraming, bytes: &[u8]) -> (u64, bool) {
        // Byte by byte and at once must give the same.
        let mut at_once = Meter::new(framing);
        let ended = at_once.take(bytes);
        let mut bytewise = Meter::new(framing);
        let ended_bytewise = bytes.iter().any(|byte| bytewise.take(&[*byte]));
        assert_eq!((at_once.length, ended), (bytewise.length, ended_bytewise));
        (at_once.length, ended)
    }

    #[test]
    fn a_chunked_body_ends_with_its_trailer() {
        let whole: &[u8] = b"5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nX: y\r\n\r\n";
        assert_eq!(measure(BodyFraming::Chunked, whole), (11, true));
        for end in 0..whole.len() {
            assert!(!measure(BodyFraming::Chunked, &whole[..end]).1, "{end}");
        }
    }

    #[test]
    fn a_body_of_known_length_ends_there() {
        assert_eq!(measure(BodyFraming::Length(3), b"abcdef"), (3, true));
        assert_eq!(measure(BodyFraming::Length(3), b"ab"), (2, false));
        assert_eq!(measure(BodyFraming::UntilClose, b"ab"), (2, false));
    }

    #[test]
    fn an_absurd_chunk_size_is_only_a_large_number() {
        assert_eq!(
            measure(BodyFraming::Chunked, b"fffffffffffffffffffff\r\nab"),
            (2, false)
        );
    }
}
