//! A mistake or a doubtful choice in a policy file, with the bytes it is about.

use std::ops::Range;

/// One thing to say about the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) severity: Severity,
    /// The rule's name, kebab case.
    pub(super) name: &'static str,
    /// What is wrong, in one line.
    pub(super) title: String,
    /// The bytes to underline.
    pub(super) span: Range<usize>,
    /// What to write beside the underline.
    pub(super) label: String,
    /// Other bytes that matter, with what to write beside them.
    pub(super) related: Vec<(Range<usize>, String)>,
    /// What to do, one line each.
    pub(super) help: Vec<String>,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Severity {
    /// The file is refused.
    Error,
    /// The file is accepted.
    Warning,
}

impl Problem {
    pub(super) fn error(name: &'static str, title: impl Into<String>, span: Range<usize>) -> Self {
        Self {
            severity: Severity::Error,
            name,
            title: title.into(),
            span,
            label: String::new(),
            related: Vec::new(),
            help: Vec::new(),
        }
    }

    pub(super) fn warning(name: &'static str, title: impl Into<String>, span: Range<usize>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(name, title, span)
        }
    }

    pub(super) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(super) fn related(mut self, span: Range<usize>, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}
