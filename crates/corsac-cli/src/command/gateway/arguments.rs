//! Reading single arguments.

use std::net::{SocketAddr, ToSocketAddrs as _};
use std::num::NonZeroUsize;
use std::time::Duration;

use corsac::MaxAge;

/// An address and port; a name stands for its first address.
pub(super) fn listen(text: &str) -> Result<SocketAddr, String> {
    text.to_socket_addrs()
        .map_err(|_| "not an address and port, as in 127.0.0.1:8080".to_owned())?
        .next()
        .ok_or_else(|| "the name has no address".to_owned())
}

pub(super) fn max_age(text: &str) -> Result<MaxAge, String> {
    corsac_wire::policy_file::parse_max_age(text)
        .map_err(|problem| format!("it {problem}; write `off`, or a number with s, m, h or d, as in `2h`"))
}

pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse::<u32>() {
        Ok(seconds @ 1..=86_400) => Ok(Duration::from_secs(seconds.into())),
        _ => Err("not a number of seconds from 1 to 86400".to_owned()),
    }
}

pub(super) fn workers(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .ok()
        .filter(|workers: &NonZeroUsize| workers.get() <= MAX_WORKERS)
        .ok_or_else(|| format!("not a number from 1 to {MAX_WORKERS}"))
}

const MAX_WORKERS: usize = 256;
