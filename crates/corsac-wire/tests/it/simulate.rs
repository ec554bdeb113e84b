//! `simulate` on lines of every kind of wrongness: an error that names the place and the value, and
//! the rest goes on.

use std::io::Read;

use corsac_fetch::UserAgent;
use corsac_wire::compare::{Compared, compare};
use corsac_wire::compare_known::Known;
use corsac_wire::simulate::{Options, simulate};
use corsac_wire::simulate_lines::{LONGEST_LINE, Lines};
use corsac_wire::simulate_session::{Counts, Session, SessionMode};

#[test]
fn a_malformed_line_is_told_by_place_value_and_reason() {
    for (line, expected) in MALFORMED {
        let error = simulate(line.as_bytes(), Options::default()).unwrap_err();
        assert_eq!(error.to_string(), *expected, "{line}");
    }
}

#[test]
fn bytes_that_are_no_text_are_an_error() {
    let error = simulate(b"{\"id\":\"\xff\"}", Options::default()).unwrap_err();
    assert_eq!(error.place(), Some("column 8"));
}

#[test]
fn a_malformed_line_stops_no_other() {
    let good = scenario(r#"{"status":200,"headers":[["Access-Control-Allow-Origin","*"]]}"#);
    let input = format!("{good}\n{{\"id\":7}}\n\n{good}\n");
    let (printed, errors, counts) = run(input.as_bytes(), SessionMode::Simulate);
    assert_eq!(
        errors,
        "error: in.jsonl:2: id: invalid type: integer `7`, expected a string, found `7`\n"
    );
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[1],
        r#"{"version":1,"error":{"file":"in.jsonl","line":2,"place":"id","value":"7","message":"invalid type: integer `7`, expected a string"}}"#
    );
    assert_eq!(lines[0], lines[2]);
    assert_eq!(counts.malformed, 1);
}

