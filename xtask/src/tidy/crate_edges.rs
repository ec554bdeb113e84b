//! The workspace's crates depend on each other only as the table of ARCHITECTURE.md says.
//! Dev-dependencies are not edges: a test may use any crate.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use super::Finding;
use crate::shell;

/// The heading of the section that holds the table.
const HEADING: &str = "## Crates and what they may depend on";

/// A workspace crate and the workspace crates it depends on.
#[derive(Debug)]
pub(super) struct WorkspaceCrate {
    name: String,
    dependencies: BTreeSet<String>,
}

/// Ask Cargo for the crates of the workspace.
pub(super) fn workspace_crates() -> anyhow::Result<Vec<WorkspaceCrate>> {
    let options = ["metadata", "--no-deps", "--offline", "--format-version", "1"];
    let json = shell::output(&mut shell::command("cargo", &options))?;
    let metadata: Metadata = serde_json::from_str(&json).context("the output of `cargo metadata`")?;
    let members: BTreeSet<&str> = metadata
        .packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    let crates = metadata.packages.iter().map(|package| WorkspaceCrate {
        name: package.name.clone(),
        dependencies: package
            .dependencies
            .iter()
            .filter(|dependency| dependency.kind.as_deref() != Some("dev"))
            .map(|dependency| dependency.name.clone())
            .filter(|name| members.contains(name.as_str()))
            .collect(),
    });
    Ok(crates.collect())
}

pub(super) fn check(architecture: &str, crates: &[WorkspaceCrate]) -> anyhow::Result<Vec<Finding>> {
    let table = read_table(architecture)?;
    let mut messages = Vec::new();
    for WorkspaceCrate { name, dependencies } in crates {
        let Some(allowed) = table.get(name.as_str()) else {
            messages.push(format!("the crate `{name}` is not in the table"));
            continue;
        };
        let refused = dependencies
            .iter()
            .filter(|dependency| !allowed.contains(dependency.as_str()));
        messages
            .extend(refused.map(|to| format!("`{name}` depends on `{to}`, which the table does not allow")));
    }
    let is_crate = |name: &&&str| crates.iter().any(|member| member.name == **name);
    let unknown = table.keys().filter(|name| !is_crate(name));
    messages.extend(unknown.map(|name| format!("the table has `{name}`, which is no crate")));
    Ok(messages
        .into_iter()
        .map(|message| Finding::on_file("ARCHITECTURE.md", message))
        .collect())
}

/// The first two columns: a crate, and what it may depend on (`-` for nothing).
fn read_table(architecture: &str) -> anyhow::Result<BTreeMap<&str, BTreeSet<&str>>> {
    let mut lines = architecture.lines().skip_while(|line| *line != HEADING).skip(1);
    let rows = lines
        .by_ref()
        .take_while(|line| !line.starts_with("## "))
        .filter(|line| line.starts_with("| "));
    let mut table = BTreeMap::new();
    for row in rows.skip(1) {
        let mut cells = row.trim_matches('|').split('|').map(str::trim);
        let (name, allowed) = cells
            .next()
            .zip(cells.next())
            .with_context(|| format!("odd row: {row}"))?;
        let allowed = allowed
            .split(',')
            .map(str::trim)
            .filter(|name| *name != "-")
            .collect();
        ensure!(
            table.insert(name, allowed).is_none(),
            "the table has `{name}` twice"
        );
    }
    ensure!(
        !table.is_empty(),
        "ARCHITECTURE.md has no table under `{HEADING}`"
    );
    Ok(table)
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// `dev`, `build`, or absent for an ordinary one.
    kind: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARCHITECTURE: &str = "\
# Architecture
| crate | not this table |
|---|---|
| x | y |

## Crates and what they may depend on

| crate | may depend on (workspace) | must never contain |
|---|---|---|
| core | - | a clock |
| wire | core | decisions |

## Next
| z | core | |
";

    fn messages(crates: &[(&str, &[&str])]) -> Vec<String> {
        let crates: Vec<WorkspaceCrate> = crates
            .iter()
            .map(|(name, dependencies)| WorkspaceCrate {
                name: (*name).to_owned(),
                dependencies: dependencies.iter().map(|&name| name.to_owned()).collect(),
            })
            .collect();
        let findings = check(ARCHITECTURE, &crates).expect("the table can be read");
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn edges_of_the_table_are_allowed() {
        assert_eq!(messages(&[("core", &[]), ("wire", &["core"])]), [""; 0]);
    }

    #[test]
    fn an_edge_that_is_not_in_the_table_is_found() {
        assert_eq!(
            messages(&[("core", &["wire"]), ("wire", &[])]),
            ["`core` depends on `wire`, which the table does not allow"]
        );
    }

    #[test]
    fn a_crate_that_is_not_in_the_table_is_found() {
        assert_eq!(
            messages(&[("core", &[]), ("wire", &[]), ("new", &[])]),
            ["the crate `new` is not in the table"]
        );
    }

    #[test]
    fn a_row_without_a_crate_is_found() {
        assert_eq!(
            messages(&[("core", &[])]),
            ["the table has `wire`, which is no crate"]
        );
    }

    #[test]
    fn a_page_without_the_table_is_an_error() {
        assert!(check("# Architecture\n", &[]).is_err());
    }
}
