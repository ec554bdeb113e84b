//! `corsac gateway`.

use std::process::ExitCode;

/// Put Corsac in front of an HTTP API.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let Args {} = args;
    todo!("gateway")
}
