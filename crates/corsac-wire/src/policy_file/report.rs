//! Problems rendered as rustc renders them: the line, the bytes underlined, help below.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};

use super::problem::{Problem, Severity};
use super::source::Source;

/// One error or warning about a policy file. `Display` prints it without colours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    problem: Problem,
    source: Arc<Source>,
}

/// All the errors of a policy file, sorted by position, with its warnings among them.
///
/// `Display` prints them without colours; [`styled`](Self::styled) with colours. Print the latter
/// through `anstream`, which takes the colours out again for `NO_COLOR` and for pipes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFileErrors {
    reports: Vec<Report>,
    source: Arc<Source>,
}

impl Report {
    pub(super) fn new(problem: Problem, source: Arc<Source>) -> Self {
        Self { problem, source }
    }

    /// The name of the rule it breaks, kebab case.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.problem.name
    }

    /// Whether it is an error; otherwise it is a warning.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.problem.severity == Severity::Error
    }

    /// The line it starts in, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.source.line_of(self.problem.span.start)
    }

    /// The same text with colours.
    #[must_use]
    pub fn styled(&self) -> impl fmt::Display + '_ {
        Rendered(|| self.render(&Renderer::styled()))
    }

    fn render(&self, renderer: &Renderer) -> String {
        let level = match self.problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = printable(&self.problem.title);
        let mut group = level
            .primary_title(title)
            .id(self.problem.name)
            .elements([] as [Origin<'_>; 0]);
        group = match self.source.text.as_str() {
            "" => group.element(Origin::path(self.source.file_name.as_str())),
            _ => self.quote(group),
        };
        for help in &self.problem.help {
            group = group.element(Level::HELP.message(printable(help)));
        }
        renderer.render(&[group])
    }

    /// Add the lines that the problem touches; the place alone when they are too long to read.
    fn quote<'a>(&'a self, group: Group<'a>) -> Group<'a> {
        let spans = self.spans();
        let quoted = self.source.lines_around(&spans);
        let path = self.source.file_name.as_str();
        if quoted.len() > MAX_QUOTED_BYTES {
            let (line, column) = self.source.place_of(self.problem.span.start);
            return group.element(Origin::path(path).line(line).char_column(column));
        }
        let text = self
            .source
            .text
            .get(quoted.clone())
            .unwrap_or_default()
            .trim_end_matches('\r');
        let annotations = spans.into_iter().enumerate().map(|(index, (span, label))| {
            let kind = if index == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let start = without_carriage_returns(text, span.start - quoted.start).len();
            let end = without_carriage_returns(text, span.end - quoted.start).len();
            kind.span(start..end)
                .label((!label.is_empty()).then(|| printable(label)))
        });
        group.element(
            Snippet::source(without_carriage_returns(text, text.len()))
                .line_start(self.source.line_of(quoted.start))
                .path(path)
                .annotations(annotations),
        )
    }

    /// The problem's own bytes first, then the related ones, each within one line.
    fn spans(&self) -> Vec<(Range<usize>, &str)> {
        let own = (&self.problem.span, self.problem.label.as_str());
        let related = self
            .problem
            .related
            .iter()
            .map(|(span, label)| (span, label.as_str()));
        std::iter::once(own)
            .chain(related)
            .map(|(span, label)| (self.source.within_line(span), label))
            .collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}

impl PolicyFileErrors {
    pub(super) fn new(reports: Vec<Report>, source: Arc<Source>) -> Self {
        Self { reports, source }
    }

    /// Every error and warning, sorted by position.
    pub fn reports(&self) -> impl Iterator<Item = &Report> {
        self.reports.iter()
    }

    /// The same text with colours.
    #[must_use]
    pub fn styled(&self) -> impl fmt::Display + '_ {
        Rendered(|| self.render(&Renderer::styled()))
    }

    fn render(&self, renderer: &Renderer) -> String {
        let mut text = String::new();
        for report in self.reports.iter().take(MAX_PRINTED_REPORTS) {
            text.push_str(&report.render(renderer));
            text.push_str("\n\n");
        }
        text.push_str(&renderer.render(&[Group::with_title(Level::ERROR.primary_title(self.summary()))]));
        text
    }

    fn summary(&self) -> String {
        let errors = self.reports.iter().filter(|report| report.is_error()).count();
        let warnings = self.reports.len() - errors;
        let mut summary = format!(
            "`{}` is refused: {}",
            self.source.file_name,
            count(errors, "error")
        );
        if warnings > 0 {
            summary.push_str(&format!(" and {}", count(warnings, "warning")));
        }
        if self.reports.len() > MAX_PRINTED_REPORTS {
            summary.push_str(&format!("; the first {MAX_PRINTED_REPORTS} are shown"));
        }
        printable(&summary)
    }
}

impl fmt::Display for PolicyFileErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}

impl std::error::Error for PolicyFileErrors {}

/// A closure's text as `Display`.
struct Rendered<F: Fn() -> String>(F);

impl<F: Fn() -> String> fmt::Display for Rendered<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&(self.0)())
    }
}

/// The first bytes of a text, CRLF as LF.
fn without_carriage_returns(text: &str, end: usize) -> String {
    text.get(..end).unwrap_or(text).replace("\r\n", "\n")
}

/// Text that may hold anything, made fit for a terminal: no control characters, and not too long.
fn printable(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT_CHARACTERS) {
        Some((end, _)) => normalize_untrusted_str(&format!("{}…", text.get(..end).unwrap_or_default())),
        None => normalize_untrusted_str(text),
    }
}

fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// A title or help line with more of the file's own text than this is cut.
const MAX_TEXT_CHARACTERS: usize = 400;

/// More text than this around a problem is not quoted.
const MAX_QUOTED_BYTES: usize = 4096;

/// A file with more problems than this has one cause, and the first ones show it.
const MAX_PRINTED_REPORTS: usize = 50;
