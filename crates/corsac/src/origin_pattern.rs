//! Origin patterns as a policy lists them: an exact origin, sub-domains, any port.
//!
//! An exact origin must be what a URL serialises to, for that is what browsers send. For the five
//! schemes that the URL standard gives origins to, the URL parser is the judge. Other schemes
//! (`chrome-extension://…`, `capacitor://localhost`) are accepted when written in the plain form
//! that browsers send: they are compared byte by byte and have no wildcards.

use alloc::format;
use alloc::string::{String, ToString};

use url::{Host, Url};

use crate::cors_request::MAX_ORIGIN_BYTES;
use crate::origin::Origin;
use crate::policy_error_reason::PolicyErrorReason;
#[cfg(feature = "public-suffix")]
use crate::site::is_public_suffix;
use crate::trustworthy::{is_loopback_domain, is_origin_potentially_trustworthy};

/// A pattern, parsed. It borrows the text it was written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OriginPattern<'a> {
    pub(crate) scheme: &'a str,
    pub(crate) host: HostPattern<'a>,
    pub(crate) port: PortPattern,
}

/// Which hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HostPattern<'a> {
    /// This one.
    Exact(&'a str),
    /// One or more labels before this domain: `*.`.
    Subdomains(&'a str),
    /// Exactly one label before this domain: `{label}.`.
    OneLabel(&'a str),
}

/// Which ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PortPattern {
    /// The scheme's default, which is not written.
    Default,
    /// This one.
    Number(u16),
    /// Every port, the default too: `:*`.
    Any,
}

impl<'a> OriginPattern<'a> {
    /// Parse a pattern as written.
    pub(crate) fn parse(text: &'a str) -> Result<Self, PolicyErrorReason> {
        let pattern = Self::split(text)?;
        if !pattern.is_plain() {
            pattern.check_host()?;
        }
        Ok(pattern)
    }

    /// Whether the URL parser would give the text back as it is, by its grammar alone: `http` or `https`,
    /// a host of short labels of lower-case letters, digits and inner hyphens, the last one of letters.
    ///
    /// Most entries are; asking the parser about each takes longer than all else.
    fn is_plain(&self) -> bool {
        let (HostPattern::Exact(host) | HostPattern::Subdomains(host) | HostPattern::OneLabel(host)) =
            self.host;
        let is_plain_label = |label: &str| {
            (1..=MAX_LABEL_BYTES).contains(&label.len())
                && !label.starts_with("xn--")
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        matches!(self.scheme, "http" | "https")
            && host.len() <= MAX_PLAIN_HOST_BYTES
            && host
                .rsplit('.')
                .next()
                .is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_lowercase()))
            && host.split('.').all(is_plain_label)
    }

    /// Take a pattern apart without asking the URL parser about its host.
    pub(crate) fn split(text: &'a str) -> Result<Self, PolicyErrorReason> {
        use PolicyErrorReason as Reason;
        match text {
            "" => return Err(Reason::OriginEmpty),
            "*" => return Err(Reason::OriginAnyInList),
            "null" => return Err(Reason::OriginNull),
            _ if text.len() > MAX_ORIGIN_BYTES => return Err(Reason::OriginTooLong),
            _ if has_forbidden_character(text) => return Err(Reason::OriginForbiddenCharacter),
            _ => {}
        }
        let (scheme, rest) = text.split_once("://").ok_or(Reason::OriginSchemeMissing)?;
        check_scheme(scheme)?;
        check_authority(rest)?;
        let (host, port) = split_port(rest);
        Ok(Self {
            scheme,
            host: HostPattern::parse(host)?,
            port: PortPattern::parse(port, scheme)?,
        })
    }

    /// Whether it stands for exactly one origin.
    pub(crate) fn is_exact(&self) -> bool {
        matches!(self.host, HostPattern::Exact(_)) && self.port != PortPattern::Any
    }

    /// Whether somebody on the network path can pose as one of its origins.
    ///
    /// Schemes without origins in the URL standard are the user agent's own (extensions, apps):
    /// they do not come over a network.
    pub(crate) fn is_insecure(&self) -> bool {
        if !has_url_origin(self.scheme) || self.scheme == "https" {
            return false;
        }
        match self.host {
            HostPattern::Exact(_) => !Url::parse(&self.sample())
                .is_ok_and(|url| is_origin_potentially_trustworthy(&Origin::of_url(&url))),
            HostPattern::Subdomains(base) | HostPattern::OneLabel(base) => !is_loopback_domain(base),
        }
    }

    /// Whether its wildcard stands for names that anyone can register.
    pub(crate) fn covers_public_suffix(&self) -> bool {
        match self.host {
            HostPattern::Exact(_) => false,
            HostPattern::Subdomains(base) | HostPattern::OneLabel(base) => {
                let domain = base.strip_suffix('.').unwrap_or(base);
                is_public_suffix(domain) && !is_loopback_domain(domain)
            }
        }
    }

    /// Check that the URL parser accepts the host and writes it the same way.
    fn check_host(&self) -> Result<(), PolicyErrorReason> {
        let wildcard_base = match self.host {
            HostPattern::Exact(_) => None,
            HostPattern::Subdomains(base) | HostPattern::OneLabel(base) => Some(base),
        };
        if (wildcard_base.is_some() || self.port == PortPattern::Any)
            && !matches!(self.scheme, "http" | "https")
        {
            return Err(PolicyErrorReason::OriginWildcardScheme);
        }
        match wildcard_base.map(Host::parse) {
            None | Some(Ok(Host::Domain(_))) => {}
            Some(Ok(_)) => return Err(PolicyErrorReason::OriginWildcardOverAddress),
            Some(Err(_)) => return Err(PolicyErrorReason::OriginHostInvalid),
        }
        if !has_url_origin(self.scheme) {
            let HostPattern::Exact(host) = self.host else {
                return Err(PolicyErrorReason::OriginWildcardScheme);
            };
            return if !host.is_empty() && host.bytes().all(is_plain_host_byte) {
                Ok(())
            } else {
                Err(PolicyErrorReason::OriginHostInvalid)
            };
        }
        let sample = self.sample();
        match Url::parse(&sample).map(|url| Origin::of_url(&url)) {
            Ok(Origin::Tuple(tuple)) if tuple.to_string() == sample => self.check_labels(),
            Ok(Origin::Tuple(_)) => Err(PolicyErrorReason::OriginHostNotSerialized),
            _ => Err(PolicyErrorReason::OriginHostInvalid),
        }
    }

    /// Check that the host is a name that can be looked up, which is less than what a URL can have.
    fn check_labels(&self) -> Result<(), PolicyErrorReason> {
        let (HostPattern::Exact(host) | HostPattern::Subdomains(host) | HostPattern::OneLabel(host)) =
            self.host;
        if host.starts_with('[') {
            return Ok(());
        }
        let name = host.strip_suffix('.').unwrap_or(host);
        let is_label_byte =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
        if name.split('.').any(str::is_empty) {
            Err(PolicyErrorReason::OriginLabelEmpty)
        } else if !name.bytes().all(|byte| byte == b'.' || is_label_byte(byte)) {
            Err(PolicyErrorReason::OriginHostCharacter)
        } else if name.len() > MAX_NAME_BYTES || name.split('.').any(|label| label.len() > MAX_LABEL_BYTES) {
            Err(PolicyErrorReason::OriginHostTooLong)
        } else {
            Ok(())
        }
    }

    /// One of the origins that it stands for, as text.
    fn sample(&self) -> String {
        let mut sample = match self.host {
            HostPattern::Exact(host) => format!("{}://{host}", self.scheme),
            HostPattern::Subdomains(base) | HostPattern::OneLabel(base) => {
                format!("{}://a.{base}", self.scheme)
            }
        };
        if let PortPattern::Number(port) = self.port {
            sample.push(':');
            sample.push_str(&port.to_string());
        }
        sample
    }
}

