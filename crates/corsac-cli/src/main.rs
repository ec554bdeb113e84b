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
    arg_required_else_help = true,
    after_help = "\
Examples:
  corsac demo
  corsac gateway --upstream http://127.0.0.1:8000 --allow-origin http://localhost:5173
  corsac check https://api.example.com/items --origin https://app.example.com
  corsac simulate scenarios.jsonl

Results go to standard output, progress and logs to standard error.
Exit codes: 0 clean, 1 findings, 2 usage or configuration, 3 target not reached."
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
    Rule(command::rule::Args),
    Completions(command::completions::Args),
    Man(command::man::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Demo(args) => command::demo::run(args),
        Command::Gateway(args) => command::gateway::run(args),
        Command::Check(args) => command::check::run(args),
        Command::Simulate(args) => command::simulate::run(args),
        Command::Rule(args) => command::rule::run(args),
        Command::Completions(args) => command::completions::run(args),
        Command::Man(args) => command::man::run(args),
    };
    result.unwrap_or_else(|error| command::report_error(&error))
}
