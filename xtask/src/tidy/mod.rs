//! `cargo xtask tidy`: what rustc, rustfmt and Clippy cannot see. Runs as a test, too.
//!
//! One check, one file: `check(…) -> Vec<Finding>` with unit tests which show that it fires and
//! where it stays silent.

use std::fmt;

use anyhow::bail;

use crate::shell;
use source_tree::SourceTree;

mod crate_edges;
mod file_length;
mod module_docs;
mod module_names;
mod place_names;
mod purity;
mod source_tree;
mod unfinished_code;

pub(crate) fn run() -> anyhow::Result<()> {
    let findings = check_repository()?;
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => Ok(()),
        count => bail!("{count} findings"),
    }
}

fn check_repository() -> anyhow::Result<Vec<Finding>> {
    let tree = SourceTree::read(&shell::root())?;
    let mut findings = crate_edges::check(tree.text("ARCHITECTURE.md")?, &crate_edges::workspace_crates()?)?;
    for check in TREE_CHECKS {
        findings.extend(check(&tree));
    }
    Ok(findings)
}

const TREE_CHECKS: [fn(&SourceTree) -> Vec<Finding>; 6] = [
    file_length::check,
    module_docs::check,
    module_names::check,
    place_names::check,
    purity::check,
    unfinished_code::check,
];

/// Something to mend.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    path: String,
    /// 1-based; absent when the finding is about the whole file.
    line: Option<usize>,
    message: String,
}

impl Finding {
    fn on_file(path: &str, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line: None,
            message: message.into(),
        }
    }

    /// `index` counts lines from 0.
    fn on_line(path: &str, index: usize, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line: Some(index + 1),
            message: message.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.message),
            None => write!(f, "{}: {}", self.path, self.message),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_is_tidy() {
        let findings = super::check_repository().expect("the repository can be read");
        let findings: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(findings.is_empty(), "\n{}", findings.join("\n"));
    }
}
