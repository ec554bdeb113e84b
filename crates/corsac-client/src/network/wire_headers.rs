//! The headers that the transport owes a request: `Host`, `Content-Length`, `User-Agent`,
//! `Accept-Encoding`, `Accept-Language`, `Cookie`. All others come from the state machine and are
//! written as they are: order, case and repetition.
//!
//! Client hints (`Sec-CH-UA-*`) are not sent.

use corsac_fetch::{HeaderList, HttpRequest, UserAgent};
use url::Url;

use crate::network::web_socket::append_handshake;

/// The header list to write, in the order that browsers use.
pub(crate) fn wire_headers(
    request: &HttpRequest,
    user_agent: UserAgent,
    cookies: Option<Vec<u8>>,
    framing: Framing,
) -> HeaderList {
    let mut headers = HeaderList::new();
    if framing != Framing::Http2 {
        headers.append("Host", host(&request.url));
    }
    match framing {
        Framing::Http1 => headers.append("Connection", "keep-alive"),
        Framing::WebSocket => append_handshake(&mut headers),
        Framing::Http2 => {}
    }
    if let Some(length) = content_length(request) {
        headers.append("Content-Length", length.to_string());
    }
    let identity = identity(user_agent);
    let add_missing = |name: &str, value: &str, list: &mut HeaderList| {
        if !request.headers.contains(name) {
            list.append(name, value);
        }
    };
    add_missing("User-Agent", identity.user_agent, &mut headers);
    for (name, value) in request.headers.iter() {
        headers.append(name, value);
    }
    add_missing("Accept-Encoding", accept_encoding(&request.url), &mut headers);
    add_missing("Accept-Language", identity.accept_language, &mut headers);
    if let Some(cookies) = cookies {
        headers.append("Cookie", cookies);
    }
    headers
}

/// How requests are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    Http1,
    Http2,
    /// HTTP/1.1, and then something else.
    WebSocket,
}

/// The value of `Host`: the port only when it is not the scheme's default.
fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>
fn content_length(request: &HttpRequest) -> Option<usize> {
    match &request.body {
        Some(body) => Some(body.len()),
        // "If httpRequest's body is null and httpRequest's method is `POST` or `PUT`, then set
        // contentLength to 0."
        None if matches!(request.method.as_slice(), b"POST" | b"PUT") => Some(0),
        None => None,
    }
}

/// Browsers offer brotli and zstd only where the connection cannot be tampered with.
fn accept_encoding(url: &Url) -> &'static str {
    if corsac::trustworthy::is_origin_potentially_trustworthy(&corsac::Origin::of_url(url)) {
        "gzip, deflate, br, zstd"
    } else {
        "gzip, deflate"
    }
}

struct Identity {
    user_agent: &'static str,
    accept_language: &'static str,
}

/// What each browser says of itself, in the versions that the profiles model.
fn identity(user_agent: UserAgent) -> Identity {
    match user_agent {
        UserAgent::Standard => Identity {
            user_agent: concat!("corsac/", env!("CARGO_PKG_VERSION")),
            accept_language: "en-US,en;q=0.9",
        },
        UserAgent::Chromium => Identity {
            user_agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
            accept_language: "en-US,en;q=0.9",
        },
        UserAgent::Firefox => Identity {
            user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
            accept_language: "en-US,en;q=0.5",
        },
        UserAgent::WebKit => Identity {
            user_agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
            accept_language: "en-US,en;q=0.9",
        },
    }
}
