//! Name resolution and connecting, both address families in parallel (a plain form of
//! <https://www.rfc-editor.org/rfc/rfc8305>).

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use corsac_fetch::NetworkFailure;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use url::Host;

use crate::exchange::Failure;

/// A TCP connection to the host, from whichever of its addresses answers first.
pub(crate) async fn connect(host: Host<&str>, port: u16) -> Result<TcpStream, Failure> {
    connect_to(interleave(&resolve(host, port).await?)).await
}

/// A TCP connection to whichever of these addresses answers first.
pub(crate) async fn connect_to(addresses: Vec<SocketAddr>) -> Result<TcpStream, Failure> {
    let mut waiting = addresses.iter().copied();
    let mut attempts = JoinSet::new();
    let mut refusals = Vec::new();
    loop {
        let next = waiting.next();
        if let Some(address) = next {
            attempts.spawn(async move { (address, TcpStream::connect(address).await) });
        }
        let ended = if next.is_some() && waiting.len() > 0 {
            match tokio::time::timeout(HEAD_START, attempts.join_next()).await {
                Ok(ended) => ended,
                Err(_elapsed) => continue,
            }
        } else {
            attempts.join_next().await
        };
        match ended {
            Some(Ok((_, Ok(stream)))) => {
                // Requests are written at once; waiting to fill a packet would only delay them.
                let _ = stream.set_nodelay(true);
                return Ok(stream);
            }
            Some(Ok((address, Err(error)))) => refusals.push((address, error)),
            Some(Err(_cancelled)) => {}
            None if waiting.len() == 0 => return Err(refused(&refusals)),
            None => {}
        }
    }
}

async fn resolve(host: Host<&str>, port: u16) -> Result<Vec<SocketAddr>, Failure> {
    let addresses: Vec<IpAddr> = match host {
        Host::Ipv4(address) => vec![address.into()],
        Host::Ipv6(address) => vec![address.into()],
        // Browsers do not ask the resolver for these:
        // <https://www.rfc-editor.org/rfc/rfc6761#section-6.3>.
        Host::Domain(name) if is_localhost(name) => {
            vec![Ipv6Addr::LOCALHOST.into(), Ipv4Addr::LOCALHOST.into()]
        }
        Host::Domain(name) => tokio::net::lookup_host((name, port))
            .await
            .map_err(|error| unresolved(name, &error.to_string()))?
            .map(|address| address.ip())
            .collect(),
    };
    if addresses.is_empty() {
        return Err(unresolved(&host.to_string(), "it has no address"));
    }
    Ok(addresses
        .into_iter()
        .map(|address| SocketAddr::new(address, port))
        .collect())
}

fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}

/// The families in turn, beginning with the one the resolver put first.
fn interleave(addresses: &[SocketAddr]) -> Vec<SocketAddr> {
    let first_is_ipv6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (mut first, mut second): (Vec<_>, Vec<_>) = addresses
        .iter()
        .copied()
        .partition(|address| address.is_ipv6() == first_is_ipv6);
    first.truncate(MAX_ADDRESSES_PER_FAMILY);
    second.truncate(MAX_ADDRESSES_PER_FAMILY);
    let mut second = second.into_iter();
    let mut interleaved = Vec::new();
    for address in first {
        interleaved.push(address);
        interleaved.extend(second.next());
    }
    interleaved.extend(second);
    interleaved
}

fn unresolved(name: &str, why: &str) -> Failure {
    Failure::new(NetworkFailure::Dns, format!("`{name}` does not resolve: {why}"))
}

fn refused(refusals: &[(SocketAddr, io::Error)]) -> Failure {
    let timed_out = refusals
        .iter()
        .all(|(_, error)| error.kind() == io::ErrorKind::TimedOut);
    let attempts: Vec<String> = refusals
        .iter()
        .map(|(address, error)| format!("{address}: {}", error.kind()))
        .collect();
    Failure::new(
        if timed_out {
            NetworkFailure::Timeout
        } else {
            NetworkFailure::Connect
        },
        format!("cannot connect ({})", attempts.join(", ")),
    )
}

/// How long one attempt may go on before the next address is tried beside it.
const HEAD_START: Duration = Duration::from_millis(250);

/// A name with hundreds of addresses is not tried through.
const MAX_ADDRESSES_PER_FAMILY: usize = 4;

#[cfg(test)]
mod tests {
    use super::{interleave, is_localhost};

    #[test]
    fn families_take_turns_beginning_with_the_first() {
        let addresses = ["[::1]:1", "[::2]:1", "[::3]:1", "127.0.0.1:1"].map(|text| text.parse().unwrap());
        let order: Vec<String> = interleave(&addresses).iter().map(ToString::to_string).collect();
        assert_eq!(order, ["[::1]:1", "127.0.0.1:1", "[::2]:1", "[::3]:1"]);
    }

    #[test]
    fn localhost_and_its_subdomains_stay_on_this_machine() {
        for name in ["localhost", "localhost.", "app.localhost"] {
            assert!(is_localhost(name), "{name}");
        }
        for name in ["notlocalhost", "localhost.example", "localhost.."] {
            assert!(!is_localhost(name), "{name}");
        }
    }
}
