//! `cargo xtask test`: every test of the workspace. None is skipped: what a test needs is
//! installed first, or the command fails and says what to install.

use crate::{counterparts, shell};

/// What to test.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Passed to `cargo test` (for example `-p corsac-cli` or a test's name).
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    cargo_test: Vec<String>,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    counterparts::install()?;
    let selected = args.cargo_test.iter().map(String::as_str);
    let arguments: Vec<&str> = ["test", "--locked"]
        .into_iter()
        .chain(args.cargo_test.is_empty().then_some("--workspace"))
        .chain(selected)
        .collect();
    shell::run(&mut shell::command("cargo", &arguments))
}
