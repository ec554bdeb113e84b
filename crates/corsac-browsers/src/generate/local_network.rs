//! Pages from a public address, and targets on this machine, in a local network and on the public
//! address: Local Network Access.

use std::net::IpAddr;

use corsac_wire::scenario::{Api, Mode};

use super::draft::{Draft, add};
use super::random::Random;

/// Ask from a public page, or a local one.
pub(super) fn vary(draft: &mut Draft, random: &mut Random) {
    for (name, address) in ADDRESSES {
        draft.hosts.insert((*name).to_owned(), IpAddr::from(*address));
    }
    let page = random.weighted(PAGES);
    draft.set_page(page);
    let servers = if page.starts_with("https:") {
        SECURE_SERVERS
    } else {
        SERVERS
    };
    draft.set_server(random.one_of(servers));
    if draft.request.api == Api::Fetch && random.chance(30) {
        draft.request.mode = Some(random.one_of(&[Mode::NoCors, Mode::SameOrigin]));
    }
    if random.chance(30) {
        let location = draft.url(random.one_of(servers), 1);
        if let Some(actual) = draft.actual(0) {
            actual.status = random.one_of(&[302, 307]);
            add(actual, "Location", &location);
        }
        draft.add_hop(random);
    }
}

const PAGES: &[(usize, &str)] = &[
    (4, "http://public.example.test:23001"),
    (3, "https://public.example.test:23444"),
    (1, "http://local.example.test:23001"),
];

const SERVERS: &[&str] = &[
    "http://localhost:23002",
    "http://127.0.0.1:23002",
    "http://api.example.test:23002",
    "http://local.example.test:23002",
    "http://public.example.test:23002",
    "http://public.example.test:23001",
    "http://10.9.8.7:23002",
    "http://203.0.113.10:23002",
];

const SECURE_SERVERS: &[&str] = &[
    "https://localhost:23445",
    "https://api.example.test:23445",
    "https://local.example.test:23445",
    "https://public.example.test:23445",
    "https://public.example.test:23444",
    "http://localhost:23002",
    "http://127.0.0.1:23002",
    "http://local.example.test:23002",
];

const ADDRESSES: &[(&str, [u8; 4])] = &[
    ("public.example.test", [203, 0, 113, 10]),
    ("local.example.test", [10, 9, 8, 7]),
];
