//! The head of an HTTP/1 answer, read as leniently as browsers do: folded lines, spaces before the
//! colon, control bytes in values, bare line feeds and lines that are no headers are let pass.
//!
//! httparse reads the status line. The header lines are split here, because it refuses or drops lines
//! with control bytes, which browsers keep: an `Access-Control-Allow-Origin` with one more byte.

use std::borrow::Cow;

use corsac::header::{is_token, trim_http_tab_or_space};
use corsac_fetch::{HeaderList, NetworkFailure};
use httparse::{ParserConfig, Response};

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
    let Some(length) = length_of_head(bytes) else {
        return too_long(bytes.len()).map_or(Ok(None), Err);
    };
    if let Some(failure) = too_long(length) {
        return Err(failure);
    }
    let head = bytes.get(..length).unwrap_or_default();
    let (status_line, lines) = split_status_line(head);
    let mut response = Response::new(&mut []);
    let status_line = [status_line, b"\r\n\r\n"].concat();
    if let Err(error) = ParserConfig::default()
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .parse_response(&mut response, &status_line)
    {
        return Err(malformed(&format!("malformed answer: {error}")));
    }
    Ok(Some(ResponseHead {
        protocol: match response.version {
            Some(0) => Protocol::Http10,
            _ => Protocol::Http11,
        },
        status: response
            .code
            .ok_or_else(|| malformed("the answer has no status"))?,
        reason_phrase: response.reason.unwrap_or_default().as_bytes().to_vec(),
        headers: header_lines(lines)?,
        length,
    }))
}

/// The status line, without its end and without empty lines before it, and what follows.
fn split_status_line(head: &[u8]) -> (&[u8], &[u8]) {
    let start = head
        .iter()
        .position(|byte| !matches!(byte, b'\r' | b'\n'))
        .unwrap_or(head.len());
    let head = head.get(start..).unwrap_or_default();
    let end = head.iter().position(|&byte| byte == b'\n').unwrap_or(head.len());
    let (status_line, rest) = head.split_at(end);
    (
        status_line.strip_suffix(b"\r").unwrap_or(status_line),
        rest.get(1..).unwrap_or_default(),
    )
}

/// Every line that has a colon and a name before it, as received: what a control byte in a value, or
/// white space before the colon, is worth is for the browser half to say.
fn header_lines(lines: &[u8]) -> Result<HeaderList, Failure> {
    let mut headers = HeaderList::new();
    // A header whose line may still go on.
    let mut open: Option<(&[u8], Cow<'_, [u8]>)> = None;
    for line in lines.split(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        // "A header value is a byte sequence that [...] contains no 0x00 (NUL) or HTTP newline bytes."
        // Browsers refuse the whole answer.
        if line.contains(&0) {
            return Err(malformed("malformed answer: a header has a NUL byte"));
        }
        let is_folded = matches!(line.first(), Some(b' ' | b'\t'));
        let content = trim_http_tab_or_space(line);
        match &mut open {
            // "replace each received obs-fold with one or more SP octets",
            // <https://www.rfc-editor.org/rfc/rfc9112#section-5.2-4>.
            Some((_, value)) if is_folded => {
                let value = value.to_mut();
                if !value.is_empty() && !content.is_empty() {
                    value.push(b' ');
                }
                value.extend_from_slice(content);
            }
            _ => {
                let Some(colon) = content.iter().position(|&byte| byte == b':') else {
                    continue;
                };
                let (name, value) = content.split_at(colon);
                let value = trim_http_tab_or_space(value.get(1..).unwrap_or_default());
                if is_token(trim_http_tab_or_space(name))
                    && let Some((name, value)) = open.replace((name, Cow::Borrowed(value)))
                {
                    headers.append(name, value);
                }
            }
        }
    }
    if let Some((name, value)) = open {
        headers.append(name, value);
    }
    Ok(headers)
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

/// Up to and including the first empty line after the status line.
fn length_of_head(bytes: &[u8]) -> Option<usize> {
    let start = bytes.iter().position(|byte| !matches!(byte, b'\r' | b'\n'))?;
    let rest = bytes.get(start..)?;
    let bare = memchr::memmem::find(rest, b"\n\n").map(|position| position + 2);
    let full = memchr::memmem::find(rest, b"\n\r\n").map(|position| position + 3);
    let length = match (bare, full) {
        (Some(bare), Some(full)) => bare.min(full),
        (bare, full) => bare.or(full)?,
    };
    Some(start + length)
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
            lines("HTTP/1.1 200 OK\nnonsense\nno name: y\nA: x\n\n"),
            [("A".to_owned(), "x".to_owned())]
        );
    }

    #[test]
    fn what_browsers_judge_differently_comes_through_as_received() {
        assert_eq!(
            lines("HTTP/1.1 200 OK\r\nA: *\x01\r\nB : x\r\nC: *\rX\r\nD:\x7f\x0b\r\n\r\n"),
            [("A", "*\x01"), ("B ", "x"), ("C", "*\rX"), ("D", "\x7f\x0b")]
                .map(|(n, v)| (n.to_owned(), v.to_owned()))
        );
        assert!(parse(b"HTTP/1.1 200 OK\r\nA: *\0\r\n\r\n").is_err());
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
                    assert!(!value.iter().any(|byte| matches!(byte, b'\n' | 0)));
                }
            }
        }
    }
}
