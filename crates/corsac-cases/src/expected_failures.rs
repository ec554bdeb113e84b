//! The list of vectors that are wrong: an id and the sentence of the standard that says so.

use std::collections::BTreeMap;

use crate::report::Report;

/// The list: one `id: sentence` a line; lines that start with `#` and empty lines are comments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpectedFailures(BTreeMap<String, String>);

impl ExpectedFailures {
    /// Parses the list.
    ///
    /// # Errors
    /// The first line that has no sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| match line.split_once(": ") {
                Some((id, sentence)) if !sentence.trim().is_empty() => {
                    Ok((id.to_owned(), sentence.trim().to_owned()))
                }
                _ => Err(format!("`{line}` is not `id: sentence of the standard`")),
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// What does not agree between this list and a run: vectors that fail and are not listed, and
    /// entries that pass or are not there.
    #[must_use]
    pub fn disagreements(&self, report: &Report) -> Vec<String> {
        let unexpected = report
            .failures
            .iter()
            .filter(|failure| !self.0.contains_key(&failure.id))
            .map(ToString::to_string);
        let stale = self
            .0
            .keys()
            .filter(|id| !report.failures.iter().any(|failure| failure.id == **id))
            .map(|id| format!("{id}: listed as an expected failure, but it does not fail"));
        unexpected.chain(stale).collect()
    }
}
