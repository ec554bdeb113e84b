//! Content codings, <https://fetch.spec.whatwg.org/#handle-content-codings>: a page gets a body without
//! them. Pushed piece by piece, and never more output than the caller allows: a compressed bomb ends
//! there.

mod zstd;

use std::io::{self, Write};

use brotli_decompressor::DecompressorWriter;
use corsac_fetch::HeaderList;
use corsac_fetch::get_decode_and_split::get_decode_and_split;
use flate2::write::MultiGzDecoder;
use flate2::{Decompress, FlushDecompress, Status};

use self::zstd::Zstd;

/// The codings of a body, the one to take off first in front.
pub(crate) struct Decoder(Vec<Coding>);

/// Why a body cannot be decoded.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum DecodeFailure {
    /// It is longer than allowed.
    TooLong,
    /// It is not in this coding, or ends too early.
    Malformed(&'static str),
}

enum Coding {
    Gzip(Box<MultiGzDecoder<Bounded>>, bool),
    Deflate(Box<Deflate>),
    Brotli(Box<DecompressorWriter<Bounded>>, bool),
    Zstd(Box<Zstd>),
}

impl Decoder {
    /// By `Content-Encoding`. "If codings are not supported, then return bytes."
    pub(crate) fn of(headers: &HeaderList) -> Self {
        let mut codings = Vec::new();
        for name in get_decode_and_split(headers, "content-encoding").unwrap_or_default() {
            match name.to_ascii_lowercase().as_slice() {
                b"" | b"identity" => {}
                b"gzip" | b"x-gzip" => {
                    codings.insert(
                        0,
                        Coding::Gzip(Box::new(MultiGzDecoder::new(Bounded::default())), false),
                    );
                }
                b"deflate" => codings.insert(0, Coding::Deflate(Box::default())),
                b"br" => {
                    let decoder = DecompressorWriter::new(Bounded::default(), BUFFER);
                    codings.insert(0, Coding::Brotli(Box::new(decoder), false));
                }
                b"zstd" => codings.insert(0, Coding::Zstd(Box::default())),
                _ => return Self(Vec::new()),
            }
        }
        match codings.len() > MAX_CODINGS {
            true => Self(Vec::new()),
            false => Self(codings),
        }
    }

    /// Whether bytes go through as they are.
    pub(crate) fn is_identity(&self) -> bool {
        self.0.is_empty()
    }

    /// The next bytes of the body, of which there may be so many.
    pub(crate) fn decode(&mut self, bytes: &[u8], limit: usize) -> Result<Vec<u8>, DecodeFailure> {
        let mut bytes = bytes.to_vec();
        for coding in &mut self.0 {
            bytes = coding.push(&bytes, limit)?;
        }
        Ok(bytes)
    }

    /// The last bytes, once all have been pushed.
    pub(crate) fn finish(&mut self, limit: usize) -> Result<Vec<u8>, DecodeFailure> {
        let mut last = Vec::new();
        for coding in &mut self.0 {
            let mut bytes = match last.is_empty() {
                true => Vec::new(),
                false => coding.push(&last, limit)?,
            };
            bytes.append(&mut coding.finish(limit)?);
            last = bytes;
        }
        Ok(last)
    }
}

/// The decoded start of a body, of which only a start is there.
pub(crate) fn start(headers: &HeaderList, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut decoder = Decoder::of(headers);
    let mut start = decoder.decode(bytes, MAX_START).ok()?;
    start.truncate(START);
    Some(start)
}

impl Coding {
    fn push(&mut self, bytes: &[u8], limit: usize) -> Result<Vec<u8>, DecodeFailure> {
        match self {
            Self::Gzip(decoder, started) => {
                *started |= !bytes.is_empty();
                decoder.get_mut().left = limit;
                let written = decoder.write_all(bytes).and_then(|()| decoder.flush());
                decoder.get_mut().take(written, "gzip")
            }
            Self::Brotli(decoder, started) => {
                *started |= !bytes.is_empty();
                decoder.get_mut().left = limit;
                // What follows the end is passed over, as it is after a page in any other coding.
                let written = decoder.write(bytes).map(|_| ());
                decoder.get_mut().take(written, "br")
            }
            Self::Deflate(decoder) => decoder.push(bytes, limit),
            Self::Zstd(decoder) => decoder.push(bytes, limit),
        }
    }

