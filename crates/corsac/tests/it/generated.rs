//! Policy drafts of every kind, from small pools, so that entries meet each other.

use corsac::{AllowOrigins, Csrf, MaxAge, Mode, OriginEntry, PolicyDraft};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, RngSeed};

/// Drafts whose every value may be part of a policy; some combinations may not.
pub(crate) fn drafts() -> impl Strategy<Value = PolicyDraft> {
    let origins = prop_oneof![
        1 => Just(AllowOrigins::Any),
        4 => subsequence(ORIGINS, 0..=6).prop_map(|origins| origins.into_iter().map(entry).collect()),
    ];
    let null_origin = prop_oneof![3 => Just(None), 1 => Just(Some("a sandboxed frame".to_owned()))];
    let max_age = prop_oneof![
        Just(MaxAge::Default),
        Just(MaxAge::Off),
        (0..=86_400_u32).prop_map(MaxAge::Seconds)
    ];
    (
        origins,
        null_origin,
        any::<bool>(),
        strings(METHODS),
        strings(HEADERS),
        strings(EXPOSED),
        max_age,
    )
        .prop_map(
            |(origins, null_origin, credentials, methods, headers, exposed, max_age)| PolicyDraft {
                allow_origins: origins,
                dangerously_allow_null_origin: null_origin,
                allow_credentials: credentials,
                allow_methods: methods,
                allow_headers: headers,
                expose_headers: exposed,
                max_age,
                ..PolicyDraft::new("generated")
            },
        )
}

/// Tables of one to three policies, for hosts and paths of which some are one another's neighbours.
pub(crate) fn tables() -> impl Strategy<Value = Vec<PolicyDraft>> {
    let one = (
        drafts(),
        subsequence(HOSTS, 0..=2),
        subsequence(PATHS, 1..=3),
        prop_oneof![2 => Just(None), 3 => subsequence(EXEMPT_PATHS, 0..=2).prop_map(Some)],
        any::<bool>(),
        prop_oneof![7 => Just(Mode::Enforce), 1 => Just(Mode::ReportOnly)],
    )
        .prop_map(
            |(draft, hosts, paths, exempt_paths, websocket, mode)| PolicyDraft {
                hosts: owned(hosts),
                paths: owned(paths),
                csrf: match exempt_paths {
                    // Guarding against nobody is a mistake.
                    Some(exempt_paths) if draft.allow_origins != AllowOrigins::Any => Csrf::Enforce {
                        exempt_paths: owned(exempt_paths),
                    },
                    _ => Csrf::Off,
                },
                websocket,
                mode,
                ..draft
            },
        );
    proptest::collection::vec(one, 1..=3).prop_map(|mut drafts| {
        for (position, draft) in drafts.iter_mut().enumerate() {
            draft.name = format!("policy {position}");
        }
        drafts
    })
}

/// Drafts whose values are mostly mistakes.
pub(crate) fn wild_drafts() -> impl Strategy<Value = PolicyDraft> {
    let text = || {
        prop_oneof![
            "[ -~]{0,12}",
            "\\PC{0,6}",
            "https?://[*{}a-z.:0-9\\[\\]@/]{0,14}",
            "/[a-z*%2fF./;]{0,9}"
        ]
    };
    let texts = move || proptest::collection::vec(text(), 0..4);
    let entries = (texts(), proptest::option::of(text())).prop_map(|(patterns, switch)| {
        AllowOrigins::List(
            patterns
                .into_iter()
                .map(|pattern| OriginEntry {
                    pattern,
                    dangerously_allow_insecure: switch.clone(),
                    dangerously_allow_public_suffix: switch.clone(),
                    allow_private_network: switch.is_some(),
                })
                .collect(),
        )
    });
    (
        text(),
        (texts(), texts(), texts()),
        entries,
        texts(),
        texts(),
        texts(),
        any::<bool>(),
        any::<u32>(),
    )
        .prop_map(
            |(
                name,
                (hosts, paths, exempt_paths),
                allow_origins,
                allow_methods,
                allow_headers,
                expose_headers,
                allow_credentials,
                seconds,
            )| {
                PolicyDraft {
                    name,
                    hosts,
                    paths,
                    allow_origins,
                    dangerously_allow_null_origin: None,
                    allow_credentials,
                    allow_methods,
                    allow_headers,
                    expose_headers,
                    max_age: MaxAge::Seconds(seconds),
                    csrf: Csrf::Enforce { exempt_paths },
                    websocket: seconds % 2 == 0,
                    mode: Mode::default(),
                }
            },
        )
}

/// The same cases in every run: a failure can be run again, and CI does not fail by chance.
pub(crate) fn config(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(SEED),
        ..Config::default()
    }
}

/// An origin that each listed pattern stands for.
pub(crate) fn sample_of(pattern: &str) -> String {
    pattern
        .replace("*.", "a.b.")
        .replace("{label}.", "a.")
        .replace(":*", ":5173")
}

/// Where the random numbers start.
pub(crate) const SEED: u64 = 0x00c0_75ac;

fn entry(pattern: &'static str) -> OriginEntry {
    OriginEntry {
        allow_private_network: pattern.contains("app.example:") || pattern.contains('*'),
        pattern: pattern.to_owned(),
        dangerously_allow_insecure: pattern.starts_with("http:").then(|| "generated".to_owned()),
        dangerously_allow_public_suffix: pattern.contains("*.example").then(|| "generated".to_owned()),
    }
}

fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

fn strings(pool: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    let some = subsequence(pool, 0..=pool.len()).prop_map(owned);
    prop_oneof![3 => some, 1 => Just(Vec::new()), 1 => select(pool).prop_map(|one| vec![one.to_owned()])]
}

const ORIGINS: &[&str] = &[
    "https://app.example",
    "https://app.example:8443",
    "http://app.example",
    "https://app.example.",
    "https://*.app.example",
    "https://{label}.app.example",
    "https://*.example",
    "https://*.app.example:8443",
    "https://*.a.app.example",
    "https://{label}.app.example:*",
    "https://app.example:*",
    "http://localhost:*",
    "http://*.localhost:*",
    "http://127.0.0.1:5173",
    "https://[::1]:*",
    "https://xn--bcher-kva.example",
    "chrome-extension://abcdefghijklmnop",
];

const METHODS: &[&str] = &["PUT", "delete", "PATCH", "patch", "OPTIONS", "GET", "Custom", "*"];

const HEADERS: &[&str] = &["X-Token", "content-type", "Authorization", "x-other", "*"];

const EXPOSED: &[&str] = &["X-Rate", "*", "Content-Length"];

const HOSTS: &[&str] = &[
    "api.test",
    "*.api.test",
    "{label}.api.test",
    "*.test",
    "a.api.test",
    "[::1]",
    "app.example",
];

const PATHS: &[&str] = &[
    "/*",
    "/items/*",
    "/items",
    "/admin/*",
    "/admin/public/*",
    "/a%62c/*",
];

const EXEMPT_PATHS: &[&str] = &["/items/*", "/admin/*", "/admin/hook"];
