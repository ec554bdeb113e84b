//! One end of a connection, without an HTTP library: what a test says is what is on the wire.

use std::future::Future;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// A connection's two directions.
pub(crate) struct Wire {
    pub(crate) reader: Reader,
    pub(crate) writer: Writer,
}

/// What comes in.
pub(crate) struct Reader {
    socket: OwnedReadHalf,
    buffer: Vec<u8>,
}

/// What goes out.
pub(crate) struct Writer(OwnedWriteHalf);

/// How long a body is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    None,
    Exactly(usize),
    Chunked,
    UntilEnd,
}

impl Wire {
    pub(crate) fn new(socket: TcpStream) -> Self {
        let (reader, writer) = socket.into_split();
        Self {
            reader: Reader {
                socket: reader,
                buffer: Vec::new(),
            },
            writer: Writer(writer),
        }
    }

    pub(crate) async fn send(&mut self, text: impl AsRef<[u8]>) {
        self.writer.send(text).await;
    }

    pub(crate) async fn head(&mut self) -> Vec<String> {
        self.reader.head().await
    }

    pub(crate) async fn body(&mut self, length: Length) -> String {
        self.reader.body(length).await
    }

    pub(crate) async fn exactly(&mut self, length: usize) -> String {
        self.reader.body(Length::Exactly(length)).await
    }

    /// A whole answer to a request that is not HEAD: head and body.
    pub(crate) async fn answer(&mut self) -> (Vec<String>, String) {
        let head = self.head().await;
        let body = self.body(Length::of_answer(&head)).await;
        (head, body)
    }

    /// The other end closes without a further byte.
    pub(crate) async fn ends(&mut self) -> bool {
        self.body(Length::UntilEnd).await.is_empty()
    }
}

impl Writer {
    pub(crate) async fn send(&mut self, text: impl AsRef<[u8]>) {
        self.0
            .write_all(text.as_ref())
            .await
            .expect("the other end reads");
    }

    /// Send, to an end that may stop reading.
    pub(crate) async fn send_what_is_read(&mut self, text: impl AsRef<[u8]>) {
        let _ = self.0.write_all(text.as_ref()).await;
    }

    /// Send until the other end takes no more for a while; gives how much that was.
    pub(crate) async fn send_until_full(&mut self, text: &[u8]) -> usize {
        let mut sent = 0;
        while let Ok(written) = tokio::time::timeout(A_WHILE, self.0.write(&text[sent..])).await {
            sent += written.expect("the other end is there");
        }
        sent
    }
}

impl Reader {
    /// The lines of a head. `Date` is there or not; what it says is the clock's.
    pub(crate) async fn head(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let line = self.line().await;
            if line.is_empty() {
                return lines;
            }
            let is_date = line.to_ascii_lowercase().starts_with("date:");
            lines.push(if is_date { "date: now".to_owned() } else { line });
        }
    }

    /// A body as it is on the wire: with the sizes of its chunks.
    pub(crate) async fn body(&mut self, length: Length) -> String {
        let bytes = match length {
            Length::None => Vec::new(),
            Length::Exactly(length) => {
                while self.buffer.len() < length {
                    assert!(self.more().await, "the connection ended inside the body");
                }
                self.buffer.drain(..length).collect()
            }
            Length::Chunked => {
                let mut text = String::new();
                while !text.ends_with("0\r\n\r\n") {
                    text += &self.line().await;
                    text += "\r\n";
                }
                text.into_bytes()
            }
            Length::UntilEnd => {
                while self.more().await {}
                std::mem::take(&mut self.buffer)
            }
        };
        String::from_utf8_lossy(&bytes).into_owned()
    }

    async fn line(&mut self) -> String {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\r\n") {
                let line = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
                self.buffer.drain(..end + 2);
                return line;
            }
            let so_far = String::from_utf8_lossy(&self.buffer).into_owned();
            assert!(
                self.more().await,
                "the connection ended inside a line: {so_far:?}"
            );
        }
    }

    /// `false` at the end; a reset is one.
    async fn more(&mut self) -> bool {
        within(self.socket.read_buf(&mut self.buffer))
            .await
            .is_ok_and(|read| read > 0)
    }
}

impl Length {
    pub(crate) fn of_request(head: &[String]) -> Self {
        Self::of(head).unwrap_or(Self::None)
    }

    pub(crate) fn of_answer(head: &[String]) -> Self {
        let status = head.first().and_then(|line| line.split(' ').nth(1));
        match status {
            Some("204" | "304") => Self::None,
            _ => Self::of(head).unwrap_or(Self::UntilEnd),
        }
    }

    fn of(head: &[String]) -> Option<Self> {
        head.iter().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            match name.to_ascii_lowercase().as_str() {
                "content-length" => value.parse().ok().map(Self::Exactly),
                "transfer-encoding" => Some(Self::Chunked),
                _ => None,
            }
        })
    }
}

/// A test that would wait for ever fails instead.
pub(crate) async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(LONGEST, future)
        .await
        .expect("it takes no 20 seconds")
}

const LONGEST: Duration = Duration::from_secs(20);

/// Long beside the time that bytes take through the gateway. A machine that is slower than that
/// can hide a fault, not invent one.
const A_WHILE: Duration = Duration::from_millis(200);
