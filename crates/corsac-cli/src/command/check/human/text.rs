//! Styled lines. Whatever came over the wire is made printable here, once.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Effects, Style};
use corsac_diagnostics::render::printable;

/// Lines of text with styles.
#[derive(Default)]
pub(super) struct Text(String);

impl Text {
    pub(super) fn into_string(self) -> String {
        self.0
    }

    pub(super) fn blank(&mut self) {
        self.0.push('\n');
    }

    /// A line of styled pieces.
    pub(super) fn line(&mut self, pieces: &[(Style, &str)]) {
        for (style, piece) in pieces {
            // Writing to a string does not fail.
            let _ = write!(self.0, "{style}{}{style:#}", printable(piece));
        }
        self.0.push('\n');
    }

    /// A label and a text wrapped beside it.
    pub(super) fn field(&mut self, label: &str, value: &str) {
        let value = printable(value);
        let options = textwrap::Options::new(WIDTH - INDENT)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for (index, line) in textwrap::wrap(&value, options).iter().enumerate() {
            let label = if index == 0 { label } else { "" };
            let _ = writeln!(
                self.0,
                "  {NOTE}{label:<width$}{NOTE:#}{line}",
                width = INDENT - 2
            );
        }
    }
}

pub(super) const HEADING: Style = Style::new().effects(Effects::BOLD);
pub(super) const DIM: Style = Style::new().effects(Effects::DIMMED);
pub(super) const GOOD: Style = AnsiColor::Green.on_default();
pub(super) const BAD: Style = AnsiColor::BrightRed.on_default().effects(Effects::BOLD);
pub(super) const NOTE: Style = AnsiColor::Cyan.on_default();
pub(super) const PLAIN: Style = Style::new();

/// Where the texts beside labels start.
const INDENT: usize = 12;

/// The same everywhere, so that two people see the same report.
const WIDTH: usize = 100;
