//! Every vector of `cases/vectors` passes, apart from those listed as wrong.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use corsac_cases::{ExpectedFailures, Failure, Report, read_vectors};
use serde_json::{Value, json};

#[test]
fn every_vector_passes_unless_the_standard_says_that_it_is_wrong() {
    let mut report = Report::default();
    for path in files() {
        report.run(&read_vectors(&path).unwrap());
    }
    let list = fs::read_to_string(folder().join("expected_failures.txt")).unwrap();
    let expected = ExpectedFailures::parse(&list).unwrap();
    assert_eq!(expected.disagreements(&report), Vec::<String>::new());
    // A file that got lost would pass as well.
    assert!(report.passed + report.failures.len() >= 1200, "only {report}");
}

#[test]
fn the_ids_of_vectors_are_unique() {
    let mut ids = BTreeSet::new();
    for path in files() {
        for vector in read_vectors(&path).unwrap() {
            let id = vector["id"].as_str().unwrap().to_owned();
            assert!(ids.insert(id.clone()), "{id} is there twice");
        }
    }
}

#[test]
fn every_vector_fails_when_its_expectation_is_changed() {
    for path in files() {
        let mut vectors = read_vectors(&path).unwrap();
        let count = vectors.len();
        for vector in &mut vectors {
            change(&mut vector["expect"]);
        }
        let mut report = Report::default();
        report.run(&vectors);
        assert_eq!(report.failures.len(), count, "{}", path.display());
    }
}

#[test]
fn an_expected_failure_that_passes_is_an_error_as_is_a_failure_that_is_not_listed() {
    let failure = |id: &str| Failure {
        id: id.to_owned(),
        operation: "op".to_owned(),
        message: "expected 1, got 2".to_owned(),
    };
    let report = Report {
        passed: 1,
        failures: vec![failure("a-1"), failure("a-2")],
    };
    let expected = ExpectedFailures::parse("# comment\na-1: \"a sentence\"\n\nb-1: \"another\"\n").unwrap();
    assert_eq!(
        expected.disagreements(&report),
        [
            "a-2 op: expected 1, got 2",
            "b-1: listed as an expected failure, but it does not fail"
        ]
    );
    assert!(ExpectedFailures::parse("a-1").is_err());
}

/// Changes the first scalar in a result.
fn change(expect: &mut Value) {
    match expect {
        Value::Object(members) => change(members.values_mut().next().unwrap()),
        Value::Array(items) if !items.is_empty() => change(&mut items[0]),
        Value::Bool(value) => *value = !*value,
        other => *other = json!(["changed", other.take()]),
    }
}

fn files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/vectors")
}
