//! Requests as anybody with a socket can send them, generated around what the policies list.

use corsac::{AllowOrigins, PolicyDraft};
use corsac_cases::hostile_origins::neighbours;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::sample::{select, subsequence};

use crate::generated::sample_of;
use crate::promise_guard::Arrival;

/// Tables, each with requests for it.
pub(crate) fn arrivals(
    tables: impl Strategy<Value = Vec<PolicyDraft>>,
) -> impl Strategy<Value = (Vec<PolicyDraft>, Vec<Arrival>)> {
    tables.prop_flat_map(|drafts| {
        let origins = origins(&drafts);
        let arrivals = proptest::collection::vec(arrival(origins), 1..=100);
        (Just(drafts), arrivals)
    })
}

fn arrival(origins: Vec<String>) -> impl Strategy<Value = Arrival> {
    let referers: Vec<String> = origins
        .iter()
        .map(|origin| format!("{origin}/page?x=1"))
        .collect();
    let line = |name: &'static str, values: Vec<String>, none: u32| {
        let one = select(values.clone()).prop_map(move |value| vec![(name.to_owned(), value)]);
        let two = (select(values.clone()), select(values))
            .prop_map(move |(one, two)| vec![(name.to_owned(), one), (name.to_owned(), two)]);
        prop_oneof![none => Just(Vec::new()), 20 => one, 1 => two]
    };
    let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    let names = subsequence(NAMES, 0..=4)
        .prop_shuffle()
        .prop_map(|names| names.join(","));
    let names = (names, select(SEPARATORS)).prop_map(|(names, separator)| {
        vec![(
            "Access-Control-Request-Headers".to_owned(),
            names.replace(',', separator),
        )]
    });
    let names = prop_oneof![1 => Just(Vec::new()), 1 => names.clone(), 1 => (names.clone(), names).prop_map(|(one, two)| [one, two].concat())];
    let headers = (
        line("Host", owned(HOSTS), 2),
        line("Origin", origins, 5),
        line("Sec-Fetch-Site", owned(SITES), 15),
        line("Referer", referers, 15),
        line("Upgrade", owned(UPGRADES), 40),
        line("Access-Control-Request-Method", owned(METHODS), 10),
        names,
        line(
            "access-control-request-private-network",
            owned(&["true", "false", "TRUE"]),
            15,
        ),
    )
        .prop_map(|(a, b, c, d, e, f, g, h)| [a, b, c, d, e, f, g, h].concat());
    let authority = prop_oneof![3 => Just(None), 1 => select(HOSTS).prop_map(|host| Some(host.to_owned()))];
    (select(METHODS), authority, select(PATHS), headers).prop_map(|(method, authority, path, headers)| {
        Arrival {
            method: method.to_owned(),
            authority,
            path: path.to_owned(),
            headers,
        }
    })
}

/// The listed origins and the servers' own, their neighbours, and what is none.
fn origins(drafts: &[PolicyDraft]) -> Vec<String> {
    let mut origins: Vec<String> = [
        "https://api.test",
        "http://api.test",
        "https://api.test:8443",
        "capacitor://api.test",
    ]
    .map(str::to_owned)
    .to_vec();
    for draft in drafts {
        if let AllowOrigins::List(entries) = &draft.allow_origins {
            origins.extend(entries.iter().map(|entry| sample_of(&entry.pattern)));
        }
    }
    let near: Vec<String> = origins.iter().flat_map(|origin| neighbours(origin)).collect();
    let own = origins.len();
    origins.extend(origins.clone().into_iter().cycle().take(near.len().max(own) / 2));
    origins.extend(near);
    origins.push("https://app.example".repeat(30));
    origins
}

const HOSTS: &[&str] = &[
    "api.test",
    "API.Test.",
    "api.test:8443",
    "api.test:443",
    "api.test:",
    "a.api.test",
    "b.a.api.test:80",
    "other.test",
    "app.example",
    "[::1]:3000",
    "[::1",
    "",
    ".api.test",
    "api.test..",
    "a..api.test",
    "user@api.test",
    "api%2etest",
    "api.test:x",
    "api.test, other.test",
];

const PATHS: &[&str] = &[
    "/",
    "/items",
    "/items/7?q=/admin/x",
    "/admin/users",
    "/admin/hook",
    "/admin/public/x",
    "/admin/public",
    "/items/../admin/users",
    "/admin/public/..",
    "/items/%2E%2e/admin/hook",
    "/items/..%2Fadmin/hook",
    "/admin%2fhook",
    "/admin\\hook",
    "/admin%5Chook",
    "/admin/hook;v=1",
    "/admin/public/..;/users",
    "/items;%2F../admin/x",
    "/admin/%3b/public/x",
    "//admin///hook",
    "/./admin/./hook",
    "/%61dmin/hook",
    "/%2561dmin/hook",
    "/Admin/hook",
    "/abc/x",
    "/../../admin/hook#x",
    "/%zz/%2",
    "*",
    "",
    "admin/hook",
];

const METHODS: &[&str] = &[
    "GET", "HEAD", "OPTIONS", "OPTIONS", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "patch", "Custom",
    "CONNECT", "get", "TRACE",
];

const SITES: &[&str] = &[
    "same-origin",
    "none",
    "same-site",
    "cross-site",
    "",
    "Same-Origin",
    "same-origin, none",
];

const UPGRADES: &[&str] = &["websocket", "WebSocket", "h2c", "h2c,\twebsocket", "websocket2"];

const NAMES: &[&str] = &[
    "x-token",
    "X-Other",
    "content-type",
    "Authorization",
    "x-evil",
    "x-tok",
    "x token",
];

const SEPARATORS: &[&str] = &[",", ", ", " ,\t", ",,"];
