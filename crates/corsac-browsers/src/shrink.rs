//! The smallest scenario that still shows a disagreement.
