//! The preflight cache across fetches: how long, and how much.

use corsac_fetch::{PreflightCache, RequestInit, UserAgent};

use crate::exchange::{answer, init, page, request, run, sent_preflight};

/// Whether this PUT asks for a preflight, all being allowed for `max_age`.
fn asks(cache: &mut PreflightCache, user_agent: UserAgent, url: &str, now: u64, max_age: &str) -> bool {
    let init = RequestInit {
        url: url.to_owned(),
        ..init("PUT", &[])
    };
    let request = corsac_fetch::Request::new(init, page(), user_agent).unwrap();
    let allow = answer(
        200,
        &[
            ("Access-Control-Allow-Origin", "https://app.example"),
            ("Access-Control-Allow-Methods", "PUT"),
            ("Access-Control-Max-Age", max_age),
        ],
    );
    let (sent, _) = run(request, cache, now, &[allow.clone(), allow]);
    sent_preflight(&sent)
}

#[test]
fn an_answer_is_remembered_for_the_profiles_limit_at_most() {
    for (user_agent, limit) in [
        (UserAgent::Chromium, 7_200_000),
        (UserAgent::Firefox, 86_400_000),
        (UserAgent::WebKit, 600_000),
    ] {
        let mut cache = PreflightCache::default();
        let mut asks = |now| asks(&mut cache, user_agent, "https://api.example/", now, "999999999");
        assert!(asks(0));
        assert!(!asks(limit - 1), "{user_agent:?} forgot early");
        assert!(asks(limit), "{user_agent:?} remembered too long");
    }
}

#[test]
fn an_answer_without_max_age_is_remembered_for_five_seconds() {
    let mut cache = PreflightCache::default();
    let mut asks = |now| asks(&mut cache, UserAgent::Standard, "https://api.example/", now, "");
    assert_eq!([asks(0), asks(4_999), asks(5_000)], [true, false, true]);
}

#[test]
fn the_limit_of_the_cache_holds_beside_the_profiles() {
    let mut cache = PreflightCache::with_max_age_limit(60);
    let mut asks = |now| {
        asks(
            &mut cache,
            UserAgent::Chromium,
            "https://api.example/",
            now,
            "3600",
        )
    };
    assert_eq!([asks(0), asks(59_999), asks(60_000)], [true, false, true]);
}

#[test]
fn a_full_cache_forgets_the_least_recently_used_request() {
    let mut cache = PreflightCache::default();
    let mut asks = |number: usize| {
        let url = format!("https://api.example/{number}");
        asks(&mut cache, UserAgent::Firefox, &url, 0, "600")
    };
    for number in 0..100 {
        assert!(asks(number));
    }
    assert!(!asks(0));
    assert!(asks(100));
    assert!(!asks(0), "it was used a moment ago");
    assert!(asks(1), "it was the oldest");
}

#[test]
fn a_server_that_lists_a_hundred_thousand_names_does_not_fill_the_memory() {
    let names: Vec<String> = (0..100_000).map(|number| format!("x-{number}")).collect();
    let allow = answer(
        200,
        &[
            ("Access-Control-Allow-Origin", "*"),
            ("Access-Control-Allow-Headers", &names.join(",")),
            ("Access-Control-Max-Age", "600"),
        ],
    );
    let mut cache = PreflightCache::default();
    let mut asks = |name: &str| {
        let (sent, _) = run(
            request(init("GET", &[name])),
            &mut cache,
            0,
            &[allow.clone(), allow.clone()],
        );
        sent_preflight(&sent)
    };
    assert!(asks("x-0"));
    assert!(!asks("x-1"));
    assert!(asks("x-99999"), "what does not fit is asked for again");
}

#[test]
fn a_cache_holds_as_many_requests_as_it_was_told_and_forgets_the_one_used_longest_ago() {
    let mut cache = PreflightCache::with_capacity(3);
    let url = |number: u32| format!("https://api.example/{number}");
    let mut asks = |number| asks(&mut cache, UserAgent::Firefox, &url(number), 0, "600");
    for number in 0..3 {
        assert!(asks(number));
    }
    // 0 is used again, so 1 goes for 3, and 2 for 1.
    let asked: Vec<bool> = [0, 3, 0, 1, 3, 2].map(&mut asks).to_vec();
    assert_eq!(asked, [false, true, false, true, false, true]);
    assert_eq!(cache.len(), 3);
}

#[test]
fn ten_thousand_requests_are_remembered_each_for_itself_and_forgotten_one_by_one() {
    let mut cache = PreflightCache::with_capacity(10_000);
    let url = |number: u32| format!("https://host-{}.example/{number}", number % 97);
    let count = |cache: &mut PreflightCache, now| {
        let asked = (0..10_000).filter(|number| asks(cache, UserAgent::Standard, &url(*number), now, "600"));
        asked.count()
    };
    assert_eq!(count(&mut cache, 0), 10_000);
    assert_eq!(count(&mut cache, 1), 0);
    // All have expired, and are asked for and remembered again in the same places.
    assert_eq!(count(&mut cache, 600_000), 10_000);
    assert_eq!(cache.len(), 10_000);
}
