//! The head of an HTTP/1 answer, parsed by httparse as leniently as browsers do: folded lines,
//! spaces before the colon, bare line feeds and lines that are no headers are let pass.

use corsac_fetch::{HeaderList, NetworkFailure};
use httparse::{EMPTY_HEADER, ParserConfig, Response, Status};

use crate::exchange::{Failure, Protocol};

/// A status line and the header lines.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ResponseHead {
    pub(crate) protocol: Protocol,
    pub(crate) status: u16,
    pub(crate) reason_phrase: Vec<u8>,
    pub(crate) headers: HeaderList,
    /// Bytes up to and including the empty line.
    pub(crate) length: usize,
}

/// The head at the start of `bytes`; `None` when it has not wholly arrived.
pub(crate) fn parse(bytes: &[u8]) -> Result<Option<ResponseHead>, Failure> {
    if !may_be_http(bytes) {
        return Err(malformed("the answer is not HTTP"));
    }
    // Parsing starts over each time, so it waits until there can be an end.
    if !ends_with_empty_line_somewhere(bytes) {
        return too_long(bytes.len()).map_or(Ok(None), Err);
    }
    let mut lines = FIRST_LINES;
    loop {
        let mut headers = vec![EMPTY_HEADER; lines];
        let mut response = Response::new(&mut headers);
        return match config().parse_response(&mut response, bytes) {
            Ok(Status::Complete(length)) => Ok(Some(head(&response, length)?)),
            Ok(Status::Partial) => too_long(bytes.len()).map_or(Ok(None), Err),
            Err(httparse::Error::TooManyHeaders) if lines < MAX_LINES => {
                lines *= 4;
                continue;
            }
            Err(error) => Err(malformed(&format!("malformed answer: {error}"))),
        };
    }
}

fn config() -> ParserConfig {
    let mut config = ParserConfig::default();
    config
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .allow_space_before_first_header_name(true)
        .ignore_invalid_headers_in_responses(true);
    config
}

fn head(response: &Response<'_, '_>, length: usize) -> Result<ResponseHead, Failure> {
    if let Some(failure) = too_long(length) {
        return Err(failure);
    }
    Ok(ResponseHead {
        protocol: match response.version {
            Some(0) => Protocol::Http10,
            _ => Protocol::Http11,
        },
        status: response
            .code
            .ok_or_else(|| malformed("the answer has no status"))?,
        reason_phrase: response.reason.unwrap_or_default().as_bytes().to_vec(),
        headers: response
            .headers
            .iter()
            .map(|header| (header.name, unfold(header.value)))
            .collect(),
        length,
    })
}

/// "replace each received obs-fold with one or more SP octets",
/// <https://www.rfc-editor.org/rfc/rfc9112#section-5.2-4>; and no surrounding white space.
fn unfold(value: &[u8]) -> Vec<u8> {
    let pieces: Vec<&[u8]> = value
        .split(|byte| matches!(byte, b'\r' | b'\n'))
        .map(corsac::header::trim_http_tab_or_space)
        .filter(|piece| !piece.is_empty())
        .collect();
    pieces.join(&b' ')
}

/// Whether a status line can still come of these bytes. An answer that cannot be HTTP is refused
/// at once instead of read to its end.
fn may_be_http(bytes: &[u8]) -> bool {
    let start = bytes
        .iter()
        .position(|byte| !matches!(byte, b'\r' | b'\n'))
        .unwrap_or(bytes.len());
    bytes
        .iter()
        .skip(start)
        .zip(b"HTTP/1.")
        .all(|(byte, expected)| byte == expected)
}

fn ends_with_empty_line_somewhere(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| pair == b"\n\n") || bytes.windows(3).any(|three| three == b"\n\r\n")
}

fn too_long(length: usize) -> Option<Failure> {
    (length > MAX_LENGTH).then(|| {
        malformed(&format!(
            "the answer's headers are longer than {} KiB",
            MAX_LENGTH / 1024
        ))
    })
}

fn malformed(detail: &str) -> Failure {
    Failure::new(NetworkFailure::Malformed, detail)
}

