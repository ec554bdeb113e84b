//! What a page's own policy lets go.

use corsac::Origin;
use corsac_fetch::Initiator;
use corsac_fetch::content_security_policy::blocks;
use url::Url;

#[test]
fn source_lists_allow_what_they_name() {
    for (policy, url, is_blocked) in CASES {
        let page = Origin::from_serialization("http://app.example").unwrap();
        let url_parsed = Url::parse(url).unwrap();
        assert_eq!(
            blocks(policy, &page, Initiator::Fetch, &url_parsed),
            *is_blocked,
            "{policy} and {url}"
        );
    }
}

#[test]
fn each_api_has_its_directive_with_default_src_behind_it() {
    let page = Origin::from_serialization("https://app.example").unwrap();
    let url = Url::parse("https://cdn.example/x").unwrap();
    for (policy, initiator, is_blocked) in [
        ("img-src 'none'", Initiator::Fetch, false),
        ("img-src 'none'", Initiator::Image, true),
        ("default-src 'none'; font-src *", Initiator::Font, false),
        ("default-src 'none'; font-src *", Initiator::Style, true),
        (
            "script-src 'none'; script-src-elem https:",
            Initiator::ModuleScript,
            false,
        ),
        ("child-src 'none'", Initiator::Worker, true),
        ("connect-src 'none'", Initiator::EventSource, true),
    ] {
        assert_eq!(
            blocks(policy, &page, initiator, &url),
            is_blocked,
            "{policy} and {initiator:?}"
        );
    }
}

const CASES: &[(&str, &str, bool)] = &[
    ("", "https://api.example/", false),
    ("connect-src 'self'", "https://api.example/", true),
    ("connect-src 'self'", "http://app.example/x", false),
    ("connect-src 'self'", "https://app.example/x", false),
    ("connect-src 'self'", "http://app.example:8080/x", true),
    ("connect-src 'none'", "http://app.example/", true),
    ("connect-src", "http://app.example/", true),
    ("CONNECT-SRC *", "https://api.example/", false),
    ("connect-src *", "ftp://api.example/", true),
    ("connect-src https:", "https://api.example/", false),
    ("connect-src https:", "http://api.example/", true),
    ("connect-src http:", "https://api.example/", false),
    ("connect-src https://api.example", "https://api.example/v1", false),
    (
        "connect-src https://api.example",
        "https://api.example:8443/v1",
        true,
    ),
    (
        "connect-src https://api.example:8443",
        "https://api.example:8443/v1",
        false,
    ),
    (
        "connect-src https://api.example:*",
        "https://api.example:8443/v1",
        false,
    ),
    ("connect-src api.example", "http://api.example/", false),
    ("connect-src *.example", "http://api.example/", false),
    ("connect-src *.api.example", "http://api.example/", true),
    ("connect-src *.api.example", "http://xapi.example/", true),
    ("connect-src *, connect-src 'self'", "http://api.example/", true),
    ("connect-src *; connect-src 'none'", "http://api.example/", false),
];
