//! Which lines share a page.

use corsac_browsers::batch::{Part, batches};
use corsac_wire::scenario::OwnedLine;

fn line(json: &str) -> OwnedLine {
    serde_json::from_str(json).expect("a line")
}

fn scenario(origin: &str, page_query: &str) -> OwnedLine {
    line(&format!(
        r#"{{"request": {{"page_origin": "{origin}", "url": "x"}}, "server": {{}}, "page_query": "{page_query}"}}"#
    ))
}

/// The parts of each batch: line and phase.
fn grouped(lines: &[OwnedLine]) -> Vec<Vec<(usize, usize)>> {
    let numbers = |part: &Part| (part.line, part.phase);
    batches(lines, 1)
        .iter()
        .map(|batch| batch.parts.iter().map(numbers).collect())
        .collect()
}

#[test]
fn scenarios_of_the_same_page_with_the_same_options_share_it() {
    let lines = [
        scenario("http://a.test", ""),
        scenario("http://b.test", ""),
        scenario("http://a.test", "coep=require-corp"),
        scenario("http://a.test", ""),
    ];
    assert_eq!(
        grouped(&lines),
        [vec![(0, 0), (3, 0)], vec![(2, 0)], vec![(1, 0)]]
    );
}

#[test]
fn the_phases_of_a_sequence_stay_in_order_and_alone() {
    let step = r#"{"request": {"url": "x"}, "server": {}}"#;
    let phase = |origin: &str| format!(r#"{{"page_origin": "{origin}", "steps": [{step}]}}"#);
    let one = line(&format!(r#"{{"phases": [{}]}}"#, phase("http://a.test")));
    let two = line(&format!(
        r#"{{"phases": [{}, {}]}}"#,
        phase("http://b.test"),
        phase("http://a.test")
    ));
    assert_eq!(
        grouped(&[two, one.clone(), one]),
        [vec![(1, 0), (2, 0)], vec![(0, 0)], vec![(0, 1)]]
    );
}

#[test]
fn a_page_plays_two_hundred_scenarios_at_most() {
    let lines = vec![scenario("null", ""); 450];
    let sizes: Vec<usize> = grouped(&lines).iter().map(Vec::len).collect();
    assert_eq!(sizes, [200, 200, 50]);
}
