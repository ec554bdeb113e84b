//! The profiles as a list of named differences.

use std::collections::BTreeSet;

use corsac_fetch::{Body, BodyKind, PreflightCache, RequestInit, UserAgent};

use crate::exchange::{answer, init, request_of, run};

#[test]
fn the_standard_has_no_differences_and_every_browser_has_some() {
    let count = |user_agent: UserAgent| user_agent.profile().entries().count();
    assert_eq!(count(UserAgent::Standard), 0);
    for user_agent in [UserAgent::Chromium, UserAgent::Firefox, UserAgent::WebKit] {
        assert!(count(user_agent) >= 10, "{user_agent:?}");
    }
}

#[test]
fn every_entry_has_a_kebab_case_name_of_its_own_a_description_and_a_source() {
    for user_agent in [UserAgent::Chromium, UserAgent::Firefox, UserAgent::WebKit] {
        let mut names = BTreeSet::new();
        for entry in user_agent.profile().entries() {
            assert!(names.insert(entry.name), "{} is there twice", entry.name);
            assert!(
                entry
                    .name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{}",
                entry.name
            );
            assert!(
                !entry.description.is_empty() && !entry.source.is_empty(),
                "{}",
                entry.name
            );
        }
    }
}

#[test]
fn chromium_alone_lets_port_4190_through() {
    for (user_agent, is_sent) in [
        (UserAgent::Standard, false),
        (UserAgent::Chromium, true),
        (UserAgent::Firefox, false),
        (UserAgent::WebKit, false),
    ] {
        let request = request_of(RequestInit::new("https://api.example:4190/"), user_agent);
        let (sent, _) = run(request, &mut PreflightCache::default(), 0, &[]);
        assert_eq!(!sent.is_empty(), is_sent, "{user_agent:?}");
    }
}

#[test]
fn upload_listeners_stand_in_for_a_method_in_the_standard_only() {
    // The answer lists no methods; a PUT is refused, a POST is allowed, and again without asking.
    let preflight = || answer(204, &[("Access-Control-Allow-Origin", "https://app.example")]);
    let response = || answer(200, &[("Access-Control-Allow-Origin", "https://app.example")]);
    let asks = |method: &str, user_agent, cache: &mut PreflightCache| {
        let init = RequestInit {
            upload_listeners: true,
            // Chromium passes listeners over where there is no body.
            body: (method != "GET").then(|| Body {
                kind: BodyKind::ArrayBuffer,
                bytes: Vec::new(),
            }),
            ..init(method, &[])
        };
        let (sent, _) = run(request_of(init, user_agent), cache, 0, &[preflight(), response()]);
        sent.iter()
            .map(|request| String::from_utf8(request.method.clone()).unwrap())
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (user_agent, put, get_after_post) in [
        (UserAgent::Standard, "OPTIONS PUT", "OPTIONS GET"),
        (UserAgent::Chromium, "OPTIONS", "GET"),
        (UserAgent::Firefox, "OPTIONS", "GET"),
    ] {
        assert_eq!(
            asks("PUT", user_agent, &mut PreflightCache::default()),
            put,
            "{user_agent:?}"
        );
        let cache = &mut PreflightCache::default();
        assert_eq!(asks("POST", user_agent, cache), "OPTIONS POST", "{user_agent:?}");
        assert_eq!(asks("POST", user_agent, cache), "POST", "{user_agent:?}");
        assert_eq!(asks("GET", user_agent, cache), get_after_post, "{user_agent:?}");
    }
}
