//! How long the closed loops run: until they have held so many pairs of a policy table and a request
//! against the promise.

use core::cell::Cell;

use proptest::prelude::Strategy;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};

use crate::generated::{SEED, config};

/// Generate tables with their requests until there were enough pairs, and say how many there were.
///
/// `check` says how many it looked at.
pub(crate) fn until_enough<S: Strategy>(
    what_is_generated: S,
    check: impl Fn(S::Value) -> Result<u64, TestCaseError>,
) -> u64 {
    let wanted = wanted();
    let seen = Cell::new(0);
    let mut batch = 0;
    while seen.get() < wanted {
        let before = seen.get();
        let mut runner = TestRunner::new(proptest::test_runner::Config {
            rng_seed: RngSeed::Fixed(SEED + batch),
            ..config(100)
        });
        let result = runner.run(&what_is_generated, |generated| {
            seen.set(seen.get() + check(generated)?);
            Ok(())
        });
        result.unwrap_or_else(|error| panic!("{error}"));
        assert!(seen.get() > before, "no table of a hundred builds");
        batch += 1;
    }
    seen.get()
}

/// 200,000, or what `CORSAC_CLOSED_LOOP_PAIRS` says.
#[expect(
    clippy::disallowed_methods,
    reason = "how long a test runs is the business of who runs it; what it finds does not depend on it"
)]
fn wanted() -> u64 {
    match std::env::var("CORSAC_CLOSED_LOOP_PAIRS") {
        Ok(pairs) => pairs.parse().expect("CORSAC_CLOSED_LOOP_PAIRS is a number"),
        Err(_) => 200_000,
    }
}
