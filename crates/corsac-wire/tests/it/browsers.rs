//! Replays what Chromium, Firefox and WebKit were seen to do (`cases/browsers`).

use std::fs::{self, File};
use std::path::PathBuf;

use corsac_fetch::UserAgent;
use corsac_wire::compare::Compared;
use corsac_wire::compare_known::Known;
use corsac_wire::simulate::Options;
use corsac_wire::simulate_lines::Lines;
use corsac_wire::simulate_session::{Counts, Session, SessionMode};

#[test]
fn chromium_is_followed_in_every_recording() {
    assert_eq!(
        replay(UserAgent::Chromium, "chromium", false),
        (String::new(), counts(4468, 1))
    );
}

#[test]
fn firefox_is_followed_in_every_recording() {
    assert_eq!(
        replay(UserAgent::Firefox, "firefox", false),
        (String::new(), counts(4461, 8))
    );
}

#[test]
fn webkit_is_followed_in_every_recording() {
    assert_eq!(
        replay(UserAgent::WebKit, "webkit", false),
        (String::new(), counts(4468, 1))
    );
}

#[test]
fn the_cookies_of_chromium_and_firefox_are_followed() {
    assert_eq!(
        replay(UserAgent::Chromium, "chromium", true),
        (String::new(), counts(4468, 1))
    );
    assert_eq!(
        replay(UserAgent::Firefox, "firefox", true),
        (String::new(), counts(4461, 8))
    );
}

#[test]
fn the_cookies_of_webkit_are_followed() {
    assert_eq!(
        replay(UserAgent::WebKit, "webkit", true),
        (String::new(), counts(4468, 1))
    );
}

#[test]
fn what_live_runs_found_is_followed() {
    for (user_agent, name) in [
        (UserAgent::Chromium, "chromium"),
        (UserAgent::Firefox, "firefox"),
        (UserAgent::WebKit, "webkit"),
    ] {
        let (printed, counts) = replay_files(&["live.jsonl"], user_agent, name, true);
        assert_eq!((printed.as_str(), counts.failed), ("", 0));
        assert!(counts.passed > 0);
    }
}

/// What is printed before the last line, and the counts.
fn replay(user_agent: UserAgent, name: &str, cookies: bool) -> (String, Counts) {
    replay_files(&RECORDINGS, user_agent, name, cookies)
}

fn replay_files(files: &[&str], user_agent: UserAgent, name: &str, cookies: bool) -> (String, Counts) {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/browsers"));
    let known = fs::read_to_string(folder.join("known").join(format!("{name}.txt"))).unwrap();
    let mode = SessionMode::Compare {
        known: Known::read(&known, name).unwrap(),
        compared: Compared { cookies },
    };
    let options = Options {
        user_agent,
        trace: false,
    };
    let mut session = Session::new(options, mode);
    let (mut printed, mut errors) = (Vec::new(), Vec::new());
    for file in files {
        let mut lines = Lines::new(File::open(folder.join(file)).unwrap()).unwrap();
        while let Some(line) = lines.next_line().unwrap() {
            session.line(file, &line, &mut printed, &mut errors).unwrap();
        }
    }
    assert_eq!(String::from_utf8(errors).unwrap(), "");
    (String::from_utf8(printed).unwrap(), session.counts())
}

fn counts(passed: usize, known: usize) -> Counts {
    Counts {
        passed,
        known,
        ..Counts::default()
    }
}

pub(crate) const RECORDINGS: [&str; 4] = [
    "scenarios.jsonl.gz",
    "matrix.jsonl.gz",
    "special.jsonl.gz",
    "sequences.jsonl.gz",
];
