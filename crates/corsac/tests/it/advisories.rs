//! Every advisory about a CORS library that is in `cases/advisories.txt` has a case or a test that is
//! named after it.

use serde_json::Value;

use crate::draft::read_cases;

#[test]
fn every_advisory_has_its_case() {
    let names: Vec<String> = ["decision", "policy"]
        .into_iter()
        .flat_map(read_cases::<Value>)
        .flat_map(|(_, file)| cases(file))
        .filter_map(|case| case["name"].as_str().map(str::to_owned))
        .collect();
    let list = include_str!("../../../../cases/advisories.txt");
    let mut ids = 0;
    for line in list
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let [id, library, fault, proof] = line.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("not `id | library | fault | proof`: {line}");
        };
        assert!(!library.is_empty() && !fault.is_empty(), "{line}");
        ids += 1;
        match proof.strip_prefix("test ") {
            None => assert!(
                proof == "case" && names.iter().any(|name| is_named_after(name, id)),
                "no case for {id}"
            ),
            Some(test) => assert!(
                TESTS.iter().any(|text| text.contains(&format!("fn {test}("))),
                "no test for {id}"
            ),
        }
    }
    assert!(ids >= 33, "{ids} advisories");
}

/// `CVE-1, CVE-2: what holds` is named after both.
fn is_named_after(name: &str, id: &str) -> bool {
    name.split_once(": ")
        .is_some_and(|(ids, _)| ids.split(", ").any(|other| other == id))
}

fn cases(file: Value) -> Vec<Value> {
    match file {
        Value::Array(cases) => cases,
        Value::Object(mut members) => members.remove("cases").map_or_else(Vec::new, cases),
        _ => Vec::new(),
    }
}

/// Where the tests are that the list names.
const TESTS: &[&str] = &[include_str!("origin_sets.rs"), include_str!("switches.rs")];
