//! `cases/gateway/`: a policy, a request and the upstream's answer in; out, what the upstream got,
//! what the client got, and what was written down.

use std::path::Path;
use std::time::Duration;

use serde::Deserialize;

use crate::fixture::Fixture;
use crate::wire::{Length, Wire};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    policy_file: Vec<String>,
    /// Whether refusals tell the browser why.
    #[serde(default)]
    debug: bool,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    request: Vec<Line>,
    #[serde(default)]
    request_body: String,
    #[serde(default)]
    upstream: Upstream,
    #[serde(default)]
    answer: Vec<Line>,
    #[serde(default)]
    answer_body: String,
    /// The client's connection ends inside the answer.
    #[serde(default)]
    breaks_off: bool,
    expect: Expect,
}

/// A text, or a text and another so many times after it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Short(String),
    Long(String, String, usize),
}

#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Upstream {
    /// It answers and keeps the connection.
    #[default]
    Answers,
    /// It closes the connection after what it says.
    Closes,
    /// It says nothing, or nothing more.
    Stalls,
    /// It refuses connections.
    Down,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Expect {
    /// What the upstream got; absent: no connection.
    upstream: Option<Vec<String>>,
    response: Vec<String>,
    #[serde(default)]
    body: String,
    #[serde(default)]
    log: Vec<String>,
}

#[tokio::test]
async fn every_gateway_case_gives_exactly_what_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/gateway");
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    let mut failures = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let file: CaseFile = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        let policy = file.policy_file.join("\n");
        for case in file.cases {
            let got = run(&policy, file.debug, &case).await;
            if got != case.expect {
                failures.push(format!(
                    "{}\nexpected {:#?}\ngot {got:#?}",
                    case.name, case.expect
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

async fn run(policy: &str, debug: bool, case: &Case) -> Expect {
    let mut fixture = Fixture::with(policy, |config| {
        config.is_debug = debug;
        if case.upstream == Upstream::Stalls {
            config.timeouts.response_head = SHORT;
            config.timeouts.body_idle = SHORT;
        }
    })
    .await;
    if case.upstream == Upstream::Down {
        fixture.take_upstream_down();
    }
    let mut client = fixture.connect().await;
    let Wire { reader, writer } = &mut client;
    let request = message(&case.request, &case.request_body);
    let ((), upstream, (response, body)) = tokio::join!(
        writer.send_what_is_read(request),
        play_upstream(&fixture, case),
        async {
            let head = reader.head().await;
            let body = reader.body(length(case, &head)).await;
            (sorted(head), body)
        },
    );
    let upstream = match upstream {
        None if fixture.has_connected().await => Some(vec!["a connection".to_owned()]),
        upstream => upstream,
    };
    Expect {
        upstream,
        response,
        body,
        log: fixture.log(),
    }
}

/// Gives what the upstream got, if it has a part in this case.
async fn play_upstream(fixture: &Fixture, case: &Case) -> Option<Vec<String>> {
    case.expect.upstream.as_ref()?;
    let mut wire = fixture.accept().await;
    let mut got = sorted(wire.head().await);
    let body = wire.body(Length::of_request(&got)).await;
    if !body.is_empty() {
        got.push(String::new());
        got.push(body);
    }
    if !case.answer.is_empty() {
        wire.writer
            .send_what_is_read(message(&case.answer, &case.answer_body))
            .await;
    }
    if case.upstream != Upstream::Closes {
        // The connection stays for as long as the case.
        tokio::spawn(async move { wire.ends().await });
    }
    Some(got)
}

/// The order of different fields has no meaning; that of lines with one name has.
fn sorted(mut head: Vec<String>) -> Vec<String> {
    let fields = head.get_mut(1..).unwrap_or_default();
    fields.sort_by(|one, other| name_of(one).cmp(name_of(other)));
    head
}

fn name_of(line: &str) -> &str {
    line.split(':').next().unwrap_or_default()
}

fn length(case: &Case, head: &[String]) -> Length {
    let is_head = matches!(case.request.first(), Some(Line::Short(line)) if line.starts_with("HEAD "));
    match (is_head, case.breaks_off) {
        (true, _) => Length::None,
        (false, true) => Length::UntilEnd,
        (false, false) => Length::of_answer(head),
    }
}

fn message(lines: &[Line], body: &str) -> String {
    let mut text = String::new();
    for line in lines {
        match line {
            Line::Short(line) => text += line,
            Line::Long(start, rest, count) => {
                text += start;
                text += &rest.repeat(*count);
            }
        }
        text += "\r\n";
    }
    text + "\r\n" + body
}

/// The wait for an upstream that never answers is this test's own.
const SHORT: Duration = Duration::from_millis(30);
