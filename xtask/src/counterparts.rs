//! The real servers that the end-to-end tests run against: nginx from the system's packages, and
//! Express with `cors` from npm, at the versions that the fixture's lock file pins.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::shell;

/// The programs, and the Debian package of each.
const PROGRAMS: [(&str, &str); 3] = [("nginx", "nginx"), ("node", "nodejs"), ("npm", "npm")];

/// The oldest major version of Node.js that Express 5 runs on.
const OLDEST_NODE: u32 = 18;

/// Where the fixtures' `package.json` and lock file are.
const EXPRESS_FIXTURE: &str = "crates/corsac-cli/tests/fixtures/express";

/// Install what is missing; do nothing when all is there.
pub(crate) fn install() -> anyhow::Result<()> {
    install_programs()?;
    check_node_version()?;
    install_node_packages()
}

fn install_programs() -> anyhow::Result<()> {
    let missing: Vec<&str> = PROGRAMS
        .iter()
        .filter(|(program, _)| !is_installed(program))
        .map(|&(_, package)| package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let apt_install = format!(
        "apt-get install --yes --no-install-recommends {}",
        missing.join(" ")
    );
    if !shell::is_installed("apt-get") || !is_root() {
        bail!(
            "the end-to-end tests need {}; install with: {apt_install}",
            missing.join(", ")
        );
    }
    println!("installing {}", missing.join(", "));
    shell::run(&mut apt_get(&["update", "--quiet"]))?;
    let options = ["install", "--yes", "--quiet", "--no-install-recommends"];
    shell::run(apt_get(&options).args(&missing))
}

/// Debian keeps servers where only root's PATH looks.
fn is_installed(program: &str) -> bool {
    shell::is_installed(program) || shell::is_installed(&format!("/usr/sbin/{program}"))
}

fn apt_get(arguments: &[&str]) -> Command {
    let mut command = shell::command("apt-get", arguments);
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn is_root() -> bool {
    shell::output(&mut shell::command("id", &["-u"])).is_ok_and(|user| user.trim() == "0")
}

fn check_node_version() -> anyhow::Result<()> {
    let version = shell::output(&mut shell::command("node", &["--version"]))?;
    let major: Option<u32> = version
        .trim()
        .strip_prefix('v')
        .and_then(|version| version.split('.').next())
        .and_then(|major| major.parse().ok());
    match major {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => bail!(
            "Express 5 needs Node.js {OLDEST_NODE} or later, this is {}",
            version.trim()
        ),
    }
}

/// `npm ci` into the target folder, unless the same lock file was installed there before.
fn install_node_packages() -> anyhow::Result<()> {
    let fixture = shell::root().join(EXPRESS_FIXTURE);
    let installed = shell::target_dir().join("counterparts");
    if is_same_file(
        &fixture.join("package-lock.json"),
        &installed.join("installed-lock.json"),
    ) {
        return Ok(());
    }
    std::fs::create_dir_all(&installed)?;
    for file in ["package.json", "package-lock.json"] {
        copy(&fixture.join(file), &installed.join(file))?;
    }
    let options = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
    shell::run(shell::command("npm", &options).current_dir(&installed))?;
    // Written last: a half-done installation is not taken for a whole one.
    copy(
        &fixture.join("package-lock.json"),
        &installed.join("installed-lock.json"),
    )
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    matches!((std::fs::read(a), std::fs::read(b)), (Ok(a), Ok(b)) if a == b)
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}
