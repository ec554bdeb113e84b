//! Which cookies go along.

use corsac::Origin;
use corsac_fetch::cookies::{CookieAttributes, SameSite, goes_along, is_kept};
use corsac_fetch::{
    Client, CorsSettings, CredentialsMode, Fetch, HeaderList, HttpResponse, Initiator, Mode, Need,
    PreflightCache, Request, RequestInit, UserAgent,
};

#[test]
fn each_user_agent_sends_its_cookies() {
    for (user_agent, page, url, expected) in CASES {
        let page = Client::new(Origin::from_serialization(page).unwrap());
        let init = RequestInit {
            credentials: CredentialsMode::Include,
            ..RequestInit::new(*url)
        };
        let request = Request::new(init, page, *user_agent).unwrap();
        let Need::Send(fetch, _) = Fetch::start(request, &mut PreflightCache::default(), 0) else {
            panic!("{url} is not fetched");
        };
        let sent: Vec<&str> = COOKIES
            .iter()
            .filter(|(_, cookie)| goes_along(fetch.request(), *cookie))
            .map(|(name, _)| *name)
            .collect();
        assert_eq!(sent.join(" "), *expected, "{user_agent:?}, {url}");
    }
}

#[test]
fn no_cookie_goes_along_without_credentials() {
    let page = Client::new(Origin::from_serialization("https://app.example").unwrap());
    let request = Request::new(
        RequestInit::new("https://api.app.example/"),
        page,
        UserAgent::Firefox,
    )
    .unwrap();
    let Need::Send(fetch, _) = Fetch::start(request, &mut PreflightCache::default(), 0) else {
        panic!("not fetched");
    };
    assert!(
        !COOKIES
            .iter()
            .any(|(_, cookie)| goes_along(fetch.request(), *cookie))
    );
}

#[test]
fn a_redirect_from_another_site_leaves_lax_cookies_to_hosts_that_each_user_agent_knows() {
    let (other, page, site) = ("https://b.example/", "https://a.example/", "https://x.a.example/");
    for (user_agent, to_the_page, to_its_site) in [
        (UserAgent::Chromium, true, true),
        (UserAgent::Firefox, false, false),
        (UserAgent::WebKit, true, false),
    ] {
        let goes_along = |from, to| lax_goes_along_after_redirect(user_agent, from, to);
        assert_eq!(goes_along(other, page), to_the_page, "{user_agent:?}");
        assert_eq!(goes_along(other, site), to_its_site, "{user_agent:?}");
        assert!(goes_along(page, site), "{user_agent:?}");
    }
}

/// Whether a Lax cookie of the second URL is sent when the first redirects there.
fn lax_goes_along_after_redirect(user_agent: UserAgent, from: &str, to: &str) -> bool {
    let page = Client::new(Origin::from_serialization("https://a.example").unwrap());
    let init = RequestInit {
        credentials: CredentialsMode::Include,
        mode: Mode::NoCors,
        ..RequestInit::new(from)
    };
    let mut cache = PreflightCache::default();
    let request = Request::new(init, page, user_agent).unwrap();
    let Need::Send(fetch, _) = Fetch::start(request, &mut cache, 0) else {
        panic!("not fetched");
    };
    let redirect = HttpResponse {
        headers: HeaderList::from_iter([("Location", to)]),
        ..HttpResponse::new(302)
    };
    let Need::Send(fetch, _) = fetch.resume(Ok(redirect), &mut cache, 0) else {
        panic!("not redirected");
    };
    goes_along(fetch.request(), cookie(SameSite::Lax, false))
}

const fn cookie(same_site: SameSite, secure: bool) -> CookieAttributes {
    CookieAttributes {
        same_site,
        secure,
        partitioned: false,
    }
}

const COOKIES: [(&str, CookieAttributes); 4] = [
    ("unset", cookie(SameSite::Unset, false)),
    ("lax", cookie(SameSite::Lax, false)),
    ("strict", cookie(SameSite::Strict, false)),
    ("none", cookie(SameSite::None, true)),
];

const CASES: &[(UserAgent, &str, &str, &str)] = &[
    (
        UserAgent::Standard,
        "https://a.example",
        "https://b.a.example/",
        "unset lax strict none",
    ),
    (
        UserAgent::Standard,
        "https://a.example",
        "https://b.example/",
        "none",
    ),
    (
        UserAgent::Standard,
        "http://a.example",
        "https://b.a.example/",
        "none",
    ),
    (
        UserAgent::Chromium,
        "https://a.example",
        "https://b.a.example/",
        "unset lax strict none",
    ),
    (UserAgent::Chromium, "https://a.example", "https://b.example/", ""),
    (
        UserAgent::Firefox,
        "https://a.example",
        "https://b.example/",
        "unset none",
    ),
    (
        UserAgent::Firefox,
        "http://a.example",
        "https://b.a.example/",
        "unset lax strict none",
    ),
    (
        UserAgent::Firefox,
        "http://a.example",
        "http://localhost/",
        "unset none",
    ),
    (
        UserAgent::WebKit,
        "https://a.example",
        "https://b.example/",
        "unset none",
    ),
    (
        UserAgent::WebKit,
        "http://a.example",
        "http://localhost/",
        "unset",
    ),
    (
        UserAgent::WebKit,
        "http://a.example",
        "https://localhost/",
        "unset none",
    ),
    (
        UserAgent::WebKit,
        "https://a.example",
        "https://localhost/",
        "unset none",
    ),
];

#[test]
fn a_form_takes_lax_cookies_along_with_get_and_sets_all_of_them() {
    let form = |method: &str, user_agent| {
        let init = RequestInit {
            method: method.to_owned(),
            ..RequestInit::of_element(Initiator::Form, "https://other.example/", CorsSettings::NoCors)
        };
        let page = Client::new(Origin::from_serialization("https://app.example").unwrap());
        Request::for_navigation(&init, page, user_agent).unwrap()
    };
    let names = |request: &Request, rule: fn(&Request, CookieAttributes) -> bool| {
        let names = COOKIES.iter().filter(|(_, cookie)| rule(request, *cookie));
        names.map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        names(&form("get", UserAgent::Standard), goes_along),
        "unset lax none"
    );
    assert_eq!(names(&form("post", UserAgent::Standard), goes_along), "none");
    assert_eq!(
        names(&form("get", UserAgent::Chromium), goes_along),
        "unset lax none"
    );
    assert_eq!(names(&form("post", UserAgent::Firefox), goes_along), "unset none");
    assert_eq!(
        names(&form("post", UserAgent::Standard), is_kept),
        "unset lax strict none"
    );
}

#[test]
fn an_answer_to_another_site_sets_only_cookies_that_may_go_there() {
    let kept = |user_agent, credentials| {
        let init = RequestInit {
            credentials,
            ..RequestInit::new("https://other.example/")
        };
        let page = Client::new(Origin::from_serialization("https://app.example").unwrap());
        let request = Request::new(init, page, user_agent).unwrap();
        let Need::Send(fetch, _) = Fetch::start(request, &mut PreflightCache::default(), 0) else {
            panic!("not fetched");
        };
        let kept = COOKIES
            .iter()
            .filter(|(_, cookie)| is_kept(fetch.request(), *cookie));
        kept.map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(kept(UserAgent::Standard, CredentialsMode::Include), "none");
    assert_eq!(kept(UserAgent::Chromium, CredentialsMode::Include), "");
    assert_eq!(kept(UserAgent::Firefox, CredentialsMode::Include), "unset none");
    assert_eq!(kept(UserAgent::Firefox, CredentialsMode::SameOrigin), "");
}
