//! The chunked transfer coding, <https://www.rfc-editor.org/rfc/rfc9112#section-7.1>.
//!
//! Extensions and trailers are passed over, as browsers do. Bare line feeds end lines.

use bytes::{Buf as _, Bytes, BytesMut};

/// Where in the coding the next byte stands.
#[derive(Debug)]
pub(crate) struct Chunked {
    place: Place,
    /// Bytes of chunk extensions and trailers so far: both say nothing, and neither may go on forever.
    passed_over: usize,
}

#[derive(Debug)]
enum Place {
    /// In a size: its value, and whether it has a digit.
    Size(u64, bool),
    /// After a size, in the rest of its line.
    Extension(u64),
    /// In data with so many bytes to come.
    Data(u64),
    /// In the line end after data.
    DataEnd,
    /// At the start of a trailer line.
    TrailerStart,
    /// In a trailer line.
    Trailer,
    /// After the last line.
    End,
}

/// What the bytes so far come to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Bytes of the body.
    Data(Bytes),
    /// All bytes were taken, and the body goes on.
    More,
    /// The body is over. Bytes after it are left.
    End,
    /// This is not the chunked coding.
    Malformed(&'static str),
}

impl Chunked {
    pub(crate) const fn new() -> Self {
        Self {
            place: Place::Size(0, false),
            passed_over: 0,
        }
    }

    /// Takes the next piece off `received`.
    pub(crate) fn next(&mut self, received: &mut BytesMut) -> Piece {
        loop {
            if let Place::End = self.place {
                return Piece::End;
            }
            if let Place::Data(left) = self.place {
                if received.is_empty() {
                    return Piece::More;
                }
                let length = usize::try_from(left).map_or(received.len(), |left| left.min(received.len()));
                let left = left.saturating_sub(length as u64);
                self.place = match left {
                    0 => Place::DataEnd,
                    _ => Place::Data(left),
                };
                return Piece::Data(received.split_to(length).freeze());
            }
            let Some(&byte) = received.first() else {
                return Piece::More;
            };
            received.advance(1);
            if let Err(why) = self.take(byte) {
                return Piece::Malformed(why);
            }
        }
    }

    /// One byte that is no data.
    fn take(&mut self, byte: u8) -> Result<(), &'static str> {
        self.place = match (&self.place, byte) {
            (Place::Size(size, _), digit) if digit.is_ascii_hexdigit() => {
                let digit = char::from(digit).to_digit(16).map_or(0, u64::from);
                let size = size.checked_mul(16).and_then(|size| size.checked_add(digit));
                Place::Size(size.ok_or("a chunk size is out of bounds")?, true)
            }
            (Place::Size(_, false), _) => return Err("a chunk has no size"),
            (Place::Size(0, true) | Place::Extension(0), b'\n') => Place::TrailerStart,
            (Place::Size(size, true) | Place::Extension(size), b'\n') => Place::Data(*size),
            (Place::Size(size, true), b'\r' | b' ' | b'\t' | b';') => Place::Extension(*size),
            (Place::Size(..), _) => return Err("a chunk size is not a number"),
            (Place::Extension(size), _) => {
                self.passed_over += 1;
                Place::Extension(*size)
            }
            (Place::DataEnd, b'\r') => Place::DataEnd,
            (Place::DataEnd, b'\n') => Place::Size(0, false),
            (Place::DataEnd, _) => return Err("a chunk is longer than its size"),
            (Place::TrailerStart, b'\r') => Place::TrailerStart,
            (Place::TrailerStart, b'\n') => Place::End,
            (Place::Trailer, b'\n') => Place::TrailerStart,
            (Place::TrailerStart | Place::Trailer, _) => {
                self.passed_over += 1;
                Place::Trailer
            }
            (Place::Data(_) | Place::End, _) => return Ok(()),
        };
        match self.passed_over > MAX_PASSED_OVER {
            true => Err("chunk extensions or trailers without end"),
            false => Ok(()),
        }
    }
}

const MAX_PASSED_OVER: usize = 64 * 1024;

#[cfg(test)]
mod tests {
    use bytes::BytesMut;

    use super::{Chunked, Piece};

    /// The body, and how it ended, of bytes that arrive in pieces of this size.
    fn read(bytes: &[u8], size: usize) -> (Vec<u8>, Piece) {
        let (mut chunked, mut received, mut body) = (Chunked::new(), BytesMut::new(), Vec::new());
        for piece in bytes.chunks(size) {
            received.extend_from_slice(piece);
            loop {
                match chunked.next(&mut received) {
                    Piece::Data(data) => body.extend_from_slice(&data),
                    Piece::More => break,
                    end => return (body, end),
                }
            }
        }
        (body, Piece::More)
    }

    #[test]
    fn a_body_ends_with_its_trailer_however_it_arrives() {
        let whole: &[u8] = b"5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nX: y\r\n\r\n";
        for size in 1..=whole.len() {
            assert_eq!(read(whole, size), (b"hello world".to_vec(), Piece::End), "{size}");
        }
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end], 7).1, Piece::More, "{end}");
        }
    }

    #[test]
    fn bare_line_feeds_and_spaces_after_a_size_are_taken() {
        assert_eq!(read(b"2 \nhi\n00\n\n", 3), (b"hi".to_vec(), Piece::End));
    }

    #[test]
    fn what_is_not_the_coding_is_named() {
        for (bytes, why) in [
            (&b"\r\n"[..], "a chunk has no size"),
            (b"-1\r\n", "a chunk has no size"),
            (b"0x5\r\nhello", "a chunk size is not a number"),
            (b"5\r\nhello!\r\n", "a chunk is longer than its size"),
            (b"10000000000000000\r\n", "a chunk size is out of bounds"),
        ] {
            assert_eq!(read(bytes, 100).1, Piece::Malformed(why), "{bytes:?}");
        }
    }

    #[test]
    fn extensions_and_trailers_without_end_are_given_up() {
        let endless = Piece::Malformed("chunk extensions or trailers without end");
        let extension = [&b"5;"[..], &[b'x'; 70_000]].concat();
        assert_eq!(read(&extension, 8192).1, endless);
        let trailers = [&b"0\r\n"[..], &b"x: y\r\n".repeat(20_000)].concat();
        assert_eq!(read(&trailers, 8192).1, endless);
    }
}
