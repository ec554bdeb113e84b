//! Scenarios from a seed.
