//! Arbitrary exchanges against the second reading of the CORS check.

use corsac_cases::arbitrary_exchange::{Tally, run};
use corsac_cases::strict_reference::shares;
use proptest::prelude::{ProptestConfig, any};
use proptest::test_runner::TestRunner;
use std::cell::Cell;

#[test]
fn nothing_is_shared_that_the_strict_reference_refuses() {
    let seen = Cell::new(Tally::default());
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 16_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&proptest::collection::vec(any::<u8>(), 0..200), |bytes| {
            let tally = run(&bytes).map_err(proptest::test_runner::TestCaseError::fail)?;
            let all = seen.get();
            seen.set(Tally {
                shared: all.shared + tally.shared,
                preflights: all.preflights + tally.preflights,
                blocked: all.blocked + tally.blocked,
            });
            Ok(())
        })
        .unwrap();
    // A run in which nothing is shared proves nothing.
    let seen = seen.get();
    assert!(
        seen.shared >= 50 && seen.preflights >= 500 && seen.blocked >= 500,
        "{seen:?}"
    );
}

#[test]
fn the_strict_reference_refuses_what_is_nearly_right() {
    let origin = b"https://app.example".as_slice();
    let name = b"Access-Control-Allow-Origin".as_slice();
    for value in ["https://app.example/", "HTTPS://app.example", "null", "", "*, *"] {
        assert!(!shares(&[(name, value.as_bytes())], origin, false), "{value}");
    }
    assert!(!shares(&[], origin, false));
    assert!(!shares(&[(name, origin), (name, origin)], origin, false));
    let credentials = b"access-control-allow-credentials".as_slice();
    assert!(shares(&[(name, origin), (credentials, b"true")], origin, true));
    assert!(!shares(&[(name, origin), (credentials, b"True")], origin, true));
}
