//! The body of an HTTP/1 answer, <https://www.rfc-editor.org/rfc/rfc9112#section-6.3>.

use bytes::Bytes;

use crate::exchange::Protocol;
use crate::network::chunked::{Chunked, Piece};
use crate::network::http1::Connection;
use crate::network::incoming::BodyFailure;
use crate::network::pool::Lease;
use crate::network::response_head::ResponseHead;

/// A body on its way. Read to its end, it gives the connection back; dropped before, it closes it.
pub(crate) struct Http1Body {
    /// `None` once the body is over.
    connection: Option<Connection>,
    framing: Framing,
    /// Where the connection goes afterwards.
    lease: Option<Lease>,
}

#[derive(Debug)]
enum Framing {
    /// So many bytes are to come.
    Length(u64),
    Chunked(Chunked),
    UntilClose,
}

impl Http1Body {
    /// `lease` is where the connection may go after the body.
    pub(crate) fn new(
        connection: Connection,
        method: &[u8],
        head: &ResponseHead,
        lease: Option<Lease>,
    ) -> Self {
        let framing = Framing::of(method, head);
        let is_kept = !matches!(framing, Framing::UntilClose) && head.status != 101 && keeps_alive(head);
        let mut body = Self {
            connection: Some(connection),
            framing,
            lease: lease.filter(|_| is_kept),
        };
        if let Framing::Length(0) = body.framing {
            body.end();
        }
        body
    }

    /// The next bytes; `None` at the end.
    pub(crate) async fn data(&mut self) -> Result<Option<Bytes>, BodyFailure> {
        loop {
            let Some(connection) = &mut self.connection else {
                return Ok(None);
            };
            let received = &mut connection.received;
            match &mut self.framing {
                Framing::Length(left) if !received.is_empty() => {
                    let length =
                        usize::try_from(*left).map_or(received.len(), |left| left.min(received.len()));
                    *left = left.saturating_sub(length as u64);
                    let data = received.split_to(length).freeze();
                    if *left == 0 {
                        self.end();
                    }
                    return Ok(Some(data));
                }
                Framing::UntilClose if !received.is_empty() => {
                    return Ok(Some(received.split().freeze()));
                }
                Framing::Length(_) | Framing::UntilClose => {}
                Framing::Chunked(chunked) => match chunked.next(received) {
                    Piece::Data(data) => return Ok(Some(data)),
                    Piece::End => {
                        self.end();
                        return Ok(None);
                    }
                    Piece::Malformed(why) => return Err(self.fail(BodyFailure::Malformed(why))),
                    Piece::More => {}
                },
            }
            match connection.read().await {
                Ok(1..) => {}
                Ok(0) if matches!(self.framing, Framing::UntilClose) => self.end(),
                Ok(0) | Err(_) => return Err(self.fail(BodyFailure::BrokenOff)),
            }
        }
    }

    fn end(&mut self) {
        if let (Some(connection), Some(lease)) = (self.connection.take(), self.lease.take()) {
            lease.give_back(connection);
        }
    }

    fn fail(&mut self, failure: BodyFailure) -> BodyFailure {
        self.connection = None;
        failure
    }
}

impl Framing {
    fn of(method: &[u8], head: &ResponseHead) -> Self {
        if method == b"HEAD" || matches!(head.status, 101 | 204 | 304) {
            return Self::Length(0);
        }
        if let Some(codings) = head.headers.get("transfer-encoding") {
            return if codings.to_ascii_lowercase().ends_with(b"chunked") {
                Self::Chunked(Chunked::new())
            } else {
                Self::UntilClose
            };
        }
        // Several lines are read as browsers do when they agree: the first one. What is no number is
        // no length.
        let length = head
            .headers
            .lines("content-length")
            .next()
            .filter(|value| value.iter().all(u8::is_ascii_digit))
            .and_then(|value| std::str::from_utf8(value).ok())
            .and_then(|text| text.parse().ok());
        length.map_or(Self::UntilClose, Self::Length)
    }
}

/// Whether the connection persists, <https://www.rfc-editor.org/rfc/rfc9112#section-9.3>.
fn keeps_alive(head: &ResponseHead) -> bool {
    let says = |option: &str| {
        head.headers.lines("connection").any(|value| {
            value
                .split(|&byte| byte == b',')
                .any(|item| item.trim_ascii().eq_ignore_ascii_case(option.as_bytes()))
        })
    };
    match head.protocol {
        Protocol::Http10 => says("keep-alive"),
        _ => !says("close"),
    }
}
