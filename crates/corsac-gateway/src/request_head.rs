//! The head of a request: what is refused, and what the upstream gets.

use std::net::IpAddr;

use http::header::{CONNECTION, COOKIE, EXPECT, FORWARDED, HOST, HeaderName, TRANSFER_ENCODING, UPGRADE};
use http::request::Parts;
use http::uri::{Authority, PathAndQuery};
use http::{HeaderMap, HeaderValue, Method, Uri, Version};

use crate::config::HostHeader;
use crate::failure::Failure;
use crate::hop_by_hop::{is_websocket_upgrade, remove_hop_by_hop};
use crate::upstream::Upstream;

/// A request head that may be passed on.
pub(crate) struct CheckedHead {
    host: Option<HeaderValue>,
}

/// Refuse what no upstream should get.
pub(crate) fn check_head(parts: &Parts, framing_conflict: bool) -> Result<CheckedHead, Failure> {
    if head_bytes(parts) > MAX_REQUEST_HEAD_BYTES {
        return Err(Failure::RequestHeadTooLarge);
    }
    // "A server MAY reject a request that contains both Content-Length and Transfer-Encoding"
    if framing_conflict && parts.headers.contains_key(TRANSFER_ENCODING) {
        return Err(Failure::AmbiguousFraming);
    }
    if parts.method == Method::CONNECT {
        return Err(Failure::Connect);
    }
    Ok(CheckedHead { host: host(parts)? })
}

/// Make of a client's head the one that the upstream gets. `true`: it asks to go on as WebSocket.
pub(crate) fn prepare_head(
    parts: &mut Parts,
    checked: CheckedHead,
    client: &ClientAddress,
    upstream: &Upstream,
    host_header: HostHeader,
) -> bool {
    let headers = &mut parts.headers;
    let websocket = parts.version == Version::HTTP_11 && is_websocket_upgrade(headers);
    remove_hop_by_hop(headers);
    if websocket {
        headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    }
    // hyper answers `100-continue` itself, as soon as the upstream takes the body.
    headers.remove(EXPECT);
    if parts.version == Version::HTTP_2 {
        join_cookies(headers);
    }
    add_forwarded(headers, client, checked.host.as_ref());
    match (host_header, checked.host) {
        (HostHeader::Client, Some(host)) => headers.insert(HOST, host),
        (HostHeader::Client, None) | (HostHeader::Upstream, _) => {
            headers.insert(HOST, upstream.authority().clone())
        }
    };
    parts.version = Version::HTTP_11;
    if parts.uri.authority().is_some() {
        parts.uri = origin_form(&parts.uri);
    }
    websocket
}

/// A client's address as header text, made once for each connection.
pub(crate) struct ClientAddress(HeaderValue);

impl ClientAddress {
    pub(crate) fn new(address: IpAddr) -> Self {
        let address = address.to_canonical().to_string();
        Self(HeaderValue::try_from(address).unwrap_or_else(|_| HeaderValue::from_static("unknown")))
    }
}

fn head_bytes(parts: &Parts) -> usize {
    let target = parts
        .uri
        .path_and_query()
        .map_or(0, |target| target.as_str().len());
    parts.headers.iter().fold(target, |sum, (name, value)| {
        sum.saturating_add(name.as_str().len() + value.len())
    })
}

/// The host that the client asked for.
///
/// "When an origin server receives a request with an absolute-form of request-target, the origin
/// server MUST ignore the received Host header field (if any) and instead use the host information
/// of the request-target." HTTP/2's `:authority` is such a target.
/// <https://httpwg.org/specs/rfc9112.html#absolute-form>
fn host(parts: &Parts) -> Result<Option<HeaderValue>, Failure> {
    if let Some(authority) = parts.uri.authority() {
        let host = HeaderValue::from_str(authority.as_str()).map_err(|_| Failure::BadHost)?;
        return checked_host(&host).map(|()| Some(host));
    }
    let mut lines = parts.headers.get_all(HOST).iter();
    match (lines.next(), lines.next()) {
        (Some(host), None) => checked_host(host).map(|()| Some(host.clone())),
        // "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request
        // message that lacks a Host header field and to any request message that contains more
        // than one Host header field line or a Host header field with an invalid field value."
        // <https://httpwg.org/specs/rfc9112.html#request.target>
        (None, _) if parts.version == Version::HTTP_10 => Ok(None),
        _ => Err(Failure::BadHost),
    }
}

