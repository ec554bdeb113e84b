//! Lines as they are written: what is read back is what was meant.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;

use corsac_fetch::UserAgent;
use corsac_wire::scenario::{Answer, Mode, OwnedLine, RequestFields, Server};
use corsac_wire::simulate::{LineOutcome, Options, simulate};
use corsac_wire::simulate_lines::Lines;

use crate::browsers::RECORDINGS;

#[test]
fn every_recorded_line_survives_being_written() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/browsers"));
    let mut count = 0;
    for file in RECORDINGS {
        let mut lines = Lines::new(File::open(folder.join(file)).unwrap()).unwrap();
        while let Some(line) = lines.next_line().unwrap() {
            let text = line.bytes.unwrap();
            let read: OwnedLine = serde_json::from_slice(text).unwrap();
            let written = read.to_json();
            let again: OwnedLine = serde_json::from_str(&written).unwrap();
            assert_eq!(again, read);
            assert_eq!(outcome(written.as_bytes()), outcome(text), "{}", read.id);
            count += 1;
        }
    }
    assert_eq!(count, 4469);
}

/// What becomes of the line, with every step.
fn outcome(line: &[u8]) -> String {
    let options = Options {
        user_agent: UserAgent::Standard,
        trace: true,
    };
    let simulated = simulate(line, options).unwrap();
    assert!(simulated.observed.is_some());
    serde_json::to_string(&simulated.outcome).unwrap()
}

#[test]
fn the_options_of_a_page_and_the_addresses_of_names_reach_the_browser_half() {
    let reasons = |line: &OwnedLine, user_agent| -> Option<String> {
        let json = line.to_json();
        let options = Options {
            user_agent,
            ..Options::default()
        };
        match simulate(json.as_bytes(), options).unwrap().outcome {
            LineOutcome::Scenario(outcome) => outcome.fetch.reason.map(|reason| reason.code),
            LineOutcome::Sequence(_) => None,
        }
    };
    let allowing = Answer::new(200, [("Access-Control-Allow-Origin".to_owned(), "*".to_owned())]);
    let line = OwnedLine {
        request: Some(RequestFields::new(
            "http://public.example.test:23001",
            "http://api.example.test:23002/s/x/0",
        )),
        server: Some(Server {
            actual: Some(allowing),
            ..Server::default()
        }),
        ..OwnedLine::default()
    };
    assert_eq!(reasons(&line, UserAgent::Chromium), None);
    let public = OwnedLine {
        hosts: BTreeMap::from([
            ("public.example.test".to_owned(), [203, 0, 113, 10].into()),
            ("api.example.test".to_owned(), [127, 0, 0, 1].into()),
        ]),
        ..line.clone()
    };
    let refused = reasons(&public, UserAgent::Chromium);
    assert_eq!(refused.as_deref(), Some("local-network-access"));

    let embedding = |page_query: &str, page: &str| {
        let mut line = OwnedLine {
            page_query: Some(page_query.to_owned()),
            ..line.clone()
        };
        let request = line.request.as_mut().unwrap();
        request.page_origin = Some(page.to_owned());
        request.mode = Some(Mode::NoCors);
        reasons(&line, UserAgent::Chromium)
    };
    let secure = "http://localhost:23001";
    assert_eq!(embedding("coep=unsafe-none", secure), None);
    assert_eq!(
        embedding("coep=require-corp", secure).as_deref(),
        Some("cross-origin-resource-policy")
    );
    // A page that is no secure context has no such policy.
    assert_eq!(embedding("coep=require-corp", "http://app.example"), None);
}
