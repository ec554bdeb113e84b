//! The cases of `cases/check/`: `corsac check` against scripted servers. Asserted are the exit code,
//! every byte that the servers received, and the whole JSON report.
//!
//! `UPDATE_CASES=1` writes what came out into the cases; read the difference before you keep it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::command::corsac;
use crate::scripted_server::{Script, ScriptedServer};

/// `{a}` and so on stand for the ports of the servers in arguments, answers and expectations.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[expect(dead_code, reason = "for the reader of the case")]
    title: String,
    servers: BTreeMap<String, Script>,
    arguments: Vec<String>,
    /// Compare what people see, too. Where nothing is explained only: explanations are tested where
    /// they are written.
    #[serde(default)]
    human: bool,
    expect: Expectation,
}

#[derive(Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Expectation {
    exit: i32,
    /// By server, the lines of each request.
    received: BTreeMap<String, Vec<Vec<String>>>,
    report: Value,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    human: Vec<String>,
}

#[test]
fn every_case_sends_receives_and_reports_what_it_says() {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 15, "cases are missing");
    let failed: Vec<String> = paths.iter().filter_map(|path| run(path).err()).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn run(path: &Path) -> Result<(), String> {
    let text = fs::read_to_string(path).unwrap();
    let case: Case =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut actual = perform(&case, "json");
    actual.human = match case.human {
        true => perform(&case, "human").human,
        false => Vec::new(),
    };
    if actual == case.expect {
        return Ok(());
    }
    if env::var_os("UPDATE_CASES").is_some() {
        let mut whole: Map<String, Value> = serde_json::from_str(&text).unwrap();
        whole.insert("expect".to_owned(), serde_json::to_value(&actual).unwrap());
        fs::write(path, text_of(&whole)).unwrap();
        return Ok(());
    }
    let shown = |expectation: &Expectation| pretty(&serde_json::to_value(expectation).unwrap(), 0);
    Err(format!(
        "{}\n{}",
        path.display(),
        first_difference(&shown(&case.expect), &shown(&actual))
    ))
}

fn perform(case: &Case, format: &str) -> Expectation {
    let listeners: Vec<_> = case
        .servers
        .iter()
        .map(|(name, script)| (name.clone(), script, ScriptedServer::listen()))
        .collect();
    let ports: Vec<(String, String)> = listeners
        .iter()
        .map(|(name, _, listener)| {
            let port = listener.local_addr().unwrap().port().to_string();
            (format!("{{{name}}}"), port)
        })
        .collect();
    let fill_in = |text: &str| {
        ports
            .iter()
            .fold(text.to_owned(), |text, (name, port)| text.replace(name, port))
    };
    // A port follows a colon; so does hardly anything else of that many digits.
    let mask = |text: &str| {
        ports
            .iter()
            .fold(text.to_owned(), |text, (name, port)| {
                text.replace(&format!(":{port}"), &format!(":{name}"))
            })
            .replace(concat!("corsac/", env!("CARGO_PKG_VERSION")), "corsac/{version}")
    };
    let servers: Vec<(String, ScriptedServer)> = listeners
        .into_iter()
        .map(|(name, script, listener)| (name, ScriptedServer::start(listener, script, fill_in)))
        .collect();

    let fixed = ["check", "--format", format].map(str::to_owned);
    let arguments: Vec<String> = fixed
        .into_iter()
        .chain(case.arguments.iter().map(|argument| fill_in(argument)))
        .collect();
    let output = corsac(&arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!errors.contains("panicked"), "{errors}");
    let printed = mask(&String::from_utf8_lossy(&output.stdout));
    let mut report = serde_json::from_str(&printed).unwrap_or(Value::Null);
    mask_prose(&mut report);
    Expectation {
        exit: output.status.code().unwrap(),
        received: servers
            .iter()
            .map(|(name, server)| {
                let requests = server.received();
                let lines = |request: &String| mask(request).split("\r\n").map(str::to_owned).collect();
                (name.clone(), requests.iter().map(lines).collect())
            })
            .collect(),
        report,
        human: printed.lines().map(str::to_owned).collect(),
    }
}

/// A case as people read it: the keys in the order of [`Case`], lists of words on one line.
fn text_of(case: &Map<String, Value>) -> String {
    let fields: Vec<String> = ["title", "servers", "arguments", "human", "expect"]
        .iter()
        .filter(|key| case.contains_key(**key))
        .map(|key| format!("  \"{key}\": {}", pretty(&case[*key], 1)))
        .collect();
    format!("{{\n{}\n}}\n", fields.join(",\n"))
}

fn pretty(value: &Value, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let (open, close, items): (_, _, Vec<String>) = match value {
        Value::Array(items)
            if items
                .iter()
                .any(|item| item.as_str().is_none_or(|text| text.contains("  "))) =>
        {
            (
                '[',
                ']',
                items.iter().map(|item| pretty(item, depth + 1)).collect(),
            )
        }
        Value::Object(fields) => (
            '{',
            '}',
            fields
                .iter()
                .map(|(name, value)| format!("{}: {}", Value::from(name.as_str()), pretty(value, depth + 1)))
                .collect(),
        ),
        scalars => return scalars.to_string().replace("\",\"", "\", \""),
    };
    if items.is_empty() {
        return format!("{open}{close}");
    }
    let lines: Vec<String> = items.iter().map(|item| format!("\n{indent}  {item}")).collect();
    format!("{open}{}\n{indent}{close}", lines.join(","))
}

/// Sentences are tested where they are written (`cases/diagnostics/`); here it matters that each is
/// there. Long lists of one header are shortened.
fn mask_prose(report: &mut Value) {
    match report {
        Value::Object(fields) => {
            for (name, value) in fields {
                if PROSE.contains(&name.as_str()) && value.as_str().is_some_and(|text| !text.is_empty()) {
                    *value = Value::from("{text}");
                } else if name == "console" && value.is_object() {
                    // Of all browsers; what the chosen one prints stays.
                    *value = Value::from("{text}");
                } else if name == "headers" || name == "hidden_headers" {
                    shorten(value);
                } else {
                    mask_prose(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask_prose),
        _ => {}
    }
}

fn shorten(headers: &mut Value) {
    let Some(items) = headers.as_array_mut().filter(|items| items.len() > LONG_LIST) else {
        return;
    };
    let all = items.len();
    items.dedup();
    items.push(Value::from(format!("{{{all} in all}}")));
}

fn first_difference(expected: &str, actual: &str) -> String {
    let mut before = Vec::new();
    for (expected, actual) in expected.lines().zip(actual.lines()) {
        if expected != actual {
            let context = before.len().saturating_sub(8);
            let before = before.get(context..).unwrap_or_default().join("\n");
            return format!("{before}\n- {expected}\n+ {actual}\n");
        }
        before.push(expected);
    }
    "one is longer than the other".to_owned()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/check")
}

const PROSE: [&str; 6] = ["title", "meaning", "cause", "fix", "observed", "reference"];

/// More headers than any case writes out.
const LONG_LIST: usize = 60;
