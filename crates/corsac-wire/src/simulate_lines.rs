//! Lines of input, one at a time: of bounded length, and decompressed on the way when the file is
//! gzip or zstd (told by its first bytes, not by its name).

use std::io::{self, BufRead, BufReader, Read};

/// The longest line that is read, in bytes. A longer one is skipped and reported.
pub const LONGEST_LINE: usize = 16 * 1024 * 1024;

/// Lines of a reader.
pub struct Lines<'r> {
    reader: Box<dyn BufRead + 'r>,
    buffer: Vec<u8>,
    number: u64,
}

/// One line.
#[derive(Debug)]
pub struct NumberedLine<'a> {
    /// Its number, from 1.
    pub number: u64,
    /// Its bytes without the line end; `None` when there were more than [`LONGEST_LINE`].
    pub bytes: Option<&'a [u8]>,
}

impl<'r> Lines<'r> {
    /// Read lines, decompressing if the first bytes say so.
    ///
    /// # Errors
    /// When the first bytes cannot be read, or the zstd header is broken.
    pub fn new(reader: impl Read + 'r) -> io::Result<Self> {
        let mut plain = BufReader::with_capacity(BUFFER, reader);
        // A pipe may hand over its first bytes one by one: read the magic number, then put it back.
        let mut magic = Vec::with_capacity(ZSTD.len());
        plain.by_ref().take(ZSTD.len() as u64).read_to_end(&mut magic)?;
        let is_gzip = magic.starts_with(&GZIP);
        let is_zstd = magic.starts_with(&ZSTD);
        let whole = io::Cursor::new(magic).chain(plain);
        let reader: Box<dyn BufRead + 'r> = if is_gzip {
            Box::new(BufReader::with_capacity(
                BUFFER,
                flate2::bufread::MultiGzDecoder::new(BufReader::new(whole)),
            ))
        } else if is_zstd {
            let decoder = ruzstd::decoding::StreamingDecoder::new(whole)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
            Box::new(BufReader::with_capacity(BUFFER, decoder))
        } else {
            Box::new(BufReader::with_capacity(BUFFER, whole))
        };
        Ok(Self {
            reader,
            buffer: Vec::new(),
            number: 0,
        })
    }

    /// The next line, or `None` at the end.
    ///
    /// # Errors
    /// When reading or decompressing fails.
    pub fn next_line(&mut self) -> io::Result<Option<NumberedLine<'_>>> {
        self.buffer.clear();
        let read = self
            .reader
            .by_ref()
            .take(LONGEST_LINE as u64 + 1)
            .read_until(b'\n', &mut self.buffer)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if self.buffer.last() == Some(&b'\n') {
            self.buffer.pop();
            if self.buffer.last() == Some(&b'\r') {
                self.buffer.pop();
            }
        } else if read > LONGEST_LINE {
            self.buffer = Vec::new();
            self.skip_rest_of_line()?;
            return Ok(Some(NumberedLine {
                number: self.number,
                bytes: None,
            }));
        }
        Ok(Some(NumberedLine {
            number: self.number,
            bytes: Some(&self.buffer),
        }))
    }

    fn skip_rest_of_line(&mut self) -> io::Result<()> {
        loop {
            let available = self.reader.fill_buf()?;
            if available.is_empty() {
                return Ok(());
            }
            let end = available.iter().position(|byte| *byte == b'\n');
            let used = end.map_or(available.len(), |end| end + 1);
            self.reader.consume(used);
            if end.is_some() {
                return Ok(());
            }
        }
    }
}

const BUFFER: usize = 64 * 1024;
const GZIP: [u8; 2] = [0x1f, 0x8b];
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
