//! Programs that come from the system's packages: install what is missing, or say how.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::bail;

use crate::shell;

/// A program, and the Debian package that has it.
#[derive(Clone, Copy)]
pub(crate) struct Program {
    name: &'static str,
    package: &'static str,
}

impl Program {
    pub(crate) const fn new(name: &'static str, package: &'static str) -> Self {
        Self { name, package }
    }

    /// Debian keeps servers where only root's PATH looks, and WebKitGTK's programs below a folder
    /// for the machine's architecture, where no PATH looks.
    fn is_installed(self) -> bool {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
        folders
            .chain(library_folders())
            .any(|folder| folder.join(self.name).is_file())
    }
}

fn library_folders() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(Path::new("/usr/lib"));
    folders
        .into_iter()
        .flatten()
        .filter_map(|folder| Some(folder.ok()?.path()))
        .collect()
}

/// Install the packages of those that are missing; do nothing when all are there.
pub(crate) fn install(purpose: &str, programs: &[Program]) -> anyhow::Result<()> {
    let missing: Vec<&str> = programs
        .iter()
        .filter(|program| !program.is_installed())
        .map(|program| program.package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !shell::is_installed("apt-get") || !is_root() {
        bail!(
            "{purpose} need {}; install with: apt-get install --yes --no-install-recommends {}",
            missing.join(", "),
            missing.join(" ")
        );
    }
    println!("installing {}", missing.join(", "));
    shell::run(&mut apt_get(&["update", "--quiet"]))?;
    let options = ["install", "--yes", "--quiet", "--no-install-recommends"];
    shell::run(apt_get(&options).args(&missing))
}

fn apt_get(arguments: &[&str]) -> Command {
    let mut command = shell::command("apt-get", arguments);
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn is_root() -> bool {
    shell::output(&mut shell::command("id", &["-u"])).is_ok_and(|user| user.trim() == "0")
}
