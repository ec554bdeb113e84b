//! Live policies count every decision once, under the policy's name and the reason's code.

use std::sync::Arc;

use corsac::{CorsRequest, LivePolicies, PolicyDraft, PolicyReader, PolicyTable, Reason, RequestTarget};

#[test]
fn each_decision_is_counted_under_its_policy_and_reason() {
    let live = LivePolicies::new(table(&["items", "admin"]));
    for (path, origin) in [
        ("/items/a", LISTED),
        ("/items/b", LISTED),
        ("/admin/a", LISTED),
        ("/admin/b", "https://evil.test"),
        ("/elsewhere", LISTED),
    ] {
        decide(&live, path, origin);
    }
    assert_eq!(
        counts(&live),
        [
            "items origin-listed 2",
            "admin origin-listed 1",
            "admin origin-not-listed 1",
            "- no-policy 1"
        ]
    );
}

#[test]
fn policies_that_keep_their_name_keep_their_counts() {
    let live = LivePolicies::new(table(&["items", "admin", "old"]));
    for path in ["/items/a", "/admin/a", "/old/a", "/elsewhere"] {
        decide(&live, path, LISTED);
    }
    live.replace(table(&["new", "admin", "items"]));
    for path in ["/items/a", "/new/a", "/old/a"] {
        decide(&live, path, LISTED);
    }
    assert_eq!(
        counts(&live),
        [
            "new origin-listed 1",
            "admin origin-listed 1",
            "items origin-listed 2",
            "- no-policy 2"
        ]
    );
}

#[test]
fn readers_decide_by_the_policies_in_force_and_count_there() {
    let mut reader = PolicyReader::new(Arc::new(LivePolicies::new(table(&["items"]))));
    let mut other = reader.clone();
    let headers = [("Origin", LISTED)];
    let request = CorsRequest::classify(b"GET", RequestTarget::path("/items/a"), headers.as_slice());
    assert_eq!(reader.decide(&request).policy_name(), Some("items"));
    assert_eq!(other.decide(&request).policy_name(), Some("items"));
    reader.policies().replace(table(&["admin"]));
    assert_eq!(reader.decide(&request).policy_name(), None);
    other.policies().set_report_only(true);
    assert!(!reader.decide(&request).is_enforced());
    assert_eq!(counts(reader.policies()), ["- no-policy 2"]);
    reader.policies().replace(table(&["items"]));
    assert_eq!(other.decide(&request).policy_name(), Some("items"));
    assert_eq!(
        counts(other.policies()),
        ["items origin-listed 1", "- no-policy 2"]
    );
}

/// A dynamic source of origins may still be asked while the policies are replaced.
#[test]
fn a_decision_that_outlives_its_table_is_counted_under_the_name_of_its_policy() {
    let live = LivePolicies::new(table(&["items", "admin"]));
    let headers = [("Origin", LISTED)];
    let request = |path| CorsRequest::classify(b"GET", RequestTarget::path(path), headers.as_slice());
    let [items, admin, nobodys] = ["/items/a", "/admin/a", "/elsewhere"].map(request);
    let decisions = [&items, &admin, &nobodys].map(|request| (live.judge(request), request));
    live.replace(table(&["admin", "new"]));
    assert_eq!(counts(&live), [""; 0]);
    for (decision, request) in decisions {
        let decision = decision.refused_by_source(Reason::OriginSourceRefused);
        drop(live.settle(decision, request));
    }
    assert_eq!(
        counts(&live),
        ["admin origin-source-refused 1", "- no-policy 1"],
        "`items` is gone, and nobody else is counted for it"
    );
}

#[test]
fn a_policy_that_stood_elsewhere_in_another_table_is_counted_in_its_own() {
    let both = table(&["items", "admin"]);
    let admin = both.policies().last().cloned().unwrap();
    let live = LivePolicies::from(PolicyTable::from(admin));
    decide(&live, "/admin/a", LISTED);
    decide(&live, "/items/a", LISTED);
    assert_eq!(counts(&live), ["admin origin-listed 1", "- no-policy 1"]);
}

/// A policy for each name, for what is below it.
fn table(names: &[&str]) -> PolicyTable {
    let draft = |name: &&str| PolicyDraft {
        paths: vec![format!("/{name}/*")],
        allow_origins: [LISTED].into_iter().collect(),
        ..PolicyDraft::new(*name)
    };
    PolicyTable::build(names.iter().map(draft).collect()).unwrap().0
}

fn decide(live: &LivePolicies, path: &str, origin: &str) {
    let headers = [("Origin", origin)];
    let request = CorsRequest::classify(b"GET", RequestTarget::path(path), headers.as_slice());
    drop(live.decide(&request));
}

fn counts(live: &LivePolicies) -> Vec<String> {
    let counts = live.counts().into_iter();
    counts
        .map(|count| {
            let policy = count.policy.as_deref().unwrap_or("-");
            format!("{policy} {} {}", count.reason, count.count)
        })
        .collect()
}

const LISTED: &str = "https://app.example";