    /// An empty body is well-formed in any coding: answers to HEAD have none.
    fn finish(&mut self, limit: usize) -> Result<Vec<u8>, DecodeFailure> {
        match self {
            Self::Gzip(_, false) | Self::Brotli(_, false) => Ok(Vec::new()),
            Self::Gzip(decoder, true) => {
                decoder.get_mut().left = limit;
                let finished = decoder.try_finish();
                decoder.get_mut().take(finished, "gzip")
            }
            Self::Brotli(decoder, true) => {
                decoder.get_mut().left = limit;
                let finished = decoder.close();
                decoder.get_mut().take(finished, "br")
            }
            Self::Deflate(decoder) => decoder.finish(),
            Self::Zstd(decoder) => decoder.finish(),
        }
    }
}

/// Where decoders write: as much as is allowed.
#[derive(Default)]
struct Bounded {
    bytes: Vec<u8>,
    left: usize,
    is_full: bool,
}

impl Bounded {
    fn take(&mut self, written: io::Result<()>, coding: &'static str) -> Result<Vec<u8>, DecodeFailure> {
        match written {
            Ok(()) => Ok(std::mem::take(&mut self.bytes)),
            Err(_) if self.is_full => Err(DecodeFailure::TooLong),
            Err(_) => Err(DecodeFailure::Malformed(coding)),
        }
    }
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() > self.left {
            self.is_full = true;
            return Err(io::Error::from(io::ErrorKind::OutOfMemory));
        }
        self.left -= bytes.len();
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// `deflate` means zlib by the text and, from many servers, raw deflate: browsers take both.
#[derive(Default)]
struct Deflate {
    start: Vec<u8>,
    decoder: Option<Decompress>,
    is_over: bool,
}

impl Deflate {
    fn push(&mut self, bytes: &[u8], limit: usize) -> Result<Vec<u8>, DecodeFailure> {
        let Some(decoder) = &mut self.decoder else {
            self.start.extend_from_slice(bytes);
            let [first, second, ..] = self.start[..] else {
                return Ok(Vec::new());
            };
            // <https://www.rfc-editor.org/rfc/rfc1950#section-2.2>
            let is_zlib = first & 0x0f == 8 && u16::from_be_bytes([first, second]) % 31 == 0;
            self.decoder = Some(Decompress::new(is_zlib));
            let start = std::mem::take(&mut self.start);
            return self.push(&start, limit);
        };
        let (mut decoded, mut rest) = (Vec::new(), bytes);
        let mut buffer = [0; BUFFER];
        while !self.is_over {
            let (before_in, before_out) = (decoder.total_in(), decoder.total_out());
            let status = decoder
                .decompress(rest, &mut buffer, FlushDecompress::None)
                .map_err(|_| DecodeFailure::Malformed("deflate"))?;
            let taken = usize::try_from(decoder.total_in() - before_in).unwrap_or(rest.len());
            let given = usize::try_from(decoder.total_out() - before_out).unwrap_or(BUFFER);
            rest = rest.get(taken..).unwrap_or_default();
            if decoded.len() + given > limit {
                return Err(DecodeFailure::TooLong);
            }
            decoded.extend_from_slice(buffer.get(..given).unwrap_or_default());
            self.is_over = status == Status::StreamEnd;
            if taken == 0 && given == 0 || rest.is_empty() && given < BUFFER {
                break;
            }
        }
        Ok(decoded)
    }