impl<'a> HostPattern<'a> {
    fn parse(host: &'a str) -> Result<Self, PolicyErrorReason> {
        let pattern = match (host.strip_prefix("*."), host.strip_prefix("{label}.")) {
            (Some(base), _) => Self::Subdomains(base),
            (_, Some(base)) => Self::OneLabel(base),
            _ => Self::Exact(host),
        };
        let (Self::Exact(literal) | Self::Subdomains(literal) | Self::OneLabel(literal)) = pattern;
        if literal.contains(['*', '{', '}']) {
            return Err(PolicyErrorReason::OriginWildcardMisplaced);
        }
        Ok(pattern)
    }
}

impl PortPattern {
    fn parse(port: Option<&str>, scheme: &str) -> Result<Self, PolicyErrorReason> {
        match port {
            None => Ok(Self::Default),
            Some("*") => Ok(Self::Any),
            Some(digits) => match parse_port(digits.as_bytes()) {
                Some(0) => Err(PolicyErrorReason::OriginPortInvalid),
                Some(port) if Some(port) == default_port(scheme) => Err(PolicyErrorReason::OriginPortDefault),
                Some(port) => Ok(Self::Number(port)),
                None => Err(PolicyErrorReason::OriginPortInvalid),
            },
        }
    }
}

/// Without the list, the least that is certain: a single label is no one's own domain.
#[cfg(not(feature = "public-suffix"))]
fn is_public_suffix(domain: &str) -> bool {
    !domain.contains('.')
}

/// The origin that a URL parser makes of a text that is not a pattern, when that is one: the
/// likely meaning of a trailing slash, of upper case, of a default port.
pub(crate) fn suggestion(text: &str) -> Option<String> {
    let mut url = Url::parse(text.trim()).ok()?;
    // The page that opens the socket.
    let page_scheme = match url.scheme() {
        "ws" => Some("http"),
        "wss" => Some("https"),
        _ => None,
    };
    if let Some(scheme) = page_scheme {
        url.set_scheme(scheme).ok()?;
    }
    let origin = Origin::of_url(&url);
    let serialized = origin.as_tuple()?.to_string();
    (serialized != text && OriginPattern::parse(&serialized).is_ok()).then_some(serialized)
}

