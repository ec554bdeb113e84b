//! Lines as they are written: what is read back is what was meant.

use std::fs::File;
use std::path::PathBuf;

use corsac_fetch::UserAgent;
use corsac_wire::scenario::OwnedLine;
use corsac_wire::simulate::{Options, simulate};
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
