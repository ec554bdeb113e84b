//! A diagnostic as text for a terminal.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

use anstyle::{AnsiColor, Effects, Style};

use crate::diagnostic::{Console, Diagnostic};

/// The styles of a rendered diagnostic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Styles {
    /// `error[name]`.
    pub error: Style,
    /// The title.
    pub title: Style,
    /// The words at the left: `cause`, `fix`, `Chromium`.
    pub label: Style,
    /// What a browser prints.
    pub console: Style,
}

impl Styles {
    /// No styles at all.
    #[must_use]
    pub const fn plain() -> Self {
        Self {
            error: Style::new(),
            title: Style::new(),
            label: Style::new(),
            console: Style::new(),
        }
    }

    /// The colours that compilers use. Print them through `anstream`, which knows `NO_COLOR`.
    #[must_use]
    pub const fn colored() -> Self {
        Self {
            error: AnsiColor::BrightRed.on_default().effects(Effects::BOLD),
            title: Style::new().effects(Effects::BOLD),
            label: AnsiColor::BrightBlue.on_default().effects(Effects::BOLD),
            console: Style::new().effects(Effects::DIMMED),
        }
    }
}

/// Render a diagnostic, sentences wrapped to `width` columns, console lines as they are.
///
/// What servers and pages sent cannot reach the terminal as control characters.
#[must_use]
pub fn render(diagnostic: &Diagnostic, styles: &Styles, width: usize) -> String {
    let mut text = String::new();
    let (error, title) = (styles.error, styles.title);
    text.push_str(&format!(
        "{error}error[{}]{error:#}{title}: {}{title:#}\n",
        diagnostic.name,
        printable(&diagnostic.title)
    ));
    for (label, sentence) in [
        ("meaning", &diagnostic.meaning),
        ("cause", &diagnostic.cause),
        ("fix", &diagnostic.fix),
    ] {
        paragraph(&mut text, label, sentence, styles, width);
    }
    if diagnostic.console != Console::default() {
        for (label, lines) in [
            ("Chromium", &diagnostic.console.chromium),
            ("Firefox", &diagnostic.console.firefox),
            ("WebKit", &diagnostic.console.webkit),
        ] {
            console(&mut text, label, lines, styles);
        }
    }
    paragraph(&mut text, "see", diagnostic.reference, styles, width);
    text
}

fn paragraph(text: &mut String, label: &str, sentence: &str, styles: &Styles, width: usize) {
    let sentence = printable(sentence);
    let options = textwrap::Options::new(width.saturating_sub(INDENT).max(NARROWEST))
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    for (index, line) in textwrap::wrap(&sentence, options).iter().enumerate() {
        let label = if index == 0 { label } else { "" };
        text.push_str(&labelled(label, line, styles.label, Style::new()));
    }
}

fn console(text: &mut String, label: &str, lines: &[String], styles: &Styles) {
    if lines.is_empty() {
        text.push_str(&labelled(label, "(prints nothing)", styles.label, styles.console));
    }
    for (index, line) in lines.iter().enumerate() {
        let label = if index == 0 { label } else { "" };
        let line = printable(line.trim_end());
        text.push_str(&labelled(label, &line, styles.label, styles.console));
    }
}

fn labelled(label: &str, line: &str, label_style: Style, line_style: Style) -> String {
    let width = INDENT - 3;
    format!("  {label_style}{label:<width$}{label_style:#} {line_style}{line}{line_style:#}\n")
}

/// Control characters, and those that turn the direction of text, written as escapes.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    let is_safe = |character: char| {
        !(character.is_control()
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
    };
    if text.chars().all(is_safe) {
        return Cow::Borrowed(text);
    }
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        if is_safe(character) {
            printable.push(character);
        } else {
            printable.extend(character.escape_unicode());
        }
    }
    Cow::Owned(printable)
}

/// The column at which the sentences start.
const INDENT: usize = 12;

/// Sentences are not wrapped to less, however narrow the terminal is.
const NARROWEST: usize = 40;