/// The port that this number is, written as URLs write it.
pub(crate) fn parse_port(digits: &[u8]) -> Option<u16> {
    match digits {
        b"0" => Some(0),
        [b'1'..=b'9', rest @ ..] if rest.iter().all(u8::is_ascii_digit) => {
            digits.iter().try_fold(0_u16, |port, digit| {
                port.checked_mul(10)?.checked_add(u16::from(digit - b'0'))
            })
        }
        _ => None,
    }
}

/// The default port of a special scheme, <https://url.spec.whatwg.org/#default-port>.
pub(crate) fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "ftp" => Some(21),
        _ => None,
    }
}

/// Whether the URL standard gives URLs of this scheme a tuple origin.
fn has_url_origin(scheme: &str) -> bool {
    default_port(scheme).is_some()
}

/// <https://url.spec.whatwg.org/#url-scheme-string>, in lower case.
fn check_scheme(scheme: &str) -> Result<(), PolicyErrorReason> {
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    };
    match scheme {
        "" => Err(PolicyErrorReason::OriginSchemeMissing),
        "file" => Err(PolicyErrorReason::OriginSchemeFile),
        "ws" | "wss" => Err(PolicyErrorReason::OriginSchemeWebSocket),
        _ if !is_scheme(scheme) => Err(PolicyErrorReason::OriginSchemeInvalid),
        _ if scheme.bytes().any(|byte| byte.is_ascii_uppercase()) => Err(PolicyErrorReason::OriginUpperCase),
        _ => Ok(()),
    }
}

/// What follows `://` may be host and port only.
fn check_authority(rest: &str) -> Result<(), PolicyErrorReason> {
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, after) = rest.split_at(end);
    if authority.contains('@') {
        Err(PolicyErrorReason::OriginUserInfo)
    } else if after.starts_with(['/', '\\']) {
        Err(PolicyErrorReason::OriginPath)
    } else if !after.is_empty() {
        Err(PolicyErrorReason::OriginQueryOrFragment)
    } else if !authority.is_ascii() {
        Err(PolicyErrorReason::OriginUnicodeHost)
    } else if authority.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Err(PolicyErrorReason::OriginUpperCase)
    } else {
        Ok(())
    }
}

/// Host and port; the colons of an IPv6 address are inside brackets.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    let after_brackets = authority.rfind(']').unwrap_or(0);
    match authority.rfind(':') {
        Some(colon) if colon >= after_brackets => {
            let (host, port) = authority.split_at(colon);
            (host, port.get(1..))
        }
        _ => (authority, None),
    }
}

fn has_forbidden_character(text: &str) -> bool {
    // Nearly no entry has anything else, and bytes are looked at faster than characters.
    !text.bytes().all(|byte| byte.is_ascii_graphic())
        && text.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn is_plain_host_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'_' | b'~')
}

/// Of a name in DNS, without its final dot.
const MAX_NAME_BYTES: usize = 253;

/// Of a plain host, with room for what a wildcard stands for.
const MAX_PLAIN_HOST_BYTES: usize = MAX_NAME_BYTES - "a.".len();

const MAX_LABEL_BYTES: usize = 63;

#[cfg(test)]
mod tests {
    use super::{HostPattern, OriginPattern, PortPattern, parse_port};

    #[test]
    fn a_port_has_one_spelling() {
        for (digits, port) in [("0", Some(0)), ("80", Some(80)), ("65535", Some(65535))] {
            assert_eq!(parse_port(digits.as_bytes()), port);
        }
        for digits in ["", "00", "080", "65536", "99999", "100000", "+80", "8 0", "*"] {
            assert_eq!(parse_port(digits.as_bytes()), None, "{digits}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config {
            failure_persistence: None,
            rng_seed: proptest::test_runner::RngSeed::Fixed(0),
            ..Default::default()
        })]

        #[test]
        fn what_needs_no_url_parser_is_what_the_url_parser_accepts(
            text in "(http|https|app)://(\\*\\.|\\{label\\}\\.)?[a-z0-9-]{1,4}(\\.[a-zA-Z0-9_-]{0,4}){0,3}\\.?(:[0-9]{1,4})?",
        ) {
            if let Ok(pattern) = OriginPattern::split(&text)
                && pattern.is_plain()
            {
                proptest::prop_assert_eq!(pattern.check_host(), Ok(()), "{}", text);
            }
        }
    }

    #[test]
    fn the_colons_of_an_address_are_not_a_port() {
        let pattern = OriginPattern::parse("http://[::1]:*").unwrap();
        assert_eq!(pattern.host, HostPattern::Exact("[::1]"));
        assert_eq!(pattern.port, PortPattern::Any);
    }
}
