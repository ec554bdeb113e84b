//! Notices requests whose framing can be read in two ways: `Content-Length` together with
//! `Transfer-Encoding`, the means of request smuggling,
//! <https://httpwg.org/specs/rfc9112.html#field.content-length>.
//!
//! hyper follows `Transfer-Encoding` and drops the other field before the gateway sees it. This
//! reads the names of header lines as the bytes come in. It does not know where a message begins:
//! it takes every run of lines between blank lines for a possible head, so it can suspect a body
//! but cannot miss a head. A suspicion counts only for a request that has `Transfer-Encoding`.

use memchr::memchr;

/// Reads the bytes of one HTTP/1 connection.
#[derive(Default)]
pub(crate) struct FramingWatch {
    line: Line,
    content_length: bool,
    transfer_encoding: bool,
}

impl FramingWatch {
    /// Whether a head with both fields ended, or could have ended, in these bytes.
    pub(crate) fn observe(&mut self, bytes: &[u8]) -> bool {
        let mut conflict = false;
        let mut rest = bytes;
        while let Some(end) = memchr(b'\n', rest) {
            let (line, after) = rest.split_at(end);
            conflict |= self.end_line(line);
            rest = after.get(1..).unwrap_or_default();
        }
        self.line.extend(rest);
        conflict
    }

    fn end_line(&mut self, rest: &[u8]) -> bool {
        if self.line.length == 0 {
            return self.see(rest);
        }
        let mut line = std::mem::take(&mut self.line);
        line.extend(rest);
        self.see(line.as_bytes())
    }

    /// See a line, without its end.
    fn see(&mut self, line: &[u8]) -> bool {
        match line.first() {
            None | Some(b'\r') if line.len() <= 1 => {
                let head = std::mem::take(self);
                return head.content_length && head.transfer_encoding;
            }
            Some(b'c' | b'C') => self.content_length |= starts_with_ignore_case(line, b"content-length:"),
            Some(b't' | b'T') => {
                self.transfer_encoding |= starts_with_ignore_case(line, b"transfer-encoding:");
            }
            _ => {}
        }
        false
    }
}

/// The start of a line, as much as is needed to tell its name.
#[derive(Default)]
struct Line {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Line {
    fn extend(&mut self, piece: &[u8]) {
        let free = self.bytes.get_mut(self.length..).unwrap_or_default();
        let taken = free.len().min(piece.len());
        for (to, from) in free.iter_mut().zip(piece) {
            *to = *from;
        }
        self.length += taken;
    }

    fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

fn starts_with_ignore_case(line: &[u8], name: &[u8]) -> bool {
    line.get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name))
}

const LONGEST: usize = b"transfer-encoding:".len();

#[cfg(test)]
mod tests {
    use super::FramingWatch;

    fn conflicts(pieces: &[&str]) -> bool {
        let mut watch = FramingWatch::default();
        pieces
            .iter()
            .fold(false, |found, piece| found | watch.observe(piece.as_bytes()))
    }

    #[test]
    fn both_fields_in_one_head_are_found_in_either_order_and_any_case() {
        assert!(conflicts(&[
            "POST / HTTP/1.1\r\ncontent-length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
        ]));
        assert!(conflicts(&[
            "POST / HTTP/1.1\nTRANSFER-ENCODING: chunked\nContent-Length: 3\n\n"
        ]));
    }

    #[test]
    fn both_fields_are_found_however_the_bytes_are_cut() {
        let head = "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n";
        for cut in 0..head.len() {
            let (first, second) = head.split_at(cut);
            assert!(conflicts(&[first, second]), "cut at {cut}");
        }
    }

    #[test]
    fn one_field_in_each_of_two_heads_is_no_conflict() {
        assert!(!conflicts(&[
            "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
        ]));
    }

    #[test]
    fn longer_names_and_values_do_not_count() {
        assert!(!conflicts(&[
            "GET / HTTP/1.1\r\nX-Content-Length: 1\r\nNote: Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        ]));
    }
}
