//! What is wrong with a flag, and what to write instead.

use std::fmt;

use anstyle::{AnsiColor, Effects, Style};
use corsac::{PolicyError, PolicyField, PolicyPlace, PolicyWarning};
use corsac_diagnostics::render::printable;
use corsac_diagnostics::{PolicyDiagnostic, explain_policy_error, explain_policy_warning};

use super::wording::{flag, in_flags, shell_word};

/// One error or warning about a flag. `Display` prints it without colours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlagReport {
    is_error: bool,
    name: &'static str,
    title: String,
    flag: &'static str,
    value: String,
    meaning: String,
    fix: String,
}

/// Every mistake of the flags; at least one.
///
/// `Display` prints them without colours; [`styled`](Self::styled) with colours, for `anstream`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFlagErrors(pub(super) Vec<FlagReport>);

impl FlagReport {
    pub(super) fn of_error(error: &PolicyError) -> Self {
        let explained = explain_policy_error(error);
        let fix = match error.suggestion() {
            Some(meant) => format!("write `{} {}`", flag(error.place().field), shell_word(meant)),
            None => in_flags(&explained.fix),
        };
        Self::new(true, explained, fix, error.place())
    }

    pub(super) fn of_warning(warning: &PolicyWarning) -> Self {
        let explained = explain_policy_warning(warning);
        let fix = in_flags(&explained.fix);
        Self::new(false, explained, fix, warning.place())
    }

    /// `fault` reads after the value: "has an unknown unit".
    pub(super) fn invalid_duration(value: &str, fault: &str) -> Self {
        Self {
            is_error: true,
            name: "invalid-duration",
            title: format!("duration `{value}` {fault}"),
            flag: flag(PolicyField::MaxAge),
            value: value.to_owned(),
            meaning: "a duration is a whole number with `s`, `m`, `h` or `d` behind it, or seconds"
                .to_owned(),
            fix: "write `--max-age 2h`, or `--max-age off` for answers that are not to be remembered"
                .to_owned(),
        }
    }

    fn new(is_error: bool, explained: PolicyDiagnostic, fix: String, place: &PolicyPlace) -> Self {
        Self {
            is_error,
            name: explained.name,
            title: explained.title,
            flag: flag(place.field),
            value: place.value.clone(),
            meaning: in_flags(explained.meaning),
            fix,
        }
    }

    /// With the text of `--max-age`, when the report is about it.
    pub(super) fn with_max_age(mut self, text: &str) -> Self {
        if self.flag == flag(PolicyField::MaxAge) {
            text.clone_into(&mut self.value);
        }
        self
    }

    /// The name of the rule it breaks, kebab case.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The same text with colours.
    #[must_use]
    pub fn styled(&self) -> impl fmt::Display + '_ {
        Styled(|f: &mut fmt::Formatter<'_>| self.write(f, &COLORED))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, styles: &Styles) -> fmt::Result {
        let (severity, mark) = match self.is_error {
            true => ("error", styles.error),
            false => ("warning", styles.warning),
        };
        let Styles { title, label, .. } = *styles;
        writeln!(
            f,
            "{mark}{severity}[{}]{mark:#}{title}: {}{title:#}",
            self.name,
            shown(&self.title)
        )?;
        let value = shown(&shell_word(&self.value));
        // A switch has no value to underline: it is underlined itself.
        let is_switch = [PolicyField::AllowCredentials, PolicyField::Csrf]
            .into_iter()
            .any(|field| self.flag == flag(field));
        let (before, underlined) = if is_switch {
            (String::new(), self.flag)
        } else {
            (format!("{} ", self.flag), value.as_str())
        };
        writeln!(f, "  {before}{underlined}")?;
        writeln!(
            f,
            "  {:indent$}{mark}{:^<width$}{mark:#}",
            "",
            "",
            indent = before.len(),
            width = underlined.chars().count()
        )?;
        writeln!(f, "  {}", shown(&self.meaning))?;
        writeln!(f, "  {label}fix{label:#}: {}", shown(&self.fix))
    }
}

impl fmt::Display for FlagReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, &Styles::default())
    }
}

impl PolicyFlagErrors {
    /// Every mistake, in the order of the policy's fields.
    pub fn reports(&self) -> impl Iterator<Item = &FlagReport> {
        self.0.iter()
    }

    /// The same text with colours.
    #[must_use]
    pub fn styled(&self) -> impl fmt::Display + '_ {
        Styled(|f: &mut fmt::Formatter<'_>| self.write(f, &COLORED))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, styles: &Styles) -> fmt::Result {
        for report in self.0.iter().take(MAX_PRINTED) {
            report.write(f, styles)?;
            writeln!(f)?;
        }
        let mark = styles.error;
        let count = match self.0.len() {
            1 => "1 error".to_owned(),
            count => format!("{count} errors"),
        };
        writeln!(f, "{mark}error{mark:#}: the policy is refused: {count}")
    }
}

impl fmt::Display for PolicyFlagErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, &Styles::default())
    }
}

impl std::error::Error for PolicyFlagErrors {}

#[derive(Clone, Copy, Default)]
struct Styles {
    error: Style,
    warning: Style,
    title: Style,
    label: Style,
}

/// A closure as `Display`.
struct Styled<F>(F);

impl<F: Fn(&mut fmt::Formatter<'_>) -> fmt::Result> fmt::Display for Styled<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.0)(f)
    }
}

/// A text that may hold anything, made fit for a terminal.
fn shown(text: &str) -> String {
    let text = printable(text);
    match text.char_indices().nth(MAX_CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into_owned(),
    }
}

const COLORED: Styles = Styles {
    error: AnsiColor::BrightRed.on_default().effects(Effects::BOLD),
    warning: AnsiColor::Yellow.on_default().effects(Effects::BOLD),
    title: Style::new().effects(Effects::BOLD),
    label: AnsiColor::Cyan.on_default(),
};

/// A value longer than this is cut.
const MAX_CHARACTERS: usize = 200;

/// More mistakes than this have one cause, and the first ones show it.
const MAX_PRINTED: usize = 20;
