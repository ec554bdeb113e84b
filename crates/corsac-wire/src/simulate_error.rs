//! What is wrong with a line: the place, the value found there, and why it cannot be used.

use std::fmt;

use serde_json::Value;

/// A line that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    place: Option<String>,
    value: Option<String>,
    message: String,
}

impl LineError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            place: None,
            value: None,
            message: message.into(),
        }
    }

    pub(crate) fn at(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: Some(place.into()),
            ..Self::new(message)
        }
    }

    pub(crate) fn with_value(self, value: &str) -> Self {
        Self {
            value: Some(shorten(value)),
            ..self
        }
    }

    /// Read the line again, slowly, to say where it is wrong.
    pub(crate) fn of_json(line: &[u8], error: &serde_json::Error) -> Self {
        if error.is_syntax() || error.is_eof() {
            let text = String::from_utf8_lossy(line);
            let near: String = text
                .chars()
                .skip(error.column().saturating_sub(NEAR))
                .take(2 * NEAR)
                .collect();
            return Self::at(format!("column {}", error.column()), without_position(error)).with_value(&near);
        }
        let mut deserializer = serde_json::Deserializer::from_slice(line);
        let typed: Result<crate::scenario::Line<'_>, _> = serde_path_to_error::deserialize(&mut deserializer);
        let Err(error) = typed else {
            return Self::new(without_position(error));
        };
        // The path of the line itself is `.`.
        let place = match error.path().to_string() {
            path if path == "." => String::from("the line"),
            path => path,
        };
        let found = serde_json::from_slice(line)
            .ok()
            .and_then(|document| value_at(&document, error.path()).map(Value::to_string));
        let message = without_position(error.inner());
        match found {
            Some(value) => Self::at(place, message).with_value(&value),
            None => Self::at(place, message),
        }
    }

    /// The place within the line: a path such as `request.method`, or a column.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// The value found there, shortened.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// What is wrong with it.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for LineError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(formatter, "{place}: ")?;
        }
        formatter.write_str(&self.message)?;
        match &self.value {
            Some(value) => write!(formatter, ", found `{value}`"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for LineError {}

/// The value at a path of `serde_path_to_error`.
fn value_at<'a>(document: &'a Value, path: &serde_path_to_error::Path) -> Option<&'a Value> {
    use serde_path_to_error::Segment;
    path.iter().try_fold(document, |value, segment| match segment {
        Segment::Map { key } => value.get(key),
        Segment::Seq { index } => value.get(index),
        Segment::Enum { .. } | Segment::Unknown => None,
    })
}

/// `serde_json` ends its messages with ` at line 1 column 2`; the line is ours to count.
fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(end) => message.get(..end).unwrap_or(&message).to_owned(),
        None => message,
    }
}

/// On one line and not too long: control characters are escaped.
fn shorten(value: &str) -> String {
    let mut shortened = String::new();
    for (index, character) in value.chars().enumerate() {
        if index == LONGEST {
            shortened.push('…');
            break;
        }
        if character.is_control() {
            shortened.extend(character.escape_debug());
        } else {
            shortened.push(character);
        }
    }
    shortened
}

const NEAR: usize = 20;
const LONGEST: usize = 80;
