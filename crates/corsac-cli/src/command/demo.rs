//! `corsac demo`.

use std::process::ExitCode;

/// Start a sample API with the gateway in front of it and show four requests.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let Args {} = args;
    todo!("demo")
}
