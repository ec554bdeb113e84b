//! How a value of `Access-Control-Allow-Origin` differs from the origin it should be.

use corsac::{Origin, TupleOrigin};
use url::Url;

/// The difference in one sentence.
pub(super) fn difference(value: &str, origin: &str) -> &'static str {
    if value.is_empty() {
        return "The value is empty.";
    }
    if value == "null" {
        return "`null` is for pages without an origin of their own, and this page has one.";
    }
    if origin == "null" {
        return "The request's origin is `null`, which no listed origin equals.";
    }
    if value.eq_ignore_ascii_case(origin) {
        return "The two differ in upper and lower case only.";
    }
    if value.strip_suffix('/') == Some(origin) {
        return "The value has a slash at its end, and an origin has none.";
    }
    if value.trim_matches(['"', '\'', '<', '>', '[', ']']) == origin {
        return "The value has quotes or brackets around it.";
    }
    if value.contains('*') {
        return "In this header, `*` stands only alone; browsers know no patterns.";
    }
    let (Ok(url), Some(Origin::Tuple(sent))) = (Url::parse(value), Origin::from_serialization(origin)) else {
        return "The value is not an origin: an origin is a scheme, `://`, a host, and perhaps a port.";
    };
    match Origin::of_url(&url) {
        Origin::Tuple(named) => tuple_difference(value, &named, &sent),
        Origin::Opaque(_) => {
            "The value is not an origin: an origin is a scheme, `://`, a host, and perhaps a port."
        }
    }
}

fn tuple_difference(value: &str, named: &TupleOrigin, sent: &TupleOrigin) -> &'static str {
    if named == sent {
        return if value.matches('/').count() > 2 {
            "The value has a path, and an origin has none."
        } else {
            "The value names the same origin in another spelling; browsers leave out default ports and the like."
        };
    }
    match (
        named.scheme() == sent.scheme(),
        named.host() == sent.host(),
        named.port() == sent.port(),
    ) {
        (false, true, true) => "The schemes differ: `http` and `https` are two origins.",
        (true, true, false) => "The ports differ.",
        (true, false, true) if is_sub_domain(named, sent) => {
            "The hosts differ: a sub-domain is another origin."
        }
        (true, false, true) if is_loopback(named) && is_loopback(sent) => {
            "The hosts differ: `localhost` and `127.0.0.1` are two origins."
        }
        (true, false, true) => "The hosts differ.",
        _ => "It is another origin.",
    }
}

fn is_sub_domain(a: &TupleOrigin, b: &TupleOrigin) -> bool {
    corsac::site::same_site(&Origin::Tuple(a.clone()), &Origin::Tuple(b.clone()))
}

fn is_loopback(origin: &TupleOrigin) -> bool {
    match origin.host() {
        url::Host::Domain(domain) => domain == "localhost",
        url::Host::Ipv4(address) => address.is_loopback(),
        url::Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn each_kind_of_difference_has_its_sentence() {
        for (value, part) in [
            ("", "empty"),
            ("null", "`null`"),
            ("https://APP.example", "case"),
            ("https://app.example/", "slash"),
            ("\"https://app.example\"", "quotes"),
            ("https://*.example", "patterns"),
            ("app.example", "not an origin"),
            ("https://app.example/path", "path"),
            ("https://app.example:443", "spelling"),
            ("http://app.example", "schemes"),
            ("https://app.example:8443", "ports"),
            ("https://www.app.example", "sub-domain"),
            ("https://other.test", "hosts"),
            ("http://other.test:81", "another origin"),
        ] {
            let sentence = difference(value, "https://app.example");
            assert!(sentence.contains(part), "{value}: {sentence}");
        }
        assert!(difference("http://127.0.0.1:3000", "http://localhost:3000").contains("two origins"));
    }
}
