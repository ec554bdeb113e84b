//! The HTTP half of opening a WebSocket, <https://www.rfc-editor.org/rfc/rfc6455#section-4.1>. What
//! comes after the handshake is not spoken: the connection closes.

use corsac_fetch::{HeaderList, NetworkFailure};

use crate::exchange::Failure;
use crate::network::response_head::ResponseHead;

/// What asks for the upgrade, in place of `Connection: keep-alive`.
pub(crate) fn append_handshake(headers: &mut HeaderList) {
    headers.append("Connection", "Upgrade");
    headers.append("Upgrade", "websocket");
    headers.append("Sec-WebSocket-Key", KEY);
    headers.append("Sec-WebSocket-Version", "13");
}

/// Whether this head may come in answer to what was asked.
pub(crate) fn check_upgrade(head: &ResponseHead, is_web_socket: bool) -> Result<(), Failure> {
    let refuse = |detail: &str| Err(Failure::new(NetworkFailure::Malformed, detail));
    if head.status != 101 {
        return Ok(());
    }
    if !is_web_socket {
        return refuse("the server switched protocols without being asked");
    }
    let says = |name: &str, expected: &str| {
        head.headers
            .get(name)
            .is_some_and(|value| value.eq_ignore_ascii_case(expected.as_bytes()))
    };
    if !says("upgrade", "websocket") || !names_upgrade(&head.headers) {
        return refuse("the server switched to another protocol than WebSocket");
    }
    if head.headers.get("sec-websocket-accept").as_deref() != Some(ACCEPT.as_bytes()) {
        return refuse("the server took the WebSocket with a wrong `Sec-WebSocket-Accept`");
    }
    Ok(())
}

fn names_upgrade(headers: &HeaderList) -> bool {
    headers.lines("connection").any(|value| {
        value
            .split(|&byte| byte == b',')
            .any(|item| item.trim_ascii().eq_ignore_ascii_case(b"upgrade"))
    })
}

/// DIFFERS: "The nonce MUST be selected randomly for each connection." It keeps a server, or a cache,
/// from answering without having read it; the one of the standard's own example makes equal checks
/// print equal reports.
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

/// What that key has to be answered with, by the same example.
const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
