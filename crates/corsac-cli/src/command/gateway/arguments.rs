//! Reading single arguments. Each error says what is wrong and, where it can, what was meant.

use std::net::{SocketAddr, ToSocketAddrs as _};
use std::num::NonZeroUsize;
use std::time::Duration;

use corsac_gateway::{Upstream, UpstreamError};
use url::Url;

/// The API's scheme, host and port.
pub(super) fn upstream(text: &str) -> Result<Upstream, String> {
    text.parse().map_err(|error: UpstreamError| match meant(text) {
        Some(meant) => format!("{error}; did you mean `{meant}`?"),
        None => error.to_string(),
    })
}

/// The text without what an upstream cannot have, and with the scheme that was left out.
fn meant(text: &str) -> Option<Upstream> {
    let has_scheme = text.contains("://");
    let url = if has_scheme {
        Url::parse(text)
    } else {
        Url::parse(&format!("http://{text}"))
    };
    let mut url = url.ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    url.set_path("/");
    url.set_query(None);
    url.set_fragment(None);
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    url.as_str().parse().ok()
}

/// An address and port; a name stands for its first address.
pub(super) fn listen(text: &str) -> Result<SocketAddr, String> {
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    if text.trim_start_matches(':').parse::<u16>().is_ok() {
        let port = text.trim_start_matches(':');
        return Err(format!(
            "an address is missing; did you mean `127.0.0.1:{port}`, or `0.0.0.0:{port}` for every network?"
        ));
    }
    if let Some((_, rest)) = text.split_once("://") {
        let address = rest.trim_end_matches('/');
        return Err(format!(
            "an address and port, not a URL; did you mean `{address}`?"
        ));
    }
    text.to_socket_addrs()
        .map_err(|_| "not an address and port, as in 127.0.0.1:8080".to_owned())?
        .next()
        .ok_or_else(|| "the name has no address".to_owned())
}

/// Whether requests would come back to the gateway that sends them, and so on without end.
pub(super) fn is_the_gateway_itself(upstream: &Upstream, listen: SocketAddr) -> bool {
    let Ok(url) = Url::parse(&upstream.to_string()) else {
        return false;
    };
    let ours = listen.ip();
    let same_host = match url.host() {
        Some(url::Host::Domain(name)) => {
            (name == "localhost" || name.ends_with(".localhost"))
                && (ours.is_loopback() || ours.is_unspecified())
        }
        Some(url::Host::Ipv4(theirs)) => ours == theirs || ours.is_unspecified() && theirs.is_loopback(),
        Some(url::Host::Ipv6(theirs)) => ours == theirs || ours.is_unspecified() && theirs.is_loopback(),
        None => false,
    };
    same_host && listen.port() != 0 && url.port_or_known_default() == Some(listen.port())
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

#[cfg(test)]
mod tests {
    use super::{is_the_gateway_itself, listen, seconds, upstream, workers};

    #[test]
    fn upstreams_are_scheme_host_and_port() {
        assert_eq!(
            upstream("http://127.0.0.1:8000").unwrap().to_string(),
            "http://127.0.0.1:8000"
        );
        for (text, meant) in [
            ("localhost:8000", "http://localhost:8000"),
            ("127.0.0.1:8000", "http://127.0.0.1:8000"),
            ("api.example", "http://api.example"),
            ("http://127.0.0.1:8000/api?x#y", "http://127.0.0.1:8000"),
            ("https://user:word@api.example", "https://api.example"),
        ] {
            let error = upstream(text).unwrap_err();
            assert!(
                error.ends_with(&format!("did you mean `{meant}`?")),
                "{text}: {error}"
            );
        }
        for text in ["", "http://", "ftp://api.example", "http://a:99999", "not a url"] {
            let error = upstream(text).unwrap_err();
            assert!(!error.contains("did you mean"), "{text}: {error}");
        }
    }

    #[test]
    fn addresses_without_a_part_get_what_was_meant() {
        assert_eq!(listen("127.0.0.1:0").unwrap().to_string(), "127.0.0.1:0");
        assert_eq!(listen("[::1]:80").unwrap().to_string(), "[::1]:80");
        for (text, meant) in [
            ("8080", "127.0.0.1:8080"),
            (":8080", "127.0.0.1:8080"),
            ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ] {
            let error = listen(text).unwrap_err();
            assert!(
                error.contains(&format!("did you mean `{meant}`")),
                "{text}: {error}"
            );
        }
        for text in ["", "127.0.0.1", "127.0.0.1:99999", "1.2.3.4.5:1"] {
            assert!(listen(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_gateway_is_not_its_own_upstream() {
        for (theirs, ours, same) in [
            ("http://127.0.0.1:8080", "127.0.0.1:8080", true),
            ("http://localhost:8080", "127.0.0.1:8080", true),
            ("http://localhost:8080", "[::1]:8080", true),
            ("http://127.0.0.1:8080", "0.0.0.0:8080", true),
            ("http://[::1]:8080", "[::]:8080", true),
            ("http://localhost", "127.0.0.1:80", true),
            ("http://127.0.0.1:8000", "127.0.0.1:8080", false),
            ("http://127.0.0.2:8080", "127.0.0.1:8080", false),
            ("http://api.example:8080", "127.0.0.1:8080", false),
            ("http://127.0.0.1:8080", "127.0.0.1:0", false),
        ] {
            assert_eq!(
                is_the_gateway_itself(&upstream(theirs).unwrap(), listen(ours).unwrap()),
                same,
                "{theirs} behind {ours}"
            );
        }
    }

    #[test]
    fn numbers_have_bounds() {
        assert!(seconds("60").is_ok() && workers("4").is_ok());
        for text in ["0", "-1", "x", "100000"] {
            assert!(seconds(text).is_err(), "{text}");
            assert!(workers(text).is_err(), "{text}");
        }
    }
}