#[test]
fn a_line_that_is_too_long_is_skipped_without_being_kept() {
    let good = scenario(r#"{"status":200}"#);
    let long = std::io::repeat(b'x').take(3 * LONGEST_LINE as u64);
    let rest = format!("\n{good}");
    let input = long.chain(rest.as_bytes());
    let (printed, errors, _) = run(input, SessionMode::Simulate);
    assert_eq!(errors, "error: in.jsonl:1: the line is longer than 16 MiB\n");
    assert_eq!(printed.lines().count(), 2);
}

#[test]
fn a_million_hops_are_refused() {
    let line = format!(
        r#"{{"request":{{"page_origin":"null","url":"https://a.example/"}},"server":{{"hops":[{}{{}}]}}}}"#,
        "{},".repeat(1_000_000)
    );
    let error = simulate(line.as_bytes(), Options::default()).unwrap_err();
    assert_eq!(error.place(), Some("server.hops"));
    assert_eq!(error.message(), "more than 256 hops");
}

#[test]
fn ten_thousand_requests_are_the_most_of_a_sequence() {
    let sequence = |requests: usize| {
        let request = r#"{"url":"https://a.example/"}"#;
        let parallel = vec![request; requests].join(",");
        format!(
            r#"{{"phases":[{{"page_origin":"null","steps":[{{"parallel":[{parallel}],"server":{{"actual":{{}}}}}}]}}]}}"#
        )
    };
    simulate(sequence(10_000).as_bytes(), Options::default()).unwrap();
    let error = simulate(sequence(10_001).as_bytes(), Options::default()).unwrap_err();
    assert_eq!(error.to_string(), "phases: more than 10000 requests");
}

#[test]
fn huge_header_values_and_endless_redirects_end() {
    let huge = "a".repeat(1_000_000);
    let lines = [
        scenario(&format!(
            r#"{{"status":200,"headers":[["Access-Control-Allow-Origin","{huge}"]]}}"#
        )),
        scenario(r#"{"status":302,"headers":[["Access-Control-Allow-Origin","*"],["Location","/again"]]}"#),
        scenario(
            r#"{"status":302,"headers":[["Access-Control-Allow-Origin","*"],["Location","\u0000\u00ff{origin"]]}"#,
        ),
    ];
    for user_agent in [
        UserAgent::Standard,
        UserAgent::Chromium,
        UserAgent::Firefox,
        UserAgent::WebKit,
    ] {
        for line in &lines {
            let options = Options {
                user_agent,
                trace: true,
            };
            simulate(line.as_bytes(), options).unwrap();
        }
    }
}

#[test]
fn truncated_recordings_are_errors_and_never_more() {
    let line = include_str!("simulate/recording.json");
    for end in 0..line.trim_end().len() {
        let Some(start_of_line) = line.get(..end) else {
            continue;
        };
        assert!(
            simulate(start_of_line.as_bytes(), Options::default()).is_err(),
            "{end}"
        );
    }
}

#[test]
fn recordings_with_any_value_replaced_never_panic() {
    let line: serde_json::Value = serde_json::from_str(include_str!("simulate/recording.json")).unwrap();
    let mut paths = Vec::new();
    collect_paths(&line, String::new(), &mut paths);
    for path in paths {
        for junk in ["null", "-1", "1e99", "[]", "{}", "\"\"", "\"\\u0000é\"", "true"] {
            let mut changed = line.clone();
            *changed.pointer_mut(&path).unwrap() = serde_json::from_str(junk).unwrap();
            let text = changed.to_string();
            if let Ok(simulated) = simulate(text.as_bytes(), Options::default()) {
                let _ = compare(&simulated, UserAgent::Chromium, &Compared { cookies: true });
            }
        }
    }
}

#[test]
fn a_known_disagreement_that_agrees_again_fails() {
    let line = include_str!("simulate/recording.json");
    let options = |known: &str| SessionMode::Compare {
        known: Known::read(known, "standard").unwrap(),
        compared: Compared::default(),
    };
    let agreeing = line.replace("\"chromium\":", "\"standard\":");
    let (printed, _, counts) = run(agreeing.as_bytes(), options("m2285 a cause"));
    assert_eq!(printed, "m2285: agrees, but is listed as known: a cause\n");
    assert_eq!(counts.failed, 1);
    let disagreeing = agreeing.replace("\"outcome\":\"resolve\"", "\"outcome\":\"reject\"");
    let (printed, _, counts) = run(disagreeing.as_bytes(), options("# none\n"));
    assert_eq!(printed, "m2285: outcome: expected `reject`, got `resolve`\n");
    assert_eq!(counts.failed, 1);
    let (printed, _, counts) = run(disagreeing.as_bytes(), options("m2285@standard a cause"));
    assert_eq!((printed.as_str(), counts.known), ("", 1));
    let (_, _, counts) = run(disagreeing.as_bytes(), options("m2285@firefox a cause"));
    assert_eq!(counts.failed, 1);
}

#[test]
fn a_list_of_known_disagreements_needs_causes_and_user_agents() {
    let error = |text: &str| Known::read(text, "firefox").unwrap_err().to_string();
    assert_eq!(error("# x\nm1"), "line 2: an id without a reason: `m1`");
    assert_eq!(
        error("m1@opera cause"),
        "line 1: not a user agent: `m1@opera cause`"
    );
}

#[test]
fn a_member_that_means_nothing_is_named_once() {
    let line = r#"{"note":"for readers","request":{"page_origin":"null","url":"https://a.example/","credential":"include"},"server":{"actual":{"header":[]}}}"#;
    let input = format!("{line}\n{line}\n");
    let (_, errors, counts) = run(input.as_bytes(), SessionMode::Simulate);
    assert_eq!(
        errors,
        "warning: in.jsonl:1: request.credential means nothing and is passed over\n\
         warning: in.jsonl:1: server.actual.header means nothing and is passed over\n"
    );
    assert_eq!(counts.malformed, 0);
}

/// What is printed, the errors, and the counts.
fn run(input: impl Read, mode: SessionMode) -> (String, String, Counts) {
    let mut session = Session::new(Options::default(), mode);
    let (mut printed, mut errors) = (Vec::new(), Vec::new());
    let mut lines = Lines::new(input).unwrap();
    while let Some(line) = lines.next_line().unwrap() {
        session
            .line("in.jsonl", &line, &mut printed, &mut errors)
            .unwrap();
    }
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(printed), text(errors), session.counts())
}

fn scenario(actual: &str) -> String {
    format!(
        r#"{{"id":"x","request":{{"page_origin":"https://app.example","url":"https://api.example/"}},"server":{{"actual":{actual}}}}}"#
    )
}

fn collect_paths(value: &serde_json::Value, path: String, paths: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(members) => {
            for (name, member) in members {
                collect_paths(member, format!("{path}/{name}"), paths);
            }
        }
        serde_json::Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect_paths(item, format!("{path}/{index}"), paths);
            }
        }
        _ => {}
    }
    paths.push(path);
}

