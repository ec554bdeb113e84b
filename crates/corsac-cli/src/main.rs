//! The `corsac` command. Each subcommand is a file in `command/`; what it knows lives in the
//! libraries.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod command;

/// Cross-origin access control: decided in one place, explained in plain words.
#[derive(Parser)]
#[command(
    name = "corsac",
    version,
    propagate_version = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(command::demo::Args),
    Gateway(command::gateway::Args),
    Check(command::check::Args),
    Simulate(command::simulate::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Demo(args) => command::demo::run(args),
        Command::Gateway(args) => command::gateway::run(args),
        Command::Check(args) => command::check::run(args),
        Command::Simulate(args) => command::simulate::run(args),
    };
    result.unwrap_or_else(|error| command::report_error(&error))
}
