//! A scenario in the making. It begins as an exchange that works; topics then change it.

use std::collections::BTreeMap;
use std::net::IpAddr;

use corsac_fetch::UserAgent;
use corsac_wire::scenario::{
    Answer, Api, Body, BodyKind, Credentials, Hop, OwnedLine, RequestFields, Server,
};

use super::random::Random;

/// A scenario in the making.
pub(super) struct Draft {
    /// The line's name, which its paths carry.
    pub(super) id: String,
    /// The origin of the page.
    pub(super) page: &'static str,
    /// Options of the page.
    pub(super) page_options: Vec<(&'static str, &'static str)>,
    /// The request.
    pub(super) request: RequestFields,
    /// The answers.
    pub(super) hops: Vec<Hop>,
    /// Addresses of names.
    pub(super) hosts: BTreeMap<String, IpAddr>,
    /// The browser that will run it.
    pub(super) browser: UserAgent,
}

impl Draft {
    /// A request that the server allows, from one of the pages to one of the servers.
    pub(super) fn new(id: String, browser: UserAgent, random: &mut Random) -> Self {
        let page = random.weighted(PAGES);
        let target = target(page, random);
        let mut draft = Self {
            page,
            page_options: Vec::new(),
            request: RequestFields::new(page, format!("{target}/s/{id}/0")),
            hops: Vec::new(),
            hosts: BTreeMap::new(),
            browser,
            id,
        };
        if random.chance(25) {
            draft.request.api = Api::Xhr;
        }
        draft.request.method = random.weighted(METHODS).to_owned();
        draft.request.credentials = match draft.request.api {
            Api::Xhr => random.one_of(&[None, Some(Credentials::Include)]),
            _ => random.weighted(CREDENTIALS),
        };
        if random.chance(40) {
            let header = random.one_of(HEADERS);
            draft.set_request_header(header.0, header.1);
        }
        if matches!(draft.request.method.as_str(), "POST" | "PUT" | "PATCH") && random.chance(70) {
            draft.request.body = Some(Body {
                kind: BodyKind::String,
                text: String::from("a=1"),
                blob_type: String::new(),
            });
        }
        draft.add_hop(random);
        draft
    }

    /// The URL of a hop at this server.
    pub(super) fn url(&self, server: &str, hop: usize) -> String {
        format!("{server}/s/{}/{hop}", self.id)
    }

    /// Send the request to another server.
    pub(super) fn set_server(&mut self, server: &str) {
        self.request.url = self.url(server, 0);
    }

    /// Whether the request comes with credentials.
    pub(super) fn includes_credentials(&self) -> bool {
        self.request.credentials == Some(Credentials::Include)
    }

    /// Ask from another page.
    pub(super) fn set_page(&mut self, page: &'static str) {
        self.page = page;
        self.request.page_origin = Some(page.to_owned());
    }

    /// Replace a request header, or add it.
    pub(super) fn set_request_header(&mut self, name: &str, value: &str) {
        self.request
            .headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.request.headers.push((name.to_owned(), value.to_owned()));
    }

    /// One more URL in the chain, with answers that allow the request.
    pub(super) fn add_hop(&mut self, random: &mut Random) {
        let mut preflight = Answer::new(random.weighted(OK_STATUSES), []);
        let mut actual = Answer::new(200, []);
        actual.body = Some(String::from("ok"));
        let origin = match random.below(10) {
            0 if !self.includes_credentials() => "*",
            _ => "{origin}",
        };
        for answer in [&mut preflight, &mut actual] {
            add(answer, "Access-Control-Allow-Origin", origin);
            if self.includes_credentials() || random.chance(30) {
                add(answer, "Access-Control-Allow-Credentials", "true");
            }
        }
        let methods = random.weighted(&[(3, "{acrm}"), (2, ALL_METHODS)]);
        add(&mut preflight, "Access-Control-Allow-Methods", methods);
        add(&mut preflight, "Access-Control-Allow-Headers", "{acrh}");
        add(&mut actual, "Content-Type", "text/plain");
        self.hops.push(Hop {
            preflight: Some(preflight),
            actual: Some(actual),
            url: None,
        });
    }

    /// The answer to the preflight of a hop.
    pub(super) fn preflight(&mut self, hop: usize) -> Option<&mut Answer> {
        self.hops.get_mut(hop)?.preflight.as_mut()
    }

