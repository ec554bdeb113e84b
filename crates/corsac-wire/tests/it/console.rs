//! The console texts of the catalogue against what browsers printed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::PathBuf;

use corsac_fetch::UserAgent;
use corsac_wire::simulate::{LineOutcome, Options, simulate};
use corsac_wire::simulate_lines::Lines;
use serde::Deserialize;

#[test]
fn chromium_prints_what_was_recorded() {
    compare(UserAgent::Chromium, "chromium");
}

#[test]
fn firefox_prints_what_was_recorded() {
    compare(UserAgent::Firefox, "firefox");
}

#[test]
fn webkit_prints_what_was_recorded() {
    compare(UserAgent::WebKit, "webkit");
}

#[derive(Deserialize)]
struct Observed {
    console: Vec<String>,
}

#[expect(
    clippy::print_stdout,
    reason = "with --nocapture, a run tells the rate and each difference"
)]
fn compare(user_agent: UserAgent, name: &str) {
    let mut lines = Lines::new(File::open(folder().join("recorded.jsonl.zst")).unwrap()).unwrap();
    let mut disagreements = BTreeMap::new();
    let mut compared = 0;
    while let Some(line) = lines.next_line().unwrap() {
        let simulated = simulate(
            line.bytes.unwrap(),
            Options {
                user_agent,
                trace: false,
            },
        )
        .unwrap();
        let observed: BTreeMap<String, Observed> =
            serde_json::from_str(simulated.observed.unwrap().get()).unwrap();
        let (Some(observed), LineOutcome::Scenario(outcome)) = (observed.get(name), &simulated.outcome)
        else {
            continue;
        };
        compared += 1;
        let derived = &outcome.fetch.console;
        if *derived != observed.console {
            let difference = format!("  printed {:#?}\n  derived {derived:#?}", observed.console);
            disagreements.insert(format!("{name} {}", simulated.id), difference);
        }
    }
    println!("{name}: {} of {compared} agree", compared - disagreements.len());
    assert!(compared > 2000, "the recordings are missing");

    let known = known(name);
    for (line, difference) in disagreements.iter().filter(|(line, _)| !known.contains(*line)) {
        println!("{line}\n{difference}");
    }
    let found: BTreeSet<String> = disagreements.into_keys().collect();
    let new: Vec<_> = found.difference(&known).collect();
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "new disagreements: {new:#?}\nknown ones that agree now (remove them from the list): {gone:#?}"
    );
}

/// The lines of the list that are about this browser.
fn known(name: &str) -> BTreeSet<String> {
    fs::read_to_string(folder().join("known_disagreements.txt"))
        .unwrap()
        .lines()
        .filter(|line| line.split(' ').next() == Some(name))
        .map(str::to_owned)
        .collect()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../cases/console")
}
