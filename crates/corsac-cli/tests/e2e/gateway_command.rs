//! How `corsac gateway` starts, refuses to start, and ends. What it does to requests is tested in
//! `corsac-gateway`.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::command::{command, corsac};

#[test]
fn every_mistake_of_the_flags_is_told_with_what_to_write() {
    let output = gateway(&[
        "--allow-origin",
        "http://localhost:5176/",
        "--allow-method",
        "TRACE",
        "--max-age",
        "3x",
    ]);
    refused(
        &output,
        &[
            "error[origin-path]: origin `http://localhost:5176/` has a path",
            "fix: write `--allow-origin http://localhost:5176`",
            "error[method-forbidden]: no page can send `TRACE`",
            "error[invalid-duration]: duration `3x` has an unknown unit",
            "error: the policy is refused: 3 errors",
        ],
    );
}

#[test]
fn a_policy_comes_from_flags_or_from_a_file() {
    refused(&gateway(&[]), &["<--config <FILE>|--allow-origin <ORIGIN>>"]);
    refused(
        &gateway(&["--config", "corsac.toml", "--max-age", "2h"]),
        &["'--config <FILE>' cannot be used with '--max-age <DURATION>'"],
    );
    refused(
        &gateway(&["--config", "no-such-file.toml"]),
        &["cannot read `no-such-file.toml`"],
    );
}

#[test]
fn an_address_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = gateway(&["--allow-origin", "https://app.example", "--listen", &address]);
    refused(&output, &[&format!("`{address}` is in use by another program")]);
}

#[test]
fn an_upstream_that_cannot_be_one_is_told_with_what_was_meant() {
    for (upstream, said) in [
        ("localhost:8000", "did you mean `http://localhost:8000`?"),
        (
            "http://127.0.0.1:8000/api",
            "did you mean `http://127.0.0.1:8000`?",
        ),
        ("http://127.0.0.1:8080", "is the gateway itself"),
    ] {
        let flags = [
            "gateway",
            "--allow-origin",
            "https://app.example",
            "--upstream",
            upstream,
        ];
        refused(&corsac(&flags), &[said]);
    }
}

#[cfg(unix)]
#[test]
fn with_json_the_log_is_json_from_the_first_line_to_the_last() {
    let mut process = command(&[
        "gateway",
        "--upstream",
        "http://127.0.0.1:1",
        "--listen",
        "127.0.0.1:0",
        "--allow-origin",
        "https://app.example",
        "--allow-method",
        "GET",
        "--log-format",
        "json",
    ])
    .stderr(Stdio::piped())
    .spawn()
    .unwrap();
    let mut stderr = BufReader::new(process.stderr.take().unwrap());
    let mut first = String::new();
    stderr.read_line(&mut first).unwrap();
    let mut started: Value = serde_json::from_str(&first).unwrap();
    let listening = started["listening"].take();
    assert!(listening.as_str().unwrap().starts_with("http://127.0.0.1:"));
    assert_eq!(
        started,
        json!({
            "version": 1,
            "listening": null,
            "upstream": "http://127.0.0.1:1",
            "policies": ["command line"],
            "warnings": ["method-safelisted"],
        })
    );

    let killed = Command::new("kill")
        .arg(process.id().to_string())
        .status()
        .unwrap();
    assert!(killed.success());
    let mut rest = String::new();
    stderr.read_to_string(&mut rest).unwrap();
    let stopped: Value = serde_json::from_str(&rest).unwrap();
    assert_eq!(stopped, json!({ "version": 1, "connections_cut": 0 }));
    assert_eq!(process.wait().unwrap().code(), Some(0));
}

fn gateway(flags: &[&str]) -> Output {
    corsac(&[&["gateway", "--upstream", "http://127.0.0.1:1"], flags].concat())
}

/// Exit code 2, nothing on stdout, and these texts on stderr.
fn refused(output: &Output, texts: &[&str]) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty());
    for text in texts {
        assert!(said.contains(text), "`{text}` is missing in:\n{said}");
    }
}
