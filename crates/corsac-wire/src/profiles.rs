//! Where browsers leave the standard, as a list: for `corsac rule --profiles` and the book.

use std::fmt::Write as _;
use std::io;

use corsac_fetch::{ProfileEntry, UserAgent};
use serde::Serialize;

/// The version of the JSON shape. A change that an older reader would misread gets a new number.
pub const VERSION: u32 = 1;

/// All differences, or those of one user agent.
#[derive(Clone, Debug, Serialize)]
pub struct Profiles {
    /// [`VERSION`].
    pub version: u32,
    /// The differences, in the order of the profile's fields.
    pub profiles: Vec<Difference>,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Its name, as in traces and reports.
    pub name: &'static str,
    /// Whose profiles have it.
    pub user_agents: Vec<&'static str>,
    /// What they do.
    pub description: &'static str,
    /// Where that is known from.
    pub source: &'static str,
}

impl Profiles {
    /// The differences of this user agent, or of all.
    ///
    /// ```
    /// use corsac_fetch::UserAgent;
    /// use corsac_wire::profiles::Profiles;
    ///
    /// assert!(Profiles::of(Some(UserAgent::Standard)).profiles.is_empty());
    /// ```
    #[must_use]
    pub fn of(user_agent: Option<UserAgent>) -> Self {
        let profiles = ProfileEntry::all()
            .iter()
            .filter(|entry| user_agent.is_none_or(|user_agent| entry.is_in(user_agent.profile())))
            .map(|entry| Difference {
                name: entry.name,
                user_agents: BROWSERS
                    .iter()
                    .filter(|(browser, _)| entry.is_in(browser.profile()))
                    .map(|(_, name)| *name)
                    .collect(),
                description: entry.description,
                source: entry.source,
            })
            .collect();
        Self {
            version: VERSION,
            profiles,
        }
    }

    /// Write them as indented JSON with a final line feed.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write_json(&self, mut out: impl io::Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut out, self)?;
        out.write_all(b"\n")
    }

    /// The page of the book that lists them.
    #[must_use]
    pub fn page(&self) -> String {
        let mut page = String::from(PAGE_HEAD);
        for difference in &self.profiles {
            // Writing to a string does not fail.
            let _ = writeln!(
                page,
                "| `{}` | {} | {} | {} |",
                difference.name,
                difference.user_agents.join(", "),
                cell(difference.description),
                cell(difference.source),
            );
        }
        page
    }
}

/// A text as it stands in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "\\<").replace('*', "\\*")
}

const BROWSERS: [(UserAgent, &str); 3] = [
    (UserAgent::Chromium, "chromium"),
    (UserAgent::Firefox, "firefox"),
    (UserAgent::WebKit, "webkit"),
];

const PAGE_HEAD: &str = "\
# Where browsers leave the standard

Each line is one entry of the profiles that the engine follows with `--user-agent chromium` (156), `firefox` (153 ESR) and `webkit`
(WebKitGTK 2.50): what the browser does, and where that is known from. `corsac rule --profiles` prints the same list. A name stands in
traces and reports where the difference decided a step.

| name | browsers | what | known from |
|---|---|---|---|
";
