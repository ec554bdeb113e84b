//! `cargo xtask ci`: each phase of CI is one command line that a developer can run alone. The
//! cheap ones come first; the first failure ends the run.

use std::time::{Duration, Instant};

use anyhow::Context as _;

use crate::shell;

pub(crate) fn run() -> anyhow::Result<()> {
    let mut times = Vec::new();
    for phase in PHASES {
        println!("\n== {}", phase.name);
        let start = Instant::now();
        let result = phase.run();
        times.push((phase.name, start.elapsed()));
        if let Err(error) = result {
            print_times(&times);
            return Err(error).with_context(|| format!("{} failed", phase.name));
        }
    }
    print_times(&times);
    Ok(())
}

/// One command line, with the tool that it needs beyond the toolchain.
struct Phase {
    name: &'static str,
    arguments: &'static [&'static str],
    environment: Option<(&'static str, &'static str)>,
    tool: Option<Tool>,
}

/// A program that Cargo installs, at the version that this project is known to pass with.
struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Phase {
    const fn cargo(name: &'static str, arguments: &'static [&'static str]) -> Self {
        Self {
            name,
            arguments,
            environment: None,
            tool: None,
        }
    }

    fn run(&self) -> anyhow::Result<()> {
        if let Some(Tool { name, version }) = self.tool
            && !shell::is_installed(name)
        {
            println!("installing {name} {version}");
            let install = ["install", "--locked", "--quiet", "--version", version, name];
            shell::run(&mut shell::command("cargo", &install))?;
        }
        let mut command = shell::command("cargo", self.arguments);
        command.envs(self.environment);
        shell::run(&mut command)
    }
}

const PHASES: [Phase; 8] = [
    Phase::cargo("format", &["fmt", "--all", "--check"]),
    Phase::cargo("tidy", &["xtask", "tidy"]),
    Phase::cargo(
        "clippy",
        &[
            "clippy",
            "--locked",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
    ),
    Phase {
        environment: Some(("RUSTDOCFLAGS", "-D warnings")),
        ..Phase::cargo(
            "docs",
            &["doc", "--locked", "--workspace", "--no-deps", "--all-features"],
        )
    },
    Phase::cargo("test", &["xtask", "test"]),
    Phase::cargo("costs", &["xtask", "bench", "decision", "--gate"]),
    Phase::cargo("fuzz", &["xtask", "fuzz", "--seconds", "40"]),
    // Without `advisories`: that check fetches a database, and CI reaches package registries only.
    Phase {
        tool: Some(Tool {
            name: "cargo-deny",
            version: "0.20.2",
        }),
        ..Phase::cargo(
            "deny",
            &["deny", "--locked", "check", "bans", "licenses", "sources"],
        )
    },
];

fn print_times(times: &[(&str, Duration)]) {
    println!("\nphase      seconds");
    for (name, time) in times {
        println!("{name:<10} {:>7.1}", time.as_secs_f64());
    }
    let total: Duration = times.iter().map(|(_, time)| *time).sum();
    println!("{:<10} {:>7.1}", "total", total.as_secs_f64());
}