    fn finish(&self) -> Result<Vec<u8>, DecodeFailure> {
        let is_empty = self.decoder.is_none() && self.start.is_empty();
        match self.is_over || is_empty {
            true => Ok(Vec::new()),
            false => Err(DecodeFailure::Malformed("deflate")),
        }
    }
}

/// Nobody looks at more of the start of a body.
const START: usize = 1024;

/// What a few kilobytes may decode to before they count as a bomb.
const MAX_START: usize = 4 * 1024 * 1024;

const BUFFER: usize = 8 * 1024;

/// As in Chromium.
const MAX_CODINGS: usize = 5;

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use corsac_fetch::HeaderList;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::{DecodeFailure, Decoder};

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(text: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn raw_deflate(text: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(text: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn brotli(text: &[u8]) -> Vec<u8> {
        let mut compressed = Vec::new();
        brotli::CompressorWriter::new(&mut compressed, 4096, 5, 22)
            .write_all(text)
            .unwrap();
        compressed
    }

    /// Decodes a body that arrives in pieces of this size.
    fn decode(coding: &str, body: &[u8], size: usize, limit: usize) -> Result<Vec<u8>, DecodeFailure> {
        let mut decoder = Decoder::of(&HeaderList::from_iter([("Content-Encoding", coding)]));
        let mut decoded = Vec::new();
        for piece in body.chunks(size) {
            let more = decoder.decode(piece, limit - decoded.len())?;
            decoded.extend_from_slice(&more);
        }
        let last = decoder.finish(limit - decoded.len())?;
        decoded.extend_from_slice(&last);
        Ok(decoded)
    }

    fn text() -> Vec<u8> {
        (0..20_000_u32)
            .flat_map(|number| number.to_string().into_bytes())
            .collect()
    }

    type Encode = fn(&[u8]) -> Vec<u8>;
    const CODINGS: [(&str, Encode); 5] = [
        ("gzip", gzip),
        ("deflate", zlib),
        ("Deflate", raw_deflate),
        ("br", brotli),
        ("zstd", zstd),
    ];

    #[test]
    fn every_coding_comes_off_however_the_bytes_arrive() {
        let text = text();
        for (name, encode) in CODINGS {
            let body = encode(&text);
            for size in [1, 7, 1000, body.len()] {
                assert_eq!(
                    decode(name, &body, size, text.len()).as_ref(),
                    Ok(&text),
                    "{name} {size}"
                );
            }
        }
    }

    #[test]
    fn a_body_that_ends_early_is_malformed_and_an_empty_one_is_not() {
        for (name, encode) in CODINGS {
            let body = encode(b"hello hello hello hello");
            for end in 1..body.len() {
                let decoded = decode(name, &body[..end], 5, 1000);
                // The four bytes of a zstd checksum are not asked for.
                let only_checksum_is_missing = name == "zstd" && end + 4 >= body.len();
                assert!(
                    matches!(decoded, Err(DecodeFailure::Malformed(_))) || only_checksum_is_missing,
                    "{name} {end}: {decoded:?}"
                );
            }
            assert_eq!(decode(name, b"", 1, 1000), Ok(Vec::new()), "{name}");
        }
    }

    #[test]
    fn what_is_in_another_coding_is_malformed() {
        for (name, _) in CODINGS {
            let decoded = decode(
                name,
                b"\xff\xff\xff\xff plain text that nobody compressed",
                100,
                1000,
            );
            assert!(
                matches!(decoded, Err(DecodeFailure::Malformed(_))),
                "{name}: {decoded:?}"
            );
        }
    }

    #[test]
    fn a_bomb_ends_at_the_limit() {
        let zeros = vec![0; 8 * 1024 * 1024];
        for (name, encode) in CODINGS {
            let body = encode(&zeros);
            assert!(body.len() < 16 * 1024, "{name}: {}", body.len());
            let decoded = decode(name, &body, 8 * 1024, 1024 * 1024);
            assert_eq!(decoded, Err(DecodeFailure::TooLong), "{name}");
        }
    }

    #[test]
    fn several_codings_come_off_in_turn_and_an_unknown_one_leaves_all() {
        let text = text();
        assert_eq!(
            decode("gzip, br", &brotli(&gzip(&text)), 100, text.len()).as_ref(),
            Ok(&text)
        );
        assert_eq!(decode("identity", b"as is", 2, 10), Ok(b"as is".to_vec()));
        let body = gzip(&text);
        assert_eq!(decode("gzip, dcb", &body, 100, body.len()).as_ref(), Ok(&body));
    }
}
