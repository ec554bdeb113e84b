//! `cargo xtask fuzz`: build the targets of `fuzz/` with libFuzzer's coverage counters and run
//! them. Needs neither a nightly toolchain nor cargo-fuzz (which works on the folder, too).
//!
//! Without AddressSanitizer, which only nightly has: the crates under test forbid `unsafe`.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, bail};

use crate::shell;

mod seeds;

/// What to fuzz.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How long each target runs.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// The targets; without any, all of them.
    targets: Vec<String>,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let all = list()?;
    if let Some(unknown) = args.targets.iter().find(|target| !all.contains(target)) {
        bail!("no fuzz target `{unknown}`; there are: {}", all.join(", "));
    }
    let targets = if args.targets.is_empty() {
        &all
    } else {
        &args.targets
    };
    let binaries = build()?;
    let at_once = std::thread::available_parallelism()?.get();
    for group in targets.chunks(at_once) {
        let running = group
            .iter()
            .map(|target| Run::start(target, &binaries, args.seconds))
            .collect::<anyhow::Result<Vec<_>>>()?;
        for run in running {
            run.finish()?;
        }
    }
    Ok(())
}

/// The files of `fuzz/fuzz_targets`.
fn list() -> anyhow::Result<Vec<String>> {
    let folder = fuzz_folder().join("fuzz_targets");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs")
            && let Some(name) = path.file_stem()
        {
            names.push(name.to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Build every target; gives the folder of the binaries.
fn build() -> anyhow::Result<PathBuf> {
    let host = host_triple()?;
    // Not `--locked`: this lock file follows the dependencies of the product's crates.
    // With `--target`, RUSTFLAGS reach the targets and not the build scripts.
    let options = ["build", "--release", "--bins", "--target", &host];
    shell::run(
        shell::command("cargo", &options)
            .current_dir(fuzz_folder())
            .env("RUSTFLAGS", COVERAGE_FLAGS.join(" "))
            .env_remove("CARGO_TARGET_DIR"),
    )?;
    Ok(fuzz_folder().join("target").join(host).join("release"))
}

fn host_triple() -> anyhow::Result<String> {
    let version = shell::output(&mut shell::command("rustc", &["--version", "--verbose"]))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host
        .context("`rustc --version --verbose` names no host")?
        .to_owned())
}

/// A target that is running.
struct Run {
    target: String,
    log: PathBuf,
    process: Child,
}

impl Run {
    fn start(target: &str, binaries: &Path, seconds: u32) -> anyhow::Result<Self> {
        let corpus = fuzz_folder().join("corpus").join(target);
        let artifacts = fuzz_folder().join("artifacts").join(target);
        for folder in [&corpus, &artifacts] {
            std::fs::create_dir_all(folder)?;
        }
        seeds::write(target, &corpus)?;
        let log = artifacts.join("log");
        let mut command = Command::new(binaries.join(target));
        command
            .arg(format!("-max_total_time={seconds}"))
            .arg("-timeout=10")
            .arg("-rss_limit_mb=1024")
            .arg(format!("-artifact_prefix={}/", artifacts.display()))
            .arg(&corpus)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(&log)?);
        println!("fuzzing {target} for {seconds} s");
        let process = command
            .spawn()
            .with_context(|| format!("cannot start the target {target}"))?;
        Ok(Self {
            target: target.to_owned(),
            log,
            process,
        })
    }

    fn finish(mut self) -> anyhow::Result<()> {
        let status = self.process.wait()?;
        let log = std::fs::read_to_string(&self.log)?;
        if !status.success() {
            bail!("{} found a failure:\n{log}", self.target);
        }
        let summary = log.lines().rfind(|line| line.starts_with("Done "));
        println!(
            "{}: {}",
            self.target,
            summary.unwrap_or("ended early without a summary")
        );
        Ok(())
    }
}

fn fuzz_folder() -> PathBuf {
    shell::root().join("fuzz")
}

/// What cargo-fuzz passes, less the sanitizer.
const COVERAGE_FLAGS: [&str; 9] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
    "-Cdebug-assertions",
    "-Coverflow-checks",
    "--cfg=fuzzing",
];
