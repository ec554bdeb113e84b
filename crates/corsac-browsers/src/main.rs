//! `corsac-browsers`: what `cargo xtask browsers` starts.
#![expect(clippy::print_stderr, reason = "a development tool talks to its terminal")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::{Args, Parser, Subcommand};
use corsac_browsers::driver::Browser;
use corsac_browsers::generate::{Topic, Topics, scenario};
use corsac_browsers::inside::{self, Inside};
use corsac_browsers::report::Report;
use corsac_browsers::run::{run, shrink};
use corsac_wire::scenario::OwnedLine;
use corsac_wire::simulate_lines::Lines;
use tokio::sync::Semaphore;

/// Run scenarios in real browsers and compare what they do with what Corsac says.
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
    /// Which browser; can be given several times. Without it, all three.
    #[arg(long)]
    browser: Vec<Browser>,
    /// The seed of the scenarios: the same seed makes the same ones.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many scenarios in each browser; without it 1000 in Chromium, 500 in the others.
    #[arg(long, value_name = "N", conflicts_with = "full")]
    count: Option<u64>,
    /// The full run: 10000 scenarios in Chromium, 2000 in each of the others.
    #[arg(long)]
    full: bool,
    /// What the scenarios are about; can be given several times. Without it, everything.
    #[arg(long)]
    topic: Vec<Topic>,
    /// Only these scenarios, by their ids: `g7-00412` is number 412 of seed 7.
    #[arg(long, num_args = 1.., value_name = "ID", conflicts_with_all = ["count", "full", "replay"])]
    only: Vec<String>,
    /// Play the lines of these files instead of generated ones.
    #[arg(long, num_args = 1.., value_name = "FILE", conflicts_with_all = ["count", "full"])]
    replay: Vec<PathBuf>,
    /// Write every line with what the browsers did to this file.
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Print what disagrees without looking for the smallest scenario that shows it.
    #[arg(long)]
    no_shrink: bool,
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

/// Whether all browsers agree.
async fn all(options: &Options) -> anyhow::Result<bool> {
    let report = Report::new(options.record.as_deref())?;
    // Two browsers at a time: each keeps one or two cores busy.
    let places = Semaphore::new(2);
    let one = |browser: Browser| {
        let (report, places) = (&report, &places);
        async move {
            if !options.browser.is_empty() && !options.browser.contains(&browser) {
                return Ok(());
            }
            let _place = places.acquire().await?;
            one(browser, options, report)
                .await
                .with_context(|| browser.name())
        }
    };
    tokio::try_join!(
        one(Browser::Firefox),
        one(Browser::Webkit),
        one(Browser::Chromium)
    )?;
    report.finish()
}

async fn one(browser: Browser, options: &Options, report: &Report) -> anyhow::Result<()> {
    let lines = lines(browser, options)?;
    let mut inside = Inside::start(browser).await?;
    report.started(browser, inside.version(), lines.len());
    let tally = run(&mut inside, lines.into_iter(), &mut report.watch(browser)).await?;
    report.done(browser, inside.version(), &tally)?;
    if !options.no_shrink {
        report.cases(&shrink(&mut inside, &tally.findings).await?);
    }
    Ok(())
}

fn lines(browser: Browser, options: &Options) -> anyhow::Result<Vec<OwnedLine>> {
    let topics = Topics::new(&options.topic);
    let generated = |seed, index| scenario(seed, index, &topics, browser.user_agent());
    if !options.replay.is_empty() {
        let mut lines = Vec::new();
        for file in &options.replay {
            read(file, &mut lines).with_context(|| format!("cannot read {}", file.display()))?;
        }
        return Ok(lines);
    }
    if !options.only.is_empty() {
        let numbers = options.only.iter().map(|id| numbers_of(id));
        return numbers
            .map(|numbers| numbers.map(|(seed, index)| generated(seed, index)))
            .collect();
    }
    let count = match (options.count, options.full, browser) {
        (Some(count), _, _) => count,
        (None, true, Browser::Chromium) => 10_000,
        (None, true, _) => 2_000,
        (None, false, Browser::Chromium) => 1_000,
        (None, false, _) => 500,
    };
    Ok((0..count).map(|index| generated(options.seed, index)).collect())
}

/// The seed and the number that an id names.
fn numbers_of(id: &str) -> anyhow::Result<(u64, u64)> {
    let numbers = id.strip_prefix('g').and_then(|numbers| numbers.split_once('-'));
    match numbers.map(|(seed, index)| (seed.parse(), index.parse())) {
        Some((Ok(seed), Ok(index))) => Ok((seed, index)),
        _ => bail!("`{id}` is no id of a generated scenario, such as `g7-00412`"),
    }
}

fn read(file: &Path, all: &mut Vec<OwnedLine>) -> anyhow::Result<()> {
    let mut lines = Lines::new(std::fs::File::open(file)?)?;
    while let Some(line) = lines.next_line()? {
        let bytes = line.bytes.context("a line is too long")?;
        if !bytes.trim_ascii().is_empty() {
            all.push(serde_json::from_slice(bytes).with_context(|| format!("line {}", line.number))?);
        }
    }
    Ok(())
}
