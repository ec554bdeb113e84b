//! The host that a request asks for, in a form in which every spelling of it is the same: without
//! port and final dot, its case of no account. Nothing is allocated.

/// A host as a request names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RequestHost<'a>(&'a [u8]);

impl<'a> RequestHost<'a> {
    /// Take the port and the final dot off an authority. `None` when it is not a host that a URL can
    /// have: user information, a percent sign, a stray colon, an empty label.
    pub(crate) fn parse(authority: &'a [u8]) -> Option<Self> {
        let (host, port) = split_port(authority)?;
        if !port.iter().all(u8::is_ascii_digit) {
            return None;
        }
        match host {
            [b'[', address @ .., b']'] => address
                .iter()
                .all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
                .then_some(Self(host)),
            _ => {
                let host = host.strip_suffix(b".").unwrap_or(host);
                host.split(|&byte| byte == b'.')
                    .all(|label| !label.is_empty() && label.iter().all(|&byte| is_label_byte(byte)))
                    .then_some(Self(host))
            }
        }
    }

    /// Its bytes in lower case.
    pub(crate) fn bytes(self) -> impl Iterator<Item = u8> + Clone + 'a {
        self.0.iter().map(u8::to_ascii_lowercase)
    }

    /// The host without its first label.
    pub(crate) fn without_first_label(self) -> Option<Self> {
        if self.0.starts_with(b"[") {
            return None;
        }
        let dot = self.0.iter().position(|&byte| byte == b'.')?;
        self.0.get(dot + 1..).map(Self)
    }
}

/// Host, and the digits that stand after its colon.
pub(crate) fn split_port(authority: &[u8]) -> Option<(&[u8], &[u8])> {
    let host_length = match authority.first()? {
        b'[' => authority.iter().position(|&byte| byte == b']')? + 1,
        _ => authority
            .iter()
            .position(|&byte| byte == b':')
            .unwrap_or(authority.len()),
    };
    match authority.split_at_checked(host_length)? {
        (host, []) => Some((host, &[])),
        (host, [b':', port @ ..]) => Some((host, port)),
        _ => None,
    }
}

/// What names in DNS have, and `_`. A host of other bytes goes to no policy.
const fn is_label_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}
