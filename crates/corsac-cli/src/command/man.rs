//! `corsac man`.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::CommandFactory as _;

/// Print a manual page.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  corsac man | man -l -
  corsac man check > corsac-check.1")]
pub(crate) struct Args {
    /// The subcommand to describe; without one, the whole command
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(SUBCOMMANDS))]
    subcommand: Option<String>,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let mut command = crate::Cli::command();
    command.build();
    let page = match &args.subcommand {
        None => clap_mangen::Man::new(command),
        Some(name) => {
            let subcommand = command
                .find_subcommand(name)
                .with_context(|| format!("there is no `corsac {name}`"))?;
            clap_mangen::Man::new(subcommand.clone()).title(format!("corsac-{name}"))
        }
    };
    let mut text = Vec::new();
    page.render(&mut text).context("cannot write the page")?;
    super::write_out(&text)
}

/// In the order of the top-level help.
const SUBCOMMANDS: [&str; 7] = [
    "demo",
    "gateway",
    "check",
    "simulate",
    "rule",
    "completions",
    "man",
];

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn every_subcommand_has_a_page() {
        let names: Vec<String> = crate::Cli::command()
            .get_subcommands()
            .map(|command| command.get_name().to_owned())
            .collect();
        assert_eq!(names, super::SUBCOMMANDS);
    }
}
