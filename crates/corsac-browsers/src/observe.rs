//! Whoever can say what a browser does with lines.

use corsac_wire::observed::ObservedLine;
use corsac_wire::scenario::OwnedLine;

/// A browser, or something that stands for one in tests.
#[expect(async_fn_in_trait, reason = "used within this crate and its tests only")]
pub trait Observe {
    /// What the browser does with each of these lines, in the same order.
    ///
    /// # Errors
    /// When the browser fails for good.
    async fn observe(&mut self, lines: &[OwnedLine]) -> anyhow::Result<Vec<ObservedLine>>;
}
