//! Values of the right type, or an error that says what was expected and what was found.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::problem::Problem;

/// A string, with nothing to repair.
pub(super) fn string<'t>(
    key: &str,
    value: &'t Spanned<DeValue<'_>>,
    problems: &mut Vec<Problem>,
) -> Option<&'t str> {
    if let DeValue::String(text) = value.get_ref() {
        return Some(text);
    }
    problems.push(wrong_type(key, "a string", value).help(format!("write `{key} = \"…\"`, in quotes")));
    None
}

/// The reason that a `dangerously_…` key must give.
pub(super) fn reason(key: &str, value: &Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) -> Option<String> {
    if let DeValue::String(text) = value.get_ref() {
        return Some(text.to_string());
    }
    problems.push(
        wrong_type(key, "a string that says why", value)
            .help(format!("write the reason for the next reader: `{key} = \"…\"`")),
    );
    None
}

/// `true` or `false`.
pub(super) fn boolean(key: &str, value: &Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) -> Option<bool> {
    if let DeValue::Boolean(value) = value.get_ref() {
        return Some(*value);
    }
    let problem = wrong_type(key, "`true` or `false`", value);
    problems.push(match value.get_ref() {
        DeValue::String(text) if matches!(text.as_ref(), "true" | "false") => {
            problem.help(format!("write `{text}` without quotes"))
        }
        _ => problem.help(format!("write `{key} = true` or `{key} = false`")),
    });
    None
}

/// One of a few words.
pub(super) fn word<'t>(
    key: &str,
    value: &'t Spanned<DeValue<'_>>,
    words: [&str; 2],
    problems: &mut Vec<Problem>,
) -> Option<&'t str> {
    let [first, second] = words;
    let help = format!("write `{key} = \"{first}\"` or `{key} = \"{second}\"`");
    let problem = match value.get_ref() {
        DeValue::String(text) if words.contains(&text.as_ref()) => return Some(text),
        DeValue::String(text) => {
            let title = if text.len() > MAX_REPEATED_BYTES {
                format!("`{key}` has an unknown value")
            } else {
                format!("`{key}` has the unknown value `{text}`")
            };
            Problem::error("unknown-value", title, value.span())
        }
        _ => wrong_type(key, &format!("`\"{first}\"` or `\"{second}\"`"), value),
    };
    problems.push(problem.help(help));
    None
}

/// The items of a list of strings that are strings, with their places, and whether all were.
pub(super) fn strings<'t>(
    key: &str,
    value: &'t Spanned<DeValue<'_>>,
    problems: &mut Vec<Problem>,
) -> (Vec<(&'t str, Range<usize>)>, bool) {
    let DeValue::Array(items) = value.get_ref() else {
        problems.push(not_a_list(key, "a list of strings", value));
        return (Vec::new(), false);
    };
    let mut strings = Vec::with_capacity(items.len());
    for item in items.iter() {
        match item.get_ref() {
            DeValue::String(text) => strings.push((text.as_ref(), item.span())),
            _ => problems.push(
                wrong_type(&format!("an item of `{key}`"), "a string", item).help(format!(
                    "write one flat list, each item in quotes: `{key} = [\"…\", \"…\"]`"
                )),
            ),
        }
    }
    let all = strings.len() == items.len();
    (strings, all)
}

/// Something that should have been in a list.
pub(super) fn not_a_list(key: &str, expected: &str, value: &Spanned<DeValue<'_>>) -> Problem {
    let problem = wrong_type(key, expected, value);
    match value.get_ref() {
        DeValue::String(text) if text.len() > MAX_REPEATED_BYTES => problem,
        DeValue::String(text) if !text.contains(',') => problem.help(format!("write `{key} = [{text:?}]`")),
        DeValue::String(text) => {
            let items: Vec<_> = text.split(',').map(|item| format!("{:?}", item.trim())).collect();
            problem.help(format!("write `{key} = [{}]`", items.join(", ")))
        }
        _ => problem.help(format!("write `{key} = [\"…\"]`")),
    }
}

/// "`allow_credentials` must be `true` or `false`", with what was found beside it.
pub(super) fn wrong_type(key: &str, expected: &str, value: &Spanned<DeValue<'_>>) -> Problem {
    let subject = if key.contains(' ') {
        String::from(key)
    } else {
        format!("`{key}`")
    };
    Problem::error(
        "wrong-type",
        format!("{subject} must be {expected}"),
        value.span(),
    )
    .label(format!("this is {}", describe(value.get_ref())))
}

fn describe(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Longer text of the file is not written again in a help line.
const MAX_REPEATED_BYTES: usize = 200;
