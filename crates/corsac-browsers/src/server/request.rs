//! Reading a request as it is: method, target and header bytes are not judged.

use std::io::{Error, ErrorKind, Result};

use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _};

/// A request up to its body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) method: String,
    pub(super) target: String,
    headers: Vec<(String, Vec<u8>)>,
}

impl Head {
    /// The next request of a connection; `None` when it is over.
    pub(super) async fn read(stream: &mut (impl AsyncBufRead + Unpin)) -> Result<Option<Self>> {
        // A browser that upgrades to https says hello by TLS to a port of http, and would wait.
        if stream.fill_buf().await?.first() == Some(&TLS_HANDSHAKE) {
            return Err(ErrorKind::InvalidData.into());
        }
        let mut budget = LONGEST_HEAD;
        let Some(line) = read_line(stream, &mut budget).await? else {
            return Ok(None);
        };
        let mut words = line.split(|&byte| byte == b' ');
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return Err(ErrorKind::InvalidData.into());
        };
        let mut head = Self {
            method: text(method),
            target: text(target),
            headers: Vec::new(),
        };
        while let Some(line) = read_line(stream, &mut budget).await? {
            if line.is_empty() {
                return Ok(Some(head));
            }
            let mut parts = line.splitn(2, |&byte| byte == b':');
            let name = text(parts.next().unwrap_or_default()).to_ascii_lowercase();
            let value = parts.next().unwrap_or_default().trim_ascii().to_vec();
            head.headers.push((name, value));
        }
        Err(ErrorKind::UnexpectedEof.into())
    }

    /// The value of a header, its lines joined as Fetch does; the name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<Vec<u8>> {
        let values: Vec<&[u8]> = self
            .headers
            .iter()
            .filter(|(own, _)| own == name)
            .map(|(_, value)| value.as_slice())
            .collect();
        (!values.is_empty()).then(|| values.join(&b", "[..]))
    }

    /// The same as text, each byte a character.
    pub(super) fn header_text(&self, name: &str) -> Option<String> {
        self.header(name).map(|value| text(&value))
    }

    /// Whether the client closes the connection after the answer.
    pub(super) fn wants_close(&self) -> bool {
        self.header("connection")
            .is_some_and(|value| value.eq_ignore_ascii_case(b"close"))
    }
}

/// A body, with the framing taken off.
pub(super) struct Body(pub(super) Vec<u8>);

impl Body {
    pub(super) async fn read<S>(stream: &mut S, head: &Head) -> Result<Self>
    where
        S: AsyncRead + AsyncBufRead + Unpin,
    {
        if head
            .header("transfer-encoding")
            .is_some_and(|value| value.eq_ignore_ascii_case(b"chunked"))
        {
            return read_chunks(stream).await;
        }
        let length = head.header_text("content-length").unwrap_or_default();
        let length: u64 = length.parse().unwrap_or(0);
        let mut body = Vec::new();
        stream
            .take(length.min(LONGEST_BODY))
            .read_to_end(&mut body)
            .await?;
        Ok(Self(body))
    }
}

async fn read_chunks<S: AsyncRead + AsyncBufRead + Unpin>(stream: &mut S) -> Result<Body> {
    let mut budget = LONGEST_HEAD;
    let mut body = Vec::new();
    loop {
        let line = read_line(stream, &mut budget).await?.unwrap_or_default();
        let size = text(&line);
        let size = size.split(';').next().unwrap_or_default().trim();
        let size =
            u64::from_str_radix(size, 16).map_err(|error| Error::new(ErrorKind::InvalidData, error))?;
        if size > LONGEST_BODY {
            return Err(ErrorKind::InvalidData.into());
        }
        stream.take(size).read_to_end(&mut body).await?;
        // The line break after the chunk; after the last one, the trailers' empty line.
        read_line(stream, &mut budget).await?;
        if size == 0 {
            return Ok(Body(body));
        }
    }
}

/// A line without its end; `None` at the end of the connection.
async fn read_line(stream: &mut (impl AsyncBufRead + Unpin), budget: &mut u64) -> Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut limited = stream.take(*budget);
    let read = limited.read_until(b'\n', &mut line).await?;
    if read == 0 {
        return Ok(None);
    }
    *budget = budget.saturating_sub(u64::try_from(read).unwrap_or(u64::MAX));
    if line.pop() != Some(b'\n') {
        return Err(ErrorKind::InvalidData.into());
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(Some(line))
}

fn text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// The content type of TLS that a connection begins with.
const TLS_HANDSHAKE: u8 = 22;

const LONGEST_HEAD: u64 = 1024 * 1024;
const LONGEST_BODY: u64 = 16 * 1024 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    /// The first request of these bytes, its body, and what follows it.
    async fn read(mut bytes: &[u8]) -> (Head, Vec<u8>, Vec<u8>) {
        let head = Head::read(&mut bytes)
            .await
            .expect("a request")
            .expect("a request");
        let body = Body::read(&mut bytes, &head).await.expect("a body");
        (head, body.0, bytes.to_vec())
    }

    #[tokio::test]
    async fn a_request_is_read_up_to_the_next_one() {
        let bytes = b"pAtCh /s/a/0?x HTTP/1.1\r\nX-A: 1\r\nx-a:\xff\r\nContent-Length: 2\r\n\r\nokGET";
        let (head, body, rest) = read(bytes).await;
        assert_eq!(
            (head.method.as_str(), head.target.as_str()),
            ("pAtCh", "/s/a/0?x")
        );
        assert_eq!(head.header("x-a"), Some(b"1, \xff".to_vec()));
        assert_eq!(head.header("x-b"), None);
        assert_eq!((body.as_slice(), rest.as_slice()), (&b"ok"[..], &b"GET"[..]));
    }

    #[tokio::test]
    async fn chunks_are_put_together() {
        let bytes = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\nGET";
        let (_, body, rest) = read(bytes).await;
        assert_eq!((body.as_slice(), rest.as_slice()), (&b"abc"[..], &b"GET"[..]));
    }

    #[tokio::test]
    async fn the_end_of_a_connection_is_no_request() {
        assert_eq!(Head::read(&mut &b""[..]).await.expect("an end"), None);
        assert!(Head::read(&mut &b"GET / HTTP/1.1\r\nHost"[..]).await.is_err());
        assert!(Head::read(&mut &b"\x16\x03\x01"[..]).await.is_err());
    }
}
