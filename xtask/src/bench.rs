//! `cargo xtask bench`: the benchmarks are folders of `bench/`, each with a `run` script that
//! measures ours and the peers in one run. Results are tables in `bench/RESULTS.md`.

use anyhow::{Context as _, bail};

use crate::packages::{self, Program};
use crate::shell;

/// Which benchmark.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The benchmark to run; without it, list them.
    name: Option<String>,
    /// Passed to its script.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let benchmarks = list()?;
    let Some(name) = &args.name else {
        for benchmark in benchmarks {
            println!("cargo xtask bench {benchmark}");
        }
        return Ok(());
    };
    if !benchmarks.contains(name) {
        bail!("no benchmark `{name}`; there are: {}", benchmarks.join(", "));
    }
    let programs = PROGRAMS.iter().filter(|(benchmark, _)| benchmark == name);
    let programs: Vec<Program> = programs.map(|(_, program)| *program).collect();
    packages::install(&format!("the benchmark `{name}`"), &programs)?;
    let script = shell::root().join("bench").join(name).join("run");
    let program = script.to_str().context("the repository's path is not UTF-8")?;
    shell::run(shell::command(program, &[]).args(&args.arguments))
}

/// The folders of `bench/` that have a `run` script.
fn list() -> anyhow::Result<Vec<String>> {
    let folder = shell::root().join("bench");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let entry = entry?;
        if entry.path().join("run").is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// What a benchmark needs and does not bring, for those that CI runs.
const PROGRAMS: [(&str, Program); 1] = [("decision", Program::new("valgrind", "valgrind"))];