/// Chromium gives up at the same length.
pub(crate) const MAX_LENGTH: usize = 256 * 1024;

const FIRST_LINES: usize = 64;

/// As many as fit into `MAX_LENGTH`, roughly.
const MAX_LINES: usize = 64 * 1024;

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::{any, prop_oneof, proptest};
    use proptest::strategy::{Just, Strategy};

    use super::{MAX_LENGTH, parse};
    use crate::exchange::Protocol;

    fn lines(head: &str) -> Vec<(String, String)> {
        let parsed = parse(head.as_bytes()).unwrap().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        parsed
            .headers
            .iter()
            .map(|(name, value)| (text(name), text(value)))
            .collect()
    }

    #[test]
    fn lines_keep_their_order_case_and_repetition() {
        assert_eq!(
            lines("HTTP/1.1 200 OK\r\nVARY: a\r\nx: 1\r\nvary:b \t\r\n\r\nrest"),
            [("VARY", "a"), ("x", "1"), ("vary", "b")].map(|(n, v)| (n.to_owned(), v.to_owned()))
        );
    }

    #[test]
    fn a_folded_line_becomes_one_with_a_space() {
        assert_eq!(
            lines("HTTP/1.1 200 OK\r\nA: one,\r\n\t two\r\nB: x\r\n\r\n"),
            [("A", "one, two"), ("B", "x")].map(|(n, v)| (n.to_owned(), v.to_owned()))
        );
    }

    #[test]
    fn a_line_without_colon_is_passed_over() {
        assert_eq!(
            lines("HTTP/1.1 200 OK\nnonsense\nA : x\n\n"),
            [("A".to_owned(), "x".to_owned())]
        );
    }

    #[test]
    fn odd_statuses_and_reason_phrases_come_through() {
        let parsed = parse(b"HTTP/1.0 799 Very Odd\r\n\r\n").unwrap().unwrap();
        assert_eq!(parsed.status, 799);
        assert_eq!(parsed.reason_phrase, b"Very Odd");
        assert_eq!(parsed.protocol, Protocol::Http10);
        assert_eq!(parse(b"HTTP/1.1 204\r\n\r\n").unwrap().unwrap().status, 204);
    }

    #[test]
    fn a_head_that_is_not_whole_is_waited_for() {
        for start in [
            "",
            "\r\n",
            "HTT",
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 200 OK\r\nA: b\r\n",
        ] {
            assert_eq!(parse(start.as_bytes()).unwrap(), None, "{start:?}");
        }
    }

    #[test]
    fn what_is_not_http_is_refused_at_its_first_bytes() {
        for answer in [
            "SSH-2.0-x",
            "<html>",
            "HTTP/3 200 OK\r\n\r\n",
            "HTTP/1.1 2x0 OK\r\n\r\n",
        ] {
            assert!(parse(answer.as_bytes()).is_err(), "{answer:?}");
        }
    }

    #[test]
    fn sixty_four_kilobytes_of_headers_pass_and_an_endless_head_does_not() {
        let many = format!(
            "HTTP/1.1 200 OK\r\n{}\r\n",
            "X-Filler: 0123456789\r\n".repeat(3200)
        );
        assert_eq!(parse(many.as_bytes()).unwrap().unwrap().headers.len(), 3200);
        let endless = format!("HTTP/1.1 200 OK\r\nA: {}", "x".repeat(MAX_LENGTH));
        assert!(parse(endless.as_bytes()).is_err());
    }

    /// Bytes that get far: pieces of answers among any others.
    fn answers() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            vec(any::<u8>(), 0..8),
            Just(b"HTTP/1.1 200 OK".to_vec()),
            Just(b"HTTP/1.0 ".to_vec()),
            Just(b"\r\n".to_vec()),
            Just(b"\n".to_vec()),
            Just(b"A: b".to_vec()),
            Just(b"\r\n ".to_vec()),
        ];
        vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_bytes_are_an_answer_or_none(bytes in answers()) {
            if let Ok(Some(head)) = parse(&bytes) {
                assert!(head.length <= bytes.len());
                for (_, value) in head.headers.iter() {
                    assert!(!value.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)));
                }
            }
        }
    }
}
