//! Fields that are for one connection only, <https://httpwg.org/specs/rfc9110.html#field.connection>.

use http::HeaderMap;
use http::header::{CONNECTION, HeaderName, UPGRADE};

/// "Intermediaries MUST parse a received Connection header field before a message is forwarded
/// and, for each connection-option in this field, remove any header or trailer field(s) from the
/// message with the same name as the connection-option, and then remove the Connection header
/// field itself".
pub(crate) fn remove_hop_by_hop(headers: &mut HeaderMap) {
    if headers.contains_key(CONNECTION) {
        let named: Vec<HeaderName> = headers
            .get_all(CONNECTION)
            .iter()
            .flat_map(|value| options(value.as_bytes()))
            .filter(|option| !names_no_field(option))
            .filter_map(|option| HeaderName::from_bytes(option).ok())
            .collect();
        headers.remove(CONNECTION);
        for name in named {
            headers.remove(name);
        }
    }
    // "intermediaries SHOULD remove or replace fields that are known to require removal before
    // forwarding, whether or not they appear as a connection-option"
    while let Some(name) = headers.keys().find(|name| is_hop_by_hop(name)) {
        let name = name.clone();
        headers.remove(name);
    }
}

/// One look at each name that is there costs less than a search for each of these.
fn is_hop_by_hop(name: &HeaderName) -> bool {
    matches!(
        name.as_str(),
        "keep-alive" | "proxy-connection" | "te" | "transfer-encoding" | "upgrade"
    )
}

/// Whether the client asks to go on as WebSocket, the one upgrade that is passed on. `h2c` is
/// not: it would carry requests past the policy.
pub(crate) fn is_websocket_upgrade(headers: &HeaderMap) -> bool {
    let Some(upgrade) = headers.get(UPGRADE) else {
        return false;
    };
    upgrade.as_bytes().eq_ignore_ascii_case(b"websocket")
        && headers
            .get_all(CONNECTION)
            .iter()
            .flat_map(|value| options(value.as_bytes()))
            .any(|option| option.eq_ignore_ascii_case(b"upgrade"))
}

fn options(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|&byte| byte == b',').map(<[u8]>::trim_ascii)
}

fn names_no_field(option: &[u8]) -> bool {
    option.eq_ignore_ascii_case(b"close") || option.eq_ignore_ascii_case(b"keep-alive")
}
