//! `corsac check`.

use std::process::ExitCode;

/// Do over the network what a browser would do for a fetch(), and explain it.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let Args {} = args;
    todo!("check")
}
