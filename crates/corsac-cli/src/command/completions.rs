//! `corsac completions`.

use std::process::ExitCode;

use clap::CommandFactory as _;
use clap_complete::Shell;

/// Print the completions of a shell.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  corsac completions bash > /etc/bash_completion.d/corsac
  corsac completions zsh > ~/.zfunc/_corsac
  corsac completions fish > ~/.config/fish/completions/corsac.fish")]
pub(crate) struct Args {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut crate::Cli::command(), "corsac", &mut script);
    super::write_out(&script)
}