fn checked_host(host: &HeaderValue) -> Result<(), Failure> {
    if is_plain_host(host.as_bytes()) {
        return Ok(());
    }
    // `uri-host [ ":" port ]`: an authority without user info.
    let authority = Authority::try_from(host.as_bytes()).map_err(|_| Failure::BadHost)?;
    if host.as_bytes().contains(&b'@') || authority.host().is_empty() || bad_port(&authority) {
        return Err(Failure::BadHost);
    }
    Ok(())
}

/// A name or IPv4 address with a port or without, as nearly every host is: told without parsing.
fn is_plain_host(host: &[u8]) -> bool {
    let colon = host.iter().position(|&byte| byte == b':').unwrap_or(host.len());
    let (name, port) = host.split_at(colon);
    !name.is_empty()
        && name
            .iter()
            .all(|&byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
        && is_port(port)
}

/// Nothing, a colon, or a colon and a port.
fn is_port(port: &[u8]) -> bool {
    let digits = port.get(1..).unwrap_or_default();
    digits.len() <= 5
        && digits.iter().all(u8::is_ascii_digit)
        // As many digits compare like numbers; fewer are always small enough.
        && (digits.len() < 5 || digits <= b"65535".as_slice())
}

/// `example.com:` has an empty port, which the grammar allows.
fn bad_port(authority: &Authority) -> bool {
    let rest = authority
        .as_str()
        .get(authority.host().len()..)
        .unwrap_or_default();
    !(matches!(rest, "" | ":") || authority.port_u16().is_some())
}

/// "the Cookie header field MUST be concatenated into a single octet string using the two-octet
/// delimiter of 0x3b, 0x20" <https://httpwg.org/specs/rfc9113.html#CompressCookie>
fn join_cookies(headers: &mut HeaderMap) {
    if headers.get_all(COOKIE).iter().nth(1).is_none() {
        return;
    }
    let crumbs: Vec<&[u8]> = headers
        .get_all(COOKIE)
        .iter()
        .map(HeaderValue::as_bytes)
        .collect();
    if let Ok(cookies) = HeaderValue::from_bytes(&crumbs.join(b"; ".as_slice())) {
        headers.insert(COOKIE, cookies);
    }
}

/// Tell the upstream whom it speaks to. What a client said of itself is kept in front in
/// `X-Forwarded-For`, where an upstream expects it, and replaced elsewhere.
fn add_forwarded(headers: &mut HeaderMap, client: &ClientAddress, host: Option<&HeaderValue>) {
    let ClientAddress(address) = client;
    let chain = forwarded_chain(headers, address).unwrap_or_else(|| address.clone());
    headers.insert(X_FORWARDED_FOR, chain);
    headers.insert(X_FORWARDED_PROTO, HeaderValue::from_static("http"));
    match host {
        Some(host) => headers.insert(X_FORWARDED_HOST, host.clone()),
        None => headers.remove(X_FORWARDED_HOST),
    };
    headers.remove(FORWARDED);
}

fn forwarded_chain(headers: &HeaderMap, address: &HeaderValue) -> Option<HeaderValue> {
    let mut chain = Vec::new();
    for line in headers.get_all(X_FORWARDED_FOR) {
        chain.extend_from_slice(line.as_bytes());
        chain.extend_from_slice(b", ");
    }
    if chain.is_empty() {
        return None;
    }
    chain.extend_from_slice(address.as_bytes());
    HeaderValue::from_bytes(&chain).ok()
}

fn origin_form(uri: &Uri) -> Uri {
    let target = uri.path_and_query().cloned();
    Uri::from(target.unwrap_or_else(|| PathAndQuery::from_static("/")))
}

/// Names, values and request target together. Larger heads up to what hyper reads get the
/// gateway's own answer; beyond that hyper answers 431 by itself.
const MAX_REQUEST_HEAD_BYTES: usize = 32 * 1024;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
pub(crate) const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
