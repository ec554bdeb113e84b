//! `corsac demo`: the first thing a reader runs.

use crate::command::corsac;

#[test]
fn the_demo_shows_four_requests_and_what_the_page_gets_of_each() {
    let output = corsac(&["demo", "--once", "--port", "0"]);
    let shown = String::from_utf8(output.stdout).unwrap();
    let told: Vec<&str> = shown
        .lines()
        .filter(|line| TELLING.iter().any(|start| line.starts_with(start)))
        .map(str::trim)
        .collect();
    assert_eq!(told, EXPECTED, "{shown}");
    assert_eq!(output.status.code(), Some(0));
}

/// How the lines start that name a request or say what came of it.
const TELLING: [&str; 6] = ["1. ", "2. ", "3. ", "4. ", "   ✓ ", "   ✗ "];

const EXPECTED: [&str; 8] = [
    "1. The app's own page saves an item",
    "✓ the page reads it: status 200",
    "2. Another site tries to read",
    "✗ blocked: the answer has no `Access-Control-Allow-Origin` header",
    "3. The app sets a header that the policy does not list",
    "✗ blocked: the answer to the preflight has no `Access-Control-Allow-Origin` header",
    "4. The app asks with cookies, and the policy has no credentials",
    "✗ blocked: the answer does not allow credentials",
];
