//! A `Set-Cookie` line, <https://www.rfc-editor.org/rfc/rfc6265bis#section-5.6>.
//!
//! Read here and not by a library, because browsers take lines that the grammar for servers does not
//! have: cookies without a name, dates in any order of their parts, attributes with nonsense in them.

use corsac::header::trim_http_tab_or_space;
use corsac_fetch::cookies::SameSite;

use super::date::cookie_date;

/// What a line says, before anybody judges it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SetCookie {
    pub(super) name: Vec<u8>,
    pub(super) value: Vec<u8>,
    /// When it ends, in seconds since 1970; `None` for a cookie of the session.
    pub(super) expires: Option<i64>,
    /// Lower case, without a leading dot; empty when there is none.
    pub(super) domain: String,
    /// `None`: the default path.
    pub(super) path: Option<String>,
    pub(super) secure: bool,
    pub(super) same_site: SameSite,
    pub(super) partitioned: bool,
}

/// Parse a Set-Cookie header field value. `None`: "abort this algorithm and ignore the set-cookie-string
/// entirely".
pub(super) fn parse(line: &[u8], now: i64) -> Option<SetCookie> {
    // "If the set-cookie-string contains a %x00-08 / %x0A-1F / %x7F character"
    if line
        .iter()
        .any(|&byte| byte < 0x20 && byte != b'\t' || byte == 0x7f)
    {
        return None;
    }
    let mut parts = line.split(|&byte| byte == b';');
    let pair = parts.next().unwrap_or_default();
    // "If the name-value-pair string lacks a %x3D ("=") character, then the name string is empty, and the
    // value string is the value of name-value-pair."
    let (name, value) = split(pair).unwrap_or((b"", pair));
    let (name, value) = (trim_http_tab_or_space(name), trim_http_tab_or_space(value));
    // "If the sum of the lengths of the name string and the value string is more than 4096 octets"
    let length = name.len() + value.len();
    if length == 0 || length > MAX_LENGTH {
        return None;
    }
    let mut cookie = SetCookie {
        name: name.to_vec(),
        value: value.to_vec(),
        expires: None,
        domain: String::new(),
        path: None,
        secure: false,
        same_site: SameSite::Unset,
        partitioned: false,
    };
    let mut max_age = None;
    for attribute in parts {
        let (name, value) = split(attribute).unwrap_or((attribute, b""));
        let (name, value) = (trim_http_tab_or_space(name), trim_http_tab_or_space(value));
        // "If the attribute-value is longer than 1024 octets, ignore the cookie-av string"
        if value.len() > MAX_ATTRIBUTE_LENGTH {
            continue;
        }
        match name.to_ascii_lowercase().as_slice() {
            b"expires" => cookie.expires = cookie_date(value).or(cookie.expires),
            b"max-age" => max_age = delta(value).or(max_age),
            b"domain" => {
                let domain = value.strip_prefix(b".").unwrap_or(value);
                cookie.domain = String::from_utf8_lossy(domain).to_ascii_lowercase();
            }
            // "If the attribute-value is empty or if the first character of the attribute-value is not
            // %x2F ("/"): Let cookie-path be the default-path."
            b"path" => {
                cookie.path = value
                    .starts_with(b"/")
                    .then(|| String::from_utf8_lossy(value).into_owned())
            }
            b"secure" => cookie.secure = true,
            b"samesite" => {
                cookie.same_site = match value.to_ascii_lowercase().as_slice() {
                    b"none" => SameSite::None,
                    b"strict" => SameSite::Strict,
                    b"lax" => SameSite::Lax,
                    _ => SameSite::Unset,
                }
            }
            b"partitioned" => cookie.partitioned = true,
            _ => {}
        }
    }
    // "If the cookie-attribute-list contains an attribute with an attribute-name of "Max-Age"", it is
    // what counts, "If delta-seconds is less than or equal to zero (0), let expiry-time be the earliest
    // representable date and time."
    if let Some(delta) = max_age {
        cookie.expires = Some(if delta <= 0 {
            i64::MIN
        } else {
            now.saturating_add(delta)
        });
    }
    cookie.expires = cookie
        .expires
        .map(|expires| expires.min(now.saturating_add(MAX_LIFE)));
    Some(cookie)
}

fn split(pair: &[u8]) -> Option<(&[u8], &[u8])> {
    let position = pair.iter().position(|&byte| byte == b'=')?;
    Some((pair.get(..position)?, pair.get(position + 1..)?))
}

/// The seconds of `Max-Age`; `None` for what is no number.
fn delta(value: &[u8]) -> Option<i64> {
    let digits = value.strip_prefix(b"-").unwrap_or(value);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let text = std::str::from_utf8(value).ok()?;
    // What does not fit ends before, or after, any limit.
    Some(text.parse().unwrap_or(if value.starts_with(b"-") {
        i64::MIN
    } else {
        i64::MAX
    }))
}

const MAX_LENGTH: usize = 4096;
const MAX_ATTRIBUTE_LENGTH: usize = 1024;

/// "The user agent [...] SHOULD be 400 days": the most that a cookie lives.
const MAX_LIFE: i64 = 400 * 24 * 60 * 60;
