//! The text files that are, or are about to be, committed: what Git tracks and what it neither
//! tracks nor ignores.

use std::path::Path;

use anyhow::Context as _;

use crate::shell;

/// Text files by their path from the repository's root.
pub(super) struct SourceTree {
    files: Vec<SourceFile>,
}

/// One text file.
pub(super) struct SourceFile {
    pub(super) path: String,
    pub(super) text: String,
}

impl SourceTree {
    /// Read it; files that are not UTF-8 (recordings, seeds) are left out.
    pub(super) fn read(root: &Path) -> anyhow::Result<Self> {
        let options = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        let listing = shell::output(&mut shell::command("git", &options))?;
        let files = listing
            .split_terminator('\0')
            // A tracked file that was deleted has no text either.
            .filter_map(|path| {
                let text = std::fs::read_to_string(root.join(path)).ok()?;
                Some(SourceFile {
                    path: path.to_owned(),
                    text,
                })
            })
            .collect();
        Ok(Self { files })
    }

    /// The text of one file.
    pub(super) fn text(&self, path: &str) -> anyhow::Result<&str> {
        let file = self.files.iter().find(|file| file.path == path);
        Ok(&file.with_context(|| format!("there is no {path}"))?.text)
    }

    /// Every file, in Git's order.
    pub(super) fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    /// The Rust files.
    pub(super) fn rust_files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files().filter(|file| file.path.ends_with(".rs"))
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files = files
            .iter()
            .map(|&(path, text)| SourceFile {
                path: path.to_owned(),
                text: text.to_owned(),
            })
            .collect();
        Self { files }
    }
}
