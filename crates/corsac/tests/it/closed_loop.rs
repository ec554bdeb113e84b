//! The closed loop: a page gets to read an answer if and only if the policy promises it, for
//! generated policies and for origins with their hostile neighbours.

use corsac::{AllowOrigins, Origin, PolicyDraft, PolicyTable};
use corsac_cases::hostile_origins::neighbours;
use corsac_fetch::{Client, CredentialsMode, OutcomeKind, RequestInit, UserAgent};
use proptest::prelude::{Strategy, prop_assert_eq, proptest};
use proptest::sample::{select, subsequence};

use crate::browser;
use crate::generated::{config, drafts, sample_of};
use crate::promise::{Ask, promises};

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn a_page_reads_an_answer_if_and_only_if_the_policy_promises_it(draft in drafts(), script in scripts()) {
        let Ok((table, _)) = PolicyTable::build(vec![draft.clone()]) else { return Ok(()) };
        let others = [UserAgent::Chromium, UserAgent::Firefox, UserAgent::WebKit];
        for (page, other) in pages(&draft).into_iter().zip(others.into_iter().cycle()) {
            let serialized = page.to_string();
            let ask = Ask {
                origin: &serialized,
                method: script.method_on_the_wire,
                unsafe_header_names: &script.unsafe_header_names(),
                include_credentials: script.credentials == CredentialsMode::Include,
            };
            let promised = promises(&draft, &ask);
            for user_agent in [UserAgent::Standard, other] {
                let outcome = browser::fetch(&table, script.init(), Client::new(page.clone()), user_agent);
                let shared = matches!(outcome.kind, OutcomeKind::Shared(_));
                prop_assert_eq!(shared, promised, "{:?} {:?} {:?} {:?}", user_agent, ask, draft, outcome.kind);
                if let OutcomeKind::Shared(response) = outcome.kind {
                    let secret = response.headers.iter().any(|(name, _)| name == b"x-secret");
                    let everything = draft.expose_headers.iter().any(|name| name == "*");
                    prop_assert_eq!(secret, everything, "a header that the policy does not expose");
                    let rate = response.headers.iter().any(|(name, _)| name == b"x-rate");
                    let exposed = everything || draft.expose_headers.iter().any(|name| name == "X-Rate");
                    prop_assert_eq!(rate, exposed, "a header that the policy exposes");
                }
            }
        }
    }
}

/// What a script asks for.
#[derive(Clone, Debug)]
struct Script {
    method: &'static str,
    method_on_the_wire: &'static str,
    headers: Vec<Header>,
    credentials: CredentialsMode,
    upload_listeners: bool,
}

/// Name, value, and whether the value makes a preflight necessary.
type Header = (&'static str, &'static str, bool);

impl Script {
    fn init(&self) -> RequestInit {
        RequestInit {
            method: self.method.to_owned(),
            headers: self
                .headers
                .iter()
                .map(|(name, value, _)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            credentials: self.credentials,
            upload_listeners: self.upload_listeners,
            ..RequestInit::new("https://api.test/items?q=1")
        }
    }

    fn unsafe_header_names(&self) -> Vec<&'static str> {
        self.headers
            .iter()
            .filter(|(_, _, is_unsafe)| *is_unsafe)
            .map(|(name, ..)| *name)
            .collect()
    }
}

fn scripts() -> impl Strategy<Value = Script> {
    let modes = vec![
        CredentialsMode::Omit,
        CredentialsMode::SameOrigin,
        CredentialsMode::Include,
    ];
    let headers = subsequence(HEADERS, 0..=HEADERS.len());
    (select(METHODS), headers, select(modes), proptest::bool::ANY).prop_map(
        |((method, method_on_the_wire), headers, credentials, upload_listeners)| Script {
            method,
            method_on_the_wire,
            headers,
            credentials,
            upload_listeners,
        },
    )
}

/// Pages of the listed origins, of their neighbours, and of nobody's.
fn pages(draft: &PolicyDraft) -> Vec<Origin> {
    let mut origins = vec!["https://app.example".to_owned()];
    if let AllowOrigins::List(entries) = &draft.allow_origins {
        origins.extend(entries.iter().map(|entry| sample_of(&entry.pattern)));
    }
    let mut pages: Vec<Origin> = origins
        .iter()
        .flat_map(|origin| neighbours(origin).into_iter().chain([origin.clone()]))
        .filter_map(|text| Origin::from_serialization(&text))
        .collect();
    pages.sort();
    pages.dedup();
    pages.push(Origin::UNIQUE);
    pages
}

const METHODS: &[(&str, &str)] = &[
    ("GET", "GET"),
    ("head", "HEAD"),
    ("POST", "POST"),
    ("put", "PUT"),
    ("Delete", "DELETE"),
    ("PATCH", "PATCH"),
    ("patch", "patch"),
    ("OPTIONS", "OPTIONS"),
    ("Custom", "Custom"),
    ("custom", "custom"),
];

const HEADERS: &[Header] = &[
    ("X-Token", "1", true),
    ("x-other", "1", true),
    ("Content-Type", "application/json", true),
    ("Authorization", "Bearer x", true),
    ("Accept-Language", "de", false),
    ("Accept", "text/plain", false),
];