const MALFORMED: &[(&str, &str)] = &[
    (
        r#"{"id":"x","request":{"page_origin":"htt"#,
        r#"column 39: EOF while parsing a string, found `:{"page_origin":"htt`"#,
    ),
    (
        "null",
        "the line: invalid type: null, expected an object with `request` and `server`, or with `phases`, found `null`",
    ),
    ("{}", "missing field `request` (or `phases`)"),
    (
        r#"{"request":{"page_origin":"null"},"server":{}}"#,
        r#"request: missing field `url`, found `{"page_origin":"null"}`"#,
    ),
    (
        r#"{"request":{"page_origin":"null","url":"https://a.example/","mode":"kors"},"server":{}}"#,
        r#"request.mode: unknown variant `kors`, expected one of `same-origin`, `cors`, `no-cors`, `navigate`, found `"kors"`"#,
    ),
    (
        r#"{"request":{"page_origin":"null","url":"https://a.example/","headers":[["a"]]},"server":{}}"#,
        r#"request.headers[0]: invalid length 1, expected a tuple of size 2, found `["a"]`"#,
    ),
    (
        r#"{"request":{"page_origin":"https://a.example/","url":"https://a.example/"},"server":{}}"#,
        "request.page_origin: not a serialised origin such as `https://app.example` (or `null`), found `https://a.example/`",
    ),
    (
        r#"{"request":{"page_origin":"null","url":"https://a.example/"},"server":{"actual":{"status":99999}}}"#,
        "server.actual.status: invalid value: integer `99999`, expected a status from 100 to 999, found `99999`",
    ),
    (
        r#"{"request":{"page_origin":"null","url":"https://a.example/"},"server":{"actual":{"status":-1}}}"#,
        "server.actual.status: invalid type: integer `-1`, expected a status from 100 to 999, found `-1`",
    ),
    (
        r#"{"request":{"page_origin":"null","url":"https://a.example/"},"server":{"hops":[{}]}}"#,
        "server.hops[0].actual: the browser sends this request, and no `actual` answers it",
    ),
    (
        r#"{"request":{"page_origin":"null","url":"https://a.example/"},"server":{"hops":[{"actual":{"status":302,"headers":[["Access-Control-Allow-Origin","null"],["Location","/b"]]}}]}}"#,
        "server.hops: the redirect chain reaches hop 1, which has no entry",
    ),
    (
        r#"{"id":"q","phases":[{"page_origin":"null","steps":[{"server":{}}]}]}"#,
        "phases[0].steps[0]: missing field `request` (or `parallel`)",
    ),
    (
        r#"{"id":"q","phases":[{"page_origin":"null","steps":[{"via":"frame","request":{"url":"https://a.example/"},"server":{}}]}]}"#,
        "phases[0].steps[0].via: not a serialised origin such as `https://app.example` (or `null`), found `frame`",
    ),
];
