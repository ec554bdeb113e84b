//! `zstd`, <https://www.rfc-editor.org/rfc/rfc8878>, block by block, so that the output can be counted.
//!
//! Left out: checksums (TCP and TLS have theirs), dictionaries, and skippable frames; a body with one of
//! the last two is malformed.

use std::io::Read as _;

use ruzstd::decoding::FrameDecoder;

use super::DecodeFailure;

#[derive(Default)]
pub(super) struct Zstd {
    /// What came and was not yet decoded.
    received: Vec<u8>,
    decoder: FrameDecoder,
    place: Place,
    has_checksum: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    FrameHeader,
    Block,
    Checksum,
}

impl Zstd {
    pub(super) fn push(&mut self, bytes: &[u8], limit: usize) -> Result<Vec<u8>, DecodeFailure> {
        self.received.extend_from_slice(bytes);
        let mut decoded = Vec::new();
        while let Some(length) = self.next_length()? {
            if self.received.len() < length {
                break;
            }
            let piece: Vec<u8> = self.received.drain(..length).collect();
            self.place = match self.place {
                Place::FrameHeader => {
                    self.has_checksum = piece.get(4).is_some_and(|descriptor| descriptor & 0x04 != 0);
                    self.decoder.reset(piece.as_slice()).map_err(|_| MALFORMED)?;
                    Place::Block
                }
                Place::Block => {
                    let (taken, _) = self
                        .decoder
                        .decode_from_to(&piece, &mut [])
                        .map_err(|_| MALFORMED)?;
                    if taken == 0 {
                        return Err(MALFORMED);
                    }
                    self.collect(limit, &mut decoded)?;
                    match (self.decoder.is_finished() || is_last(&piece), self.has_checksum) {
                        (false, _) => Place::Block,
                        (true, true) => Place::Checksum,
                        (true, false) => Place::FrameHeader,
                    }
                }
                Place::Checksum => Place::FrameHeader,
            };
        }
        Ok(decoded)
    }

    pub(super) fn finish(&self) -> Result<Vec<u8>, DecodeFailure> {
        match self.place == Place::Block || !self.received.is_empty() {
            true => Err(MALFORMED),
            false => Ok(Vec::new()),
        }
    }

    /// What the decoder no longer needs for itself.
    fn collect(&mut self, limit: usize, decoded: &mut Vec<u8>) -> Result<(), DecodeFailure> {
        let mut buffer = [0; super::BUFFER];
        loop {
            let read = self.decoder.read(&mut buffer).map_err(|_| MALFORMED)?;
            if read == 0 {
                return Ok(());
            }
            if decoded.len() + read > limit {
                return Err(DecodeFailure::TooLong);
            }
            decoded.extend_from_slice(buffer.get(..read).unwrap_or_default());
        }
    }

    /// The length of the piece that `received` starts with, as soon as it can be told.
    fn next_length(&self) -> Result<Option<usize>, DecodeFailure> {
        match self.place {
            Place::FrameHeader => frame_header_length(&self.received),
            Place::Block => block_length(&self.received),
            Place::Checksum => Ok(Some(4)),
        }
    }
}

/// <https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.1>, from the magic number on.
fn frame_header_length(bytes: &[u8]) -> Result<Option<usize>, DecodeFailure> {
    if !bytes.iter().zip(&MAGIC).all(|(byte, expected)| byte == expected) {
        return Err(MALFORMED);
    }
    let Some((descriptor, rest)) = bytes.get(4..).and_then(<[u8]>::split_first) else {
        return Ok(None);
    };
    let is_single_segment = descriptor & 0x20 != 0;
    let dictionary_id = match descriptor & 3 {
        3 => 4,
        bits => usize::from(bits),
    };
    let content_size = match descriptor >> 6 {
        0 => usize::from(is_single_segment),
        bits => 1 << bits,
    };
    let window = usize::from(!is_single_segment);
    let length = 5 + window + dictionary_id + content_size;
    let Some(header) = rest.get(..length - 5) else {
        return Ok(None);
    };
    let window_size = match header.first() {
        Some(byte) if !is_single_segment => {
            let base = 1_u64 << (10 + (byte >> 3));
            base + base / 8 * u64::from(byte & 7)
        }
        _ => {
            let size = header.get(dictionary_id..).unwrap_or_default();
            let size = size
                .iter()
                .rev()
                .fold(0, |size, byte| size << 8 | u64::from(*byte));
            size + if content_size == 2 { 256 } else { 0 }
        }
    };
    match window_size > MAX_WINDOW {
        true => Err(MALFORMED),
        false => Ok(Some(length)),
    }
}

/// <https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.2>
fn block_length(bytes: &[u8]) -> Result<Option<usize>, DecodeFailure> {
    let [first, second, third, ..] = bytes else {
        return Ok(None);
    };
    let header = u32::from_le_bytes([*first, *second, *third, 0]);
    let size = usize::try_from(header >> 3).map_err(|_| MALFORMED)?;
    if size > MAX_BLOCK {
        return Err(MALFORMED);
    }
    Ok(Some(match header >> 1 & 3 {
        // One byte, repeated.
        1 => 3 + 1,
        _ => 3 + size,
    }))
}

fn is_last(block: &[u8]) -> bool {
    block.first().is_some_and(|first| first & 1 != 0)
}

const MALFORMED: DecodeFailure = DecodeFailure::Malformed("zstd");

const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// "a decoder [...] a window size of 8 MB": <https://www.rfc-editor.org/rfc/rfc9659#section-3>. Browsers
/// refuse larger ones.
const MAX_WINDOW: u64 = 8 * 1024 * 1024;

const MAX_BLOCK: usize = 128 * 1024;
