//! Sequences of two to four requests of one page and its frames, which share a preflight cache: the
//! same request again, or with one thing changed, with answers that say how long a grant lives.

use corsac_fetch::UserAgent;
use corsac_wire::scenario::{Answer, Cache, Credentials, Hop, OwnedLine, RequestFields, Server};
use corsac_wire::sequence::{Phase, SequenceStep};

use super::draft::{add, remove, set};
use super::random::Random;

/// A sequence.
pub(super) fn line(id: String, seed: u64, browser: UserAgent, random: &mut Random) -> OwnedLine {
    let page = random.weighted(PAGES);
    let server = match page.starts_with("https:") {
        true => "https://api.example.test:23445",
        false => random.weighted(SERVERS),
    };
    let first = RequestFields {
        url: format!("{server}/s/{id}/0"),
        method: random.one_of(&["PUT", "PUT", "DELETE", "GET"]).to_owned(),
        headers: vec![("X-A".to_owned(), "1".to_owned())],
        credentials: random.one_of(&[None, Some(Credentials::Omit), Some(Credentials::Include)]),
        ..RequestFields::default()
    };
    let answers = answers(random);
    let mut steps = vec![SequenceStep {
        request: Some(first.clone()),
        server: answers.clone(),
        ..SequenceStep::default()
    }];
    for _ in 0..=random.below(3) {
        let mut step = SequenceStep {
            request: Some(first.clone()),
            server: answers.clone(),
            ..SequenceStep::default()
        };
        change(&mut step, &id, server, browser, random);
        steps.push(step);
    }
    let phase = Phase {
        page_origin: page.to_owned(),
        steps,
    };
    OwnedLine {
        id,
        seed: Some(seed),
        phases: Some(vec![phase]),
        ..OwnedLine::default()
    }
}

fn answers(random: &mut Random) -> Server {
    let mut preflight = Answer::new(204, []);
    let mut actual = Answer::new(200, []);
    actual.body = Some(String::from("ok"));
    for answer in [&mut preflight, &mut actual] {
        add(answer, "Access-Control-Allow-Origin", "{origin}");
        add(answer, "Access-Control-Allow-Credentials", "true");
    }
    add(
        &mut preflight,
        "Access-Control-Allow-Methods",
        random.weighted(METHODS),
    );
    add(
        &mut preflight,
        "Access-Control-Allow-Headers",
        random.weighted(HEADERS),
    );
    if random.chance(60) {
        add(
            &mut preflight,
            "Access-Control-Max-Age",
            random.weighted(MAX_AGES),
        );
    }
    Server {
        preflight: Some(preflight),
        actual: Some(actual),
        hops: Vec::new(),
    }
}

/// Change one thing of a step; often nothing, which is a repetition.
fn change(step: &mut SequenceStep, id: &str, server: &str, browser: UserAgent, random: &mut Random) {
    let Some(request) = &mut step.request else {
        return;
    };
    match random.below(18) {
        0 => {
            request.method = random
                .one_of(&["PUT", "DELETE", "PATCH", "GET", "POST"])
                .to_owned()
        }
        1 => request.headers.clear(),
        2 => request.headers.push(("X-B".to_owned(), "1".to_owned())),
        3 => {
            request.credentials = random.one_of(&[
                None,
                Some(Credentials::Omit),
                Some(Credentials::SameOrigin),
                Some(Credentials::Include),
            ]);
        }
        4 => {
            request.cache =
                Some(random.one_of(&[Cache::NoStore, Cache::Reload, Cache::NoCache, Cache::ForceCache]))
        }
        5 => request.url.push_str("?q=1"),
        6 => request.url.push_str("#f"),
        7 => request.url = format!("{server}/s/{id}/1"),
        8 => step.via = Some("sandbox".to_owned()),
        9 => {
            step.via = Some(
                random
                    .one_of(&["http://127.0.0.1:23001", "http://localhost:23001"])
                    .to_owned(),
            )
        }
        10 => step.wait_ms = 1_500,
        11 if random.chance(25) => step.wait_ms = 6_000,
        12 => refuse_preflight(&mut step.server, random),
        13 => refuse_actual(&mut step.server),
        14 => redirect(&mut step.server, id, server, random),
        15 if browser != UserAgent::WebKit => {
            // Two at once; the order of what they send is not compared.
            let one = request.clone();
            step.parallel = Some(vec![one.clone(), one]);
            step.request = None;
        }
        _ => {}
    }
}

fn refuse_preflight(server: &mut Server, random: &mut Random) {
    let Some(preflight) = &mut server.preflight else {
        return;
    };
    match random.below(3) {
        0 => remove(preflight, "Access-Control-Allow-Origin"),
        1 => preflight.status = 403,
        _ => set(preflight, "Access-Control-Allow-Methods", "PROPFIND"),
    }
}

fn refuse_actual(server: &mut Server) {
    if let Some(actual) = &mut server.actual {
        remove(actual, "Access-Control-Allow-Origin");
    }
}

/// The request is redirected to another path, or another server.
fn redirect(server: &mut Server, id: &str, this: &str, random: &mut Random) {
    let next = random.one_of(&[this, "http://localhost:23003"]);
    let last = Hop {
        preflight: server.preflight.clone(),
        actual: server.actual.clone(),
        url: None,
    };
    let mut first = last.clone();
    if let Some(actual) = &mut first.actual {
        actual.status = 307;
        add(actual, "Location", &format!("{next}/s/{id}/1"));
    }
    *server = Server {
        hops: vec![first, last],
        ..Server::default()
    };
}

const PAGES: &[(usize, &str)] = &[
    (4, "http://localhost:23001"),
    (2, "http://app.example.test:23001"),
    (2, "https://app.example.test:23444"),
];

/// Mostly names: Firefox forgets what it knows of an address with each new connection.
const SERVERS: &[(usize, &str)] = &[
    (5, "http://api.example.test:23002"),
    (3, "http://localhost:23003"),
];

const METHODS: &[(usize, &str)] = &[(4, "PUT, DELETE, PATCH"), (2, "{acrm}"), (2, "*"), (1, "PUT")];

const HEADERS: &[(usize, &str)] = &[(4, "x-a, x-b"), (2, "{acrh}"), (2, "*"), (1, "x-a")];

const MAX_AGES: &[(usize, &str)] = &[
    (4, "600"),
    (2, "0"),
    (3, "1"),
    (1, "-1"),
    (1, "5"),
    (1, "junk"),
    (1, "+600"),
    (1, "600, 1"),
    (1, "1.5"),
    (1, ""),
];
