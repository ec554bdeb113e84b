//! The arguments of `corsac check`, parsed. Each error names what is wrong and, where it can, what
//! was meant.

use std::fs::File;
use std::io::{self, Read};
use std::time::Duration;

use anyhow::Context as _;
use corsac::Origin;
use corsac::header::is_token;
use corsac_client::Cookies;
use corsac_fetch::TypeErrorReason;
use url::Url;

/// The method as the script writes it; `fetch()` normalises it.
pub(super) fn method(text: &str) -> Result<String, String> {
    if is_token(text.as_bytes()) {
        Ok(text.to_owned())
    } else if text.contains("://") {
        Err("this looks like a URL; the method comes first, then one URL".to_owned())
    } else {
        Err("a method is one word of letters, digits and -!#$%&'*+.^_`|~".to_owned())
    }
}

pub(super) fn url(text: &str) -> Result<Url, String> {
    let url = match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https" | "ws" | "wss") => url,
        // `localhost:8000/x` parses, with `localhost` as its scheme.
        Ok(_) | Err(url::ParseError::RelativeUrlWithoutBase) => {
            return Err(match with_scheme(text) {
                Some(meant) => format!("the URL has no scheme; did you mean `{meant}`?"),
                None if text.contains(':') => "only http and https URLs can be checked".to_owned(),
                None => "not a URL".to_owned(),
            });
        }
        Err(error) => return Err(format!("not a URL: {error}")),
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(
            "fetch() refuses URLs with a user name or password; set an Authorization header".to_owned(),
        );
    }
    Ok(url)
}

pub(super) fn origin(text: &str) -> Result<Origin, String> {
    if text == "null" {
        return Ok(Origin::UNIQUE);
    }
    if let Some(origin) = Origin::from_serialization(text).filter(is_http) {
        return Ok(origin);
    }
    if text.contains([',', ' ']) {
        return Err("give one origin; a page has no more".to_owned());
    }
    let meant = Url::parse(text)
        .ok()
        .map(|url| Origin::of_url(&url))
        .filter(is_http)
        .map(|origin| origin.to_string())
        .or_else(|| Some(Origin::of_url(&Url::parse(&with_scheme(text)?).ok()?).to_string()));
    Err(match meant {
        Some(meant) => format!(
            "browsers write an origin as scheme, host and port, in lower case, without the scheme's own port; did you mean `{meant}`?"
        ),
        None => "the page's origin is `https://host`, `http://host:port` or `null`".to_owned(),
    })
}

fn is_http(origin: &Origin) -> bool {
    origin
        .as_tuple()
        .is_some_and(|tuple| matches!(tuple.scheme(), "http" | "https"))
}

/// The text with the scheme that was left out, when that makes it a URL with a host.
fn with_scheme(text: &str) -> Option<String> {
    let scheme = match text.split(['/', ':', '?', '#']).next()? {
        "localhost" | "127.0.0.1" | "[" => "http",
        _ => "https",
    };
    let looks_like_a_host = text.starts_with(|first: char| first.is_alphanumeric() || first == '[')
        && !text.contains("://")
        && !matches!(
            text.split(':').next()?,
            "data" | "blob" | "file" | "about" | "javascript" | "mailto" | "http" | "https"
        );
    let url = format!("{scheme}://{text}");
    (looks_like_a_host && Url::parse(&url).is_ok()).then_some(url)
}

pub(super) fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once(':')
        .ok_or("a header is written `Name: value`, with a colon")?;
    if !is_token(name.as_bytes()) {
        return Err(format!("`{name}` cannot be the name of a header"));
    }
    Ok((name.to_owned(), value.trim_matches([' ', '\t']).to_owned()))
}

pub(super) fn cookies(text: &str) -> Result<Cookies, String> {
    Cookies::parse(text).ok_or_else(|| "cookies are printable ASCII, `name=value; name=value`".to_owned())
}

pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    text.parse()
        .ok()
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .filter(|duration| !duration.is_zero() && *duration <= MAX_TIMEOUT)
        .ok_or_else(|| "a number of seconds above 0, at most 3600".to_owned())
}

/// The body that `--data` names.
pub(super) fn read_data(data: &str) -> anyhow::Result<Vec<u8>> {
    if data == "-" {
        return read_bounded(io::stdin().lock()).context("--data: cannot read standard input");
    }
    match data.strip_prefix('@') {
        Some(path) => File::open(path)
            .and_then(read_bounded)
            .with_context(|| format!("--data: cannot read `{path}`")),
        None => Ok(data.as_bytes().to_vec()),
    }
}