    /// The answer to the request itself of a hop.
    pub(super) fn actual(&mut self, hop: usize) -> Option<&mut Answer> {
        self.hops.get_mut(hop)?.actual.as_mut()
    }

    /// Make the request one that is asked for in a preflight.
    pub(super) fn need_preflight(&mut self, random: &mut Random) {
        match random.below(2) {
            0 => self.request.method = random.one_of(&["PUT", "DELETE", "PATCH"]).to_owned(),
            _ => self.set_request_header(random.one_of(&["X-Custom", "X-Requested-With"]), "1"),
        }
    }

    /// The line, as it is written.
    pub(super) fn into_line(self, seed: u64) -> OwnedLine {
        let options: Vec<String> = self
            .page_options
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        OwnedLine {
            id: self.id,
            seed: Some(seed),
            request: Some(self.request),
            server: Some(Server {
                hops: self.hops,
                ..Server::default()
            }),
            page_query: (!options.is_empty()).then(|| options.join("&")),
            hosts: self.hosts,
            ..OwnedLine::default()
        }
    }
}

/// Add a header line.
pub(super) fn add(answer: &mut Answer, name: &str, value: &str) {
    answer.headers.push((name.to_owned(), value.to_owned()));
}

/// Remove the lines of this name, and put one in the place of the first.
pub(super) fn set(answer: &mut Answer, name: &str, value: &str) {
    let place = answer
        .headers
        .iter()
        .position(|(known, _)| known.eq_ignore_ascii_case(name))
        .unwrap_or(answer.headers.len());
    remove(answer, name);
    let place = place.min(answer.headers.len());
    answer.headers.insert(place, (name.to_owned(), value.to_owned()));
}

/// Remove the lines of this name.
pub(super) fn remove(answer: &mut Answer, name: &str) {
    answer
        .headers
        .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
}

/// One of the servers; for https pages mostly one of https.
pub(super) fn target(page: &str, random: &mut Random) -> &'static str {
    let secure = page.starts_with("https:") && random.chance(85);
    match secure || random.chance(12) {
        true => random.weighted(SECURE_SERVERS),
        false => random.weighted(SERVERS),
    }
}

/// The pages; `null` is a frame with an opaque origin.
pub(super) const PAGES: &[(usize, &str)] = &[
    (4, "http://localhost:23001"),
    (3, "http://app.example.test:23001"),
    (2, "http://127.0.0.1:23001"),
    (3, "https://app.example.test:23444"),
    (2, "null"),
];

/// The servers that speak http.
pub(super) const SERVERS: &[(usize, &str)] = &[
    (3, "http://127.0.0.1:23002"),
    (4, "http://api.example.test:23002"),
    (2, "http://localhost:23002"),
    (2, "http://localhost:23003"),
    (1, "http://localhost:23001"),
    (1, "http://127.0.0.1:23001"),
    (1, "http://app.example.test:23001"),
];

/// The servers that speak https.
pub(super) const SECURE_SERVERS: &[(usize, &str)] = &[
    (4, "https://api.example.test:23445"),
    (2, "https://127.0.0.1:23445"),
    (2, "https://localhost:23445"),
    (1, "https://app.example.test:23444"),
];

const METHODS: &[(usize, &str)] = &[
    (6, "GET"),
    (4, "POST"),
    (3, "PUT"),
    (1, "DELETE"),
    (1, "PATCH"),
    (1, "HEAD"),
];

const CREDENTIALS: &[(usize, Option<Credentials>)] = &[
    (4, None),
    (2, Some(Credentials::Omit)),
    (1, Some(Credentials::SameOrigin)),
    (4, Some(Credentials::Include)),
];

const HEADERS: &[(&str, &str)] = &[
    ("X-Custom", "1"),
    ("X-Requested-With", "XMLHttpRequest"),
    ("Content-Type", "application/json"),
    ("Content-Type", "text/plain"),
    ("Authorization", "Bearer x"),
    ("Accept", "application/json"),
    ("Accept-Language", "de"),
    ("Cache-Control", "no-cache"),
];

const OK_STATUSES: &[(usize, u16)] = &[(5, 204), (5, 200), (1, 201), (1, 299)];
const ALL_METHODS: &str = "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS";
