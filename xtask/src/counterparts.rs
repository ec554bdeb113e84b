//! The real servers that the end-to-end tests run against: nginx from the system's packages, and
//! Express with `cors` from npm, at the versions that the fixture's lock file pins.

use std::path::Path;

use anyhow::{Context as _, bail};

use crate::packages::{self, Program};
use crate::shell;

const PROGRAMS: [Program; 3] = [
    Program::new("nginx", "nginx"),
    Program::new("node", "nodejs"),
    Program::new("npm", "npm"),
];

/// The oldest major version of Node.js that Express 5 runs on.
const OLDEST_NODE: u32 = 18;

/// Where the fixtures' `package.json` and lock file are.
const EXPRESS_FIXTURE: &str = "crates/corsac-cli/tests/fixtures/express";

/// Install what is missing; do nothing when all is there.
pub(crate) fn install() -> anyhow::Result<()> {
    packages::install("the end-to-end tests", &PROGRAMS)?;
    check_node_version()?;
    install_node_packages()
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
