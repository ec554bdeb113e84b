//! `cargo xtask`: the project's own automation. One file per command; nothing of the product is
//! in here.
#![expect(clippy::print_stdout, reason = "a development tool talks to its terminal")]

use std::process::ExitCode;

use clap::Parser;

mod bench;
mod browsers;
mod ci;
mod counterparts;
mod fuzz;
mod packages;
mod shell;
mod test;
mod tidy;

/// The project's own automation.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Command {
    /// Run every test, the ones against real servers included.
    Test(test::Args),
    /// Run what CI runs, in CI's order, with the time of each phase.
    Ci,
    /// Check what rustc, rustfmt and Clippy cannot see: crate edges, purity, house style.
    Tidy,
    /// Run the fuzz targets for a while.
    Fuzz(fuzz::Args),
    /// List the benchmarks, or run one.
    Bench(bench::Args),
    /// Run scenarios in real browsers and compare them with what Corsac says.
    Browsers(browsers::Args),
}

fn main() -> ExitCode {
    let result = match Command::parse() {
        Command::Test(args) => test::run(&args),
        Command::Ci => ci::run(),
        Command::Tidy => tidy::run(),
        Command::Fuzz(args) => fuzz::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Browsers(args) => browsers::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