fn read_bounded(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(MAX_DATA + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_DATA {
        return Err(io::Error::other("it is longer than 64 MiB"));
    }
    Ok(bytes)
}

/// Why `fetch()` throws, in words.
pub(super) fn type_error(reason: &TypeErrorReason) -> String {
    match reason {
        TypeErrorReason::InvalidUrl(url) => format!("`{url}` is not a URL"),
        TypeErrorReason::UrlWithCredentials(_) => "the URL has a user name or password".to_owned(),
        TypeErrorReason::InvalidMethod(method) => format!("`{method}` is not a method"),
        TypeErrorReason::ForbiddenMethod(method) => format!("scripts may not use the method `{method}`"),
        TypeErrorReason::NoCorsMethod(method) => {
            format!("mode no-cors allows GET, HEAD and POST only, not `{method}`")
        }
        TypeErrorReason::InvalidHeaderName(name) => format!("`{name}` cannot be the name of a header"),
        TypeErrorReason::InvalidHeaderValue { name, .. } => {
            format!("the value of `{name}` has a NUL, a line break or a character above U+00FF")
        }
        TypeErrorReason::BodyWithGetOrHead => "GET and HEAD cannot have a body".to_owned(),
        TypeErrorReason::StreamBody => "this body cannot be a stream".to_owned(),
        TypeErrorReason::Mode(_) => "scripts may not use this mode".to_owned(),
        _ => "a browser does not take this request".to_owned(),
    }
}

/// More than any server takes.
const MAX_DATA: u64 = 64 * 1024 * 1024;

const MAX_TIMEOUT: Duration = Duration::from_secs(3600);

#[cfg(test)]
mod tests {
    use super::{header, method, origin, seconds, url};

    #[test]
    fn origins_are_taken_as_browsers_serialise_them() {
        for text in [
            "https://app.example",
            "http://localhost:5173",
            "http://[::1]:80x",
            "null",
        ] {
            match origin(text) {
                Ok(parsed) => assert_eq!(parsed.to_string(), text),
                Err(_) => assert_eq!(text, "http://[::1]:80x"),
            }
        }
    }

    #[test]
    fn near_origins_get_the_origin_that_was_meant() {
        for (text, meant) in [
            ("https://app.example/", "https://app.example"),
            ("https://app.example/path?q#f", "https://app.example"),
            ("https://app.example:443", "https://app.example"),
            ("HTTPS://App.Example", "https://app.example"),
            ("https://user@app.example", "https://app.example"),
            ("app.example", "https://app.example"),
            ("localhost:3000", "http://localhost:3000"),
            ("http://bücher.example", "http://xn--bcher-kva.example"),
        ] {
            let error = origin(text).unwrap_err();
            assert!(
                error.ends_with(&format!("did you mean `{meant}`?")),
                "{text}: {error}"
            );
        }
        assert!(
            origin("https://a.example,https://b.example")
                .unwrap_err()
                .starts_with("give one")
        );
        for text in ["", "*", "file:///x", "ws://x.example", "data:x", "http://"] {
            let error = origin(text).unwrap_err();
            assert_eq!(
                error, "the page's origin is `https://host`, `http://host:port` or `null`",
                "{text}"
            );
        }
    }

    #[test]
    fn a_url_without_scheme_gets_the_one_that_was_meant() {
        assert_eq!(
            url("localhost:8000/x").unwrap_err(),
            "the URL has no scheme; did you mean `http://localhost:8000/x`?"
        );
        assert_eq!(
            url("api.example.com/x").unwrap_err(),
            "the URL has no scheme; did you mean `https://api.example.com/x`?"
        );
        assert_eq!(
            url("file:///x").unwrap_err(),
            "only http and https URLs can be checked"
        );
        assert_eq!(
            url("http://a:99999/").unwrap_err(),
            "not a URL: invalid port number"
        );
        assert_eq!(url("").unwrap_err(), "not a URL");
        assert!(url("http://u:p@a/").unwrap_err().starts_with("fetch() refuses"));
    }

    #[test]
    fn headers_have_a_colon_and_a_name() {
        assert_eq!(header("A:b: c ").unwrap(), ("A".to_owned(), "b: c".to_owned()));
        assert_eq!(header("A:").unwrap(), ("A".to_owned(), String::new()));
        assert!(header("A b").is_err());
        assert!(header("A b: c").is_err());
        assert!(header(": c").is_err());
    }

    #[test]
    fn methods_and_timeouts_are_checked() {
        assert_eq!(method("patch").unwrap(), "patch");
        assert!(method("GET x").is_err());
        assert!(seconds("0.5").is_ok());
        for text in ["0", "-1", "NaN", "inf", "1e9", "x"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
