//! `corsac simulate`.

use std::process::ExitCode;

/// Run recorded or invented exchanges through the browser half.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let Args {} = args;
    todo!("simulate")
}
