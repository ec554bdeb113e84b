//! The text of a policy file, and where in it something is.

use std::ops::Range;

/// The file a report quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) file_name: String,
    pub(super) text: String,
}

impl Source {
    /// The line, counted from 1.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.place_of(offset).0
    }

    /// Line and column, counted from 1, the column in characters.
    pub(super) fn place_of(&self, offset: usize) -> (usize, usize) {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }

    fn line_start(&self, offset: usize) -> usize {
        let before = self.text.get(..offset).unwrap_or_default();
        before.rfind('\n').map_or(0, |index| index + 1)
    }

    fn line_end(&self, offset: usize) -> usize {
        let after = self.text.get(offset..).unwrap_or_default();
        after.find('\n').map_or(self.text.len(), |index| offset + index)
    }

    /// The whole lines that hold these spans.
    pub(super) fn lines_around(&self, spans: &[(Range<usize>, &str)]) -> Range<usize> {
        let start = spans.iter().map(|(span, _)| span.start).min().unwrap_or_default();
        let end = spans.iter().map(|(span, _)| span.end).max().unwrap_or_default();
        self.line_start(start)..self.line_end(end)
    }

    /// The part of the span that lies in its first line: an underline over many lines is hard to read.
    pub(super) fn within_line(&self, span: &Range<usize>) -> Range<usize> {
        let start = span.start.min(self.text.len());
        let end = span.end.clamp(start, self.line_end(start));
        let line = self.text.get(start..end).unwrap_or_default();
        start..start + line.trim_end_matches('\r').len()
    }
}
