//! The parts of a run that need no browser.

mod batches;
mod shrink;
