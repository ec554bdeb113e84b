//! The cases of `cases/e2e/`: what `corsac check` reports about each server (one file each), and
//! what `corsac gateway` makes of all of them (one file: it must not matter what stands behind).

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::command::{Gateway, corsac};
use crate::exchange::ExchangeCase;
use crate::server::{Server, ServerKind};

#[test]
fn nginx_with_an_allowlist_by_map() {
    run("nginx-allowlist");
}

#[test]
fn nginx_that_reflects_every_origin_with_credentials() {
    run("nginx-reflecting");
}

#[test]
fn express_with_cors_and_an_allowlist() {
    run("express-allowlist");
}

#[test]
fn express_without_cors() {
    run("express-plain");
}

#[test]
fn a_server_that_answers_options_with_404() {
    run("options-404");
}

#[test]
fn a_server_that_answers_options_with_401() {
    run("options-401");
}

#[test]
fn a_proxy_and_an_application_that_both_set_the_header() {
    run("header-twice");
}

#[test]
fn every_case_file_has_a_test() {
    let mut names: Vec<String> = std::fs::read_dir(folder().join("servers"))
        .unwrap()
        .filter_map(|entry| entry.unwrap().path().file_stem()?.to_str().map(str::to_owned))
        .collect();
    names.sort();
    let tested = [
        "express-allowlist",
        "express-plain",
        "header-twice",
        "nginx-allowlist",
        "nginx-reflecting",
        "options-401",
        "options-404",
    ];
    assert_eq!(names, tested);
}

/// A server and what `corsac check` says about it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServerCase {
    server: ServerKind,
    checks: Vec<CheckCase>,
}

/// One `corsac check`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckCase {
    title: String,
    /// `{url}` stands for the server.
    arguments: Vec<String>,
    exit: i32,
    report: Summary,
}

/// What a report comes down to.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Summary {
    verdict: String,
    /// The kind of request whose answer decided, when it was blocked by one.
    decided_by: Option<String>,
    /// The names of the explanations, first that of what decided.
    diagnostics: Vec<String>,
    /// The names of what else is wrong, or good to know.
    findings: Vec<String>,
    /// The names of the response headers that the page reads; empty when it gets no response.
    readable_headers: Vec<String>,
}

/// What comes out of `corsac gateway` in front of any of the servers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GatewayCase {
    exchanges: Vec<ExchangeCase>,
    checks: Vec<CheckCase>,
}

fn run(name: &str) {
    let case: ServerCase = read(&folder().join("servers").join(name).with_extension("json"));
    let server = Server::start(&case.server);
    for check in &case.checks {
        check.run(server.address);
    }
    let case: GatewayCase = read(&folder().join("gateway.json"));
    let gateway = Gateway::start(server.address, &folder().join("corsac.toml"));
    for exchange in &case.exchanges {
        exchange.run(gateway.address);
    }
    for check in &case.checks {
        check.run(gateway.address);
    }
}

fn read<T: DeserializeOwned>(path: &Path) -> T {
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

impl CheckCase {
    fn run(&self, address: SocketAddr) {
        let url = format!("http://{address}");
        let arguments = ["check", "--format", "json"].into_iter().map(str::to_owned);
        let arguments: Vec<String> = arguments
            .chain(
                self.arguments
                    .iter()
                    .map(|argument| argument.replace("{url}", &url)),
            )
            .collect();
        let output = corsac(&arguments);
        let shown = format!(
            "{}\n{}{}",
            self.title,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        let report: Value = serde_json::from_slice(&output.stdout).expect(&shown);
        assert_eq!(Summary::of(&report), self.report, "{shown}");
        assert_eq!(output.status.code(), Some(self.exit), "{shown}");
    }
}

impl Summary {
    fn of(report: &Value) -> Self {
        let step = report["blocked"]["step"]
            .as_u64()
            .and_then(|step| usize::try_from(step).ok());
        Self {
            verdict: text(&report["verdict"]),
            decided_by: step.map(|step| text(&report["steps"][step]["kind"])),
            diagnostics: items(&report["diagnostics"])
                .map(|item| text(&item["name"]))
                .collect(),
            findings: items(&report["findings"])
                .map(|item| text(&item["name"]))
                .collect(),
            readable_headers: items(&report["page"]["headers"])
                .map(|header| text(&header[0]))
                .collect(),
        }
    }
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/e2e")
}
