//! The API behind the gateway: where it is and how to speak to it.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use http::HeaderValue;
use url::{Host, Url};

/// The server that requests are passed to: scheme, host and port, nothing else.
///
/// ```
/// use corsac_gateway::{Upstream, UpstreamError};
///
/// assert_eq!("http://127.0.0.1:8000".parse::<Upstream>()?.to_string(), "http://127.0.0.1:8000");
/// // Policies name paths, so the gateway never changes one.
/// assert!("http://127.0.0.1:8000/api".parse::<Upstream>().is_err());
/// # Ok::<(), UpstreamError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream {
    scheme: Scheme,
    host: UpstreamHost,
    port: u16,
    authority: HeaderValue,
}

/// With or without TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Http,
    Https,
}

/// What to connect to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UpstreamHost {
    Name(String),
    Address(IpAddr),
}

/// Why a text is not the URL of an upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UpstreamError {
    /// Not an absolute URL; the parser's words.
    NotAUrl(&'static str),
    /// The scheme is not `http` or `https`.
    SchemeNotHttp,
    /// User name or password.
    UserInfo,
    /// A path besides `/`, a query or a fragment.
    Path,
}

impl Upstream {
    pub(crate) fn scheme(&self) -> Scheme {
        self.scheme
    }

    pub(crate) fn is_https(&self) -> bool {
        self.scheme == Scheme::Https
    }

    pub(crate) fn host(&self) -> &UpstreamHost {
        &self.host
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The value of `Host` that names this server.
    pub(crate) fn authority(&self) -> &HeaderValue {
        &self.authority
    }
}

impl FromStr for Upstream {
    type Err = UpstreamError;

    fn from_str(text: &str) -> Result<Self, UpstreamError> {
        let url = Url::parse(text).map_err(|error| UpstreamError::NotAUrl(parse_error_text(error)))?;
        let scheme = match url.scheme() {
            "http" => Scheme::Http,
            "https" => Scheme::Https,
            _ => return Err(UpstreamError::SchemeNotHttp),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UpstreamError::UserInfo);
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(UpstreamError::Path);
        }
        let (Some(host), Some(host_text), Some(port)) =
            (url.host(), url.host_str(), url.port_or_known_default())
        else {
            return Err(UpstreamError::NotAUrl("there is no host"));
        };
        let authority = match url.port() {
            Some(port) => format!("{host_text}:{port}"),
            None => host_text.to_owned(),
        };
        Ok(Self {
            scheme,
            authority: HeaderValue::from_str(&authority)
                .map_err(|_| UpstreamError::NotAUrl("the host does not fit in a header"))?,
            host: match host {
                Host::Domain(name) => UpstreamHost::Name(name.to_owned()),
                Host::Ipv4(address) => UpstreamHost::Address(address.into()),
                Host::Ipv6(address) => UpstreamHost::Address(address.into()),
            },
            port,
        })
    }
}

impl fmt::Display for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.scheme {
            Scheme::Http => "http://",
            Scheme::Https => "https://",
        })?;
        f.write_str(self.authority.to_str().unwrap_or_default())
    }
}

impl fmt::Display for UpstreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAUrl(reason) => reason,
            Self::SchemeNotHttp => "the scheme is not http or https",
            Self::UserInfo => "it has a user name or password, which the gateway does not send",
            Self::Path => "it has a path or query; the gateway passes paths on unchanged",
        })
    }
}

impl std::error::Error for UpstreamError {}

fn parse_error_text(error: url::ParseError) -> &'static str {
    use url::ParseError as E;
    match error {
        E::EmptyHost => "there is no host",
        E::InvalidPort => "the port is not a number from 0 to 65535",
        E::RelativeUrlWithoutBase => "there is no `http://` or `https://` in front",
        E::InvalidIpv4Address => "the IPv4 address is not valid",
        E::InvalidIpv6Address => "the IPv6 address is not valid",
        _ => "the host is not valid",
    }
}
