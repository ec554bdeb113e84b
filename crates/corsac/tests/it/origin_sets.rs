//! Lists of origins against the plainest matcher there is: in every order of small lists, and in lists
//! of up to 100,000. What is listed is allowed, and nothing else.

use core::cell::Cell;

use corsac::{AllowOrigins, CorsRequest, OriginEntry, Policy, PolicyDraft, RequestTarget};
use corsac_cases::hostile_origins::neighbours;
use proptest::prelude::{Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::generated::{SEED, config, sample_of};
use crate::promise::matches;

#[test]
fn every_order_of_three_patterns_gives_the_same_set() {
    let looked_up = Cell::new(0);
    for one in POOL {
        for two in POOL {
            for three in POOL {
                if one != two && one != three && two != three {
                    check(&[one, two, three], &looked_up);
                }
            }
        }
    }
    println!("{} look-ups", looked_up.get());
}

#[test]
fn every_order_of_six_patterns_that_overlap_gives_the_same_set() {
    let patterns = [
        "https://foo.com",
        "https://bar.com",
        "https://*.bar.com",
        "https://{label}.foo.bar.com",
        "https://*.com:*",
        "https://foo.bar.com:8443",
    ];
    let looked_up = Cell::new(0);
    let mut orders = 0;
    for_every_order(&mut patterns.to_vec(), 0, &mut |patterns| {
        orders += 1;
        check(patterns, &looked_up);
    });
    assert_eq!(orders, 720);
    println!("{} look-ups", looked_up.get());
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn any_list_matches_what_its_patterns_match(patterns in proptest::collection::vec(patterns(), 1..=40)) {
        check(&patterns.iter().map(String::as_str).collect::<Vec<_>>(), &Cell::new(0));
    }
}

#[test]
fn long_lists_match_what_their_patterns_match() {
    for size in [1, 10, 100, 1_000, 10_000, 100_000] {
        let mut listed = generate(size, 0);
        listed.sort();
        listed.dedup();
        // As many comparisons for each size: the plain matcher reads the whole list each time.
        let wanted = (2_000_000 / size).clamp(40, 4_000);
        let probes: Vec<String> = listed
            .iter()
            .step_by((size / wanted).max(1))
            .map(|pattern| sample_of(pattern))
            .chain(
                generate(wanted.min(listed.len()) / 2, 1)
                    .iter()
                    .map(|pattern| sample_of(pattern)),
            )
            .flat_map(|origin| {
                let near = neighbours(&origin);
                let some = near.len() * (origin.len() % 7) / 7;
                [near.get(some).cloned().unwrap_or_default(), origin]
            })
            .collect();
        let policy = policy(listed.iter().map(String::as_str));
        let mut allowed = 0;
        for probe in &probes {
            let expected = listed.iter().any(|pattern| matches(pattern, probe));
            assert_eq!(
                matched(&policy, probe).is_some(),
                expected,
                "{probe} in a list of {size}"
            );
            allowed += usize::from(expected);
        }
        assert!(
            allowed * 4 > probes.len() && allowed < probes.len(),
            "{allowed} of {}",
            probes.len()
        );
        println!(
            "a list of {}: {} look-ups, {allowed} allowed",
            listed.len(),
            probes.len()
        );
    }
}

/// Hold the list against the plain matcher, for its own origins and all their neighbours.
fn check(patterns: &[&str], looked_up: &Cell<usize>) {
    let mut listed = patterns.to_vec();
    listed.sort_unstable();
    listed.dedup();
    if listed.len() < patterns.len() {
        return;
    }
    let policy = policy(patterns.iter().copied());
    for origin in patterns.iter().map(|pattern| sample_of(pattern)) {
        for probe in neighbours(&origin).iter().chain([&origin]) {
            looked_up.set(looked_up.get() + 1);
            let expected = patterns.iter().any(|pattern| matches(pattern, probe));
            match matched(&policy, probe) {
                Some(pattern) => assert!(matches(&pattern, probe), "{pattern} for {probe} of {patterns:?}"),
                None => assert!(!expected, "{probe} is refused by {patterns:?}"),
            }
        }
    }
}

/// The entry that a request from this origin matches.
fn matched(policy: &Policy, origin: &str) -> Option<String> {
    let headers = [("Origin", origin)];
    let request = CorsRequest::classify(b"GET", RequestTarget::path("/"), headers.as_slice());
    let decision = policy.decide(&request);
    let allow_origin = decision.headers.set().next().map(|(_, value)| value);
    assert_eq!(
        allow_origin,
        decision.matched_pattern().map(|_| origin.as_bytes()),
        "{origin}"
    );
    decision.matched_pattern().map(str::to_owned)
}

fn policy<'a>(patterns: impl Iterator<Item = &'a str>) -> Policy {
    let draft = PolicyDraft {
        allow_origins: AllowOrigins::List(patterns.map(OriginEntry::from).collect()),
        ..PolicyDraft::new("list")
    };
    Policy::build(draft).unwrap_or_else(|errors| panic!("{errors}")).0
}

fn for_every_order<'a>(items: &mut Vec<&'a str>, from: usize, visit: &mut impl FnMut(&[&'a str])) {
    if from == items.len() {
        visit(items);
    }
    for next in from..items.len() {
        items.swap(from, next);
        for_every_order(items, from + 1, visit);
        items.swap(from, next);
    }
}

fn generate(count: usize, seed: u64) -> Vec<String> {
    let found = Cell::new(Vec::new());
    let mut runner = TestRunner::new(Config {
        rng_seed: RngSeed::Fixed(SEED + seed),
        ..config(1)
    });
    let result = runner.run(&proptest::collection::vec(patterns(), count), |patterns| {
        found.set(patterns);
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    found.take()
}

/// Patterns whose hosts are made of few labels, so that many are parts of one another.
fn patterns() -> impl Strategy<Value = String> {
    let label = || {
        prop_oneof![
            3 => select(vec!["foo", "bar", "barfoo", "foobar", "a", "b", "cat", "concat", "kin", "pin"]).prop_map(str::to_owned),
            1 => (0..50_000_u32).prop_map(|number| format!("t{number}")),
        ]
    };
    let host = proptest::collection::vec(label(), 1..=3);
    let prefix = select(vec!["", "", "", "", "*.", "{label}."]);
    let port = prop_oneof![4 => select(vec!["", "", ":*", ":8443"]).prop_map(str::to_owned), 1 => (1024..u16::MAX).prop_map(|port| format!(":{port}"))];
    (
        any::<bool>(),
        prefix,
        host,
        select(vec!["com", "co.uk", "example"]),
        port,
    )
        .prop_map(|(is_https, prefix, host, end, port)| {
            let scheme = if is_https { "https" } else { "http" };
            format!("{scheme}://{prefix}{}.{end}{port}", host.join("."))
        })
}

const POOL: &[&str] = &[
    "https://foo.com",
    "https://bar.com",
    "https://foo.bar.com",
    "https://*.bar.com",
    "https://{label}.bar.com",
    "https://*.com",
    "https://*.foo.bar.com:*",
    "https://bar.com:*",
    "https://bar.com:8443",
    "http://*.bar.com",
    "https://*.bar.com:8443",
    "https://pin",
    "https://kin",
    "chrome-extension://foo.com",
    "https://[::1]:*",
];
