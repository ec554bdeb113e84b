//! A network error and all that led to it.

use alloc::vec::Vec;

use crate::block_reason::BlockReason;

/// A network error, <https://fetch.spec.whatwg.org/#concept-network-error>, with the step that
/// returned it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkError {
    /// The step that said no.
    pub reason: BlockReason,
    /// Everything else that the same answer has wrong, in the standard's order.
    pub also: Vec<BlockReason>,
}

impl NetworkError {
    /// The first of these reasons decides, the others go along; `Ok` when there are none.
    ///
    /// # Errors
    /// The network error, when there is a reason.
    pub fn from_reasons(reasons: impl IntoIterator<Item = BlockReason>) -> Result<(), Self> {
        let mut reasons = reasons.into_iter();
        match reasons.next() {
            None => Ok(()),
            Some(reason) => Err(Self {
                reason,
                also: reasons.collect(),
            }),
        }
    }
}

impl From<BlockReason> for NetworkError {
    fn from(reason: BlockReason) -> Self {
        Self {
            reason,
            also: Vec::new(),
        }
    }
}
