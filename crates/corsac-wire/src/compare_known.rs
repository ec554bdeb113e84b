//! Known disagreements: a text file of ids with the reason, one a line.
//!
//! ```text
//! # comment
//! m1576          what is wrong for every user agent
//! m1577@firefox  what is wrong for this one
//! ```

use std::collections::BTreeMap;
use std::fmt;

/// The ids that are known to disagree for one user agent.
#[derive(Clone, Debug, Default)]
pub struct Known(BTreeMap<String, String>);

/// A line of the file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownError {
    line: usize,
    text: String,
    message: &'static str,
}

impl Known {
    /// Read the entries that concern this user agent (`chromium`, `firefox`, `webkit`, `standard`).
    ///
    /// # Errors
    /// The first line without a reason, or with an unknown user agent.
    pub fn read(text: &str, user_agent: &str) -> Result<Self, KnownError> {
        let mut known = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let refuse = |message| KnownError {
                line: index + 1,
                text: line.to_owned(),
                message,
            };
            let (name, reason) = line
                .split_once(char::is_whitespace)
                .ok_or_else(|| refuse("an id without a reason"))?;
            let (id, agent) = match name.split_once('@') {
                Some((id, agent)) => (id, Some(agent)),
                None => (name, None),
            };
            if agent.is_some_and(|agent| !USER_AGENTS.contains(&agent)) {
                return Err(refuse("not a user agent"));
            }
            if agent.is_none_or(|agent| agent == user_agent) {
                known.insert(id.to_owned(), reason.trim().to_owned());
            }
        }
        Ok(Self(known))
    }

    /// The reason why this line is known to disagree.
    #[must_use]
    pub fn reason(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }
}

impl fmt::Display for KnownError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}: `{}`", self.line, self.message, self.text)
    }
}

impl std::error::Error for KnownError {}

const USER_AGENTS: [&str; 4] = ["standard", "chromium", "firefox", "webkit"];
