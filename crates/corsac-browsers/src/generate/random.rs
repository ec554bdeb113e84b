//! Choices that a seed decides. The stream of numbers is ChaCha8's, which is the same on every
//! platform and in every version; so is what is made of it here.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A source of choices.
pub(super) struct Random(ChaCha8Rng);

impl Random {
    /// The choices of one scenario: each has a stream of its own, so that any one can be made alone.
    pub(super) fn of_scenario(seed: u64, index: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(index);
        Self(generator)
    }

    /// A number below `limit`; 0 when that is 0.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let scaled = u128::from(self.0.next_u64()) * limit as u128;
        usize::try_from(scaled >> 64).unwrap_or(0)
    }

    /// Whether something happens that happens so often in a hundred times.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these, each as likely as the others.
    #[expect(clippy::expect_used, reason = "the tables are constants, and none is empty")]
    pub(super) fn one_of<T: Clone>(&mut self, values: &[T]) -> T {
        let index = self.below(values.len());
        values.get(index).expect("a table is not empty").clone()
    }

    /// One of these, by their weights.
    #[expect(clippy::expect_used, reason = "the tables are constants, and none is empty")]
    pub(super) fn weighted<T: Clone>(&mut self, values: &[(usize, T)]) -> T {
        let mut left = self.below(values.iter().map(|(weight, _)| weight).sum());
        for (weight, value) in values {
            if left < *weight {
                return value.clone();
            }
            left -= weight;
        }
        values.last().expect("a table is not empty").1.clone()
    }
}
