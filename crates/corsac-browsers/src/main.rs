//! `corsac-browsers`: what `cargo xtask browsers` starts.

fn main() {}
