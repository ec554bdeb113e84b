//! `corsac-browsers`: what `cargo xtask browsers` starts.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a development tool talks to its terminal"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use corsac_browsers::driver::Browser;
use corsac_browsers::inside::{self, Inside};
use corsac_browsers::run::{self, Watch};
use corsac_wire::scenario::OwnedLine;
use corsac_wire::simulate_lines::Lines;

/// Run scenarios in real browsers and compare them with what Corsac says.
#[derive(Parser)]
#[command(name = "cargo xtask browsers", bin_name = "cargo xtask browsers")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    options: Options,
}

#[derive(Args)]
struct Options {
    /// Which browsers; without it all three.
    #[arg(long)]
    browser: Vec<Browser>,
    /// Play the lines of these files instead of generated ones.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    replay: Vec<PathBuf>,
    /// Write every line with what the browser did.
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// The process beside a browser, in namespaces of its own.
    #[command(hide = true)]
    Inside { browser: Browser },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command {
        Some(Command::Inside { browser }) => inside::serve(browser).await.map(|()| true),
        None => all(&cli.options).await,
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

struct Progress(usize);

impl Watch for Progress {
    fn played(&mut self, _line: &OwnedLine, _agrees: bool) {
        self.0 += 1;
        if self.0.is_multiple_of(500) {
            eprintln!("{} played", self.0);
        }
    }
}

async fn all(options: &Options) -> anyhow::Result<bool> {
    let mut good = true;
    for &browser in &options.browser {
        let mut inside = Inside::start(browser).await?;
        eprintln!("{} {}", browser.name(), inside.version());
        let lines = read(&options.replay)?;
        let tally = run::run(&mut inside, lines.into_iter(), &mut Progress(0)).await?;
        for finding in tally.findings.iter().chain(&tally.unsteady) {
            for disagreement in &finding.disagreements {
                println!("{}: {disagreement}", finding.line.id);
            }
        }
        println!(
            "{} {}: {} passed, {} failed, {} unsteady, {:.1} s",
            browser.name(),
            inside.version(),
            tally.passed,
            tally.findings.len(),
            tally.unsteady.len(),
            tally.time.as_secs_f64()
        );
        good &= tally.findings.is_empty();
    }
    Ok(good)
}

fn read(files: &[PathBuf]) -> anyhow::Result<Vec<OwnedLine>> {
    let mut all = Vec::new();
    for file in files {
        read_file(file, &mut all).with_context(|| format!("cannot read {}", file.display()))?;
    }
    Ok(all)
}

fn read_file(file: &Path, all: &mut Vec<OwnedLine>) -> anyhow::Result<()> {
    let mut lines = Lines::new(std::fs::File::open(file)?)?;
    while let Some(line) = lines.next_line()? {
        let bytes = line.bytes.context("a line is too long")?;
        if !bytes.trim_ascii().is_empty() {
            all.push(serde_json::from_slice(bytes).with_context(|| format!("line {}", line.number))?);
        }
    }
    Ok(())
}
