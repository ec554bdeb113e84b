//! The three browsers, started and listened to.

use corsac_fetch::UserAgent;

/// Which browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Browser {
    /// Debian's `chromium`.
    Chromium,
    /// Debian's `firefox-esr`.
    Firefox,
    /// `MiniBrowser` of Debian's WebKitGTK.
    Webkit,
}

impl Browser {
    /// The profile that the browser half plays it with.
    #[must_use]
    pub const fn user_agent(self) -> UserAgent {
        match self {
            Self::Chromium => UserAgent::Chromium,
            Self::Firefox => UserAgent::Firefox,
            Self::Webkit => UserAgent::WebKit,
        }
    }
}

/// One line that the browser printed on its console.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsoleEntry {
    /// When, in milliseconds since 1970 by the machine's clock; absent where the browser does not say.
    pub at_ms: Option<f64>,
    /// The text.
    pub text: String,
    /// Chromium's `corsError`, or Firefox's category.
    pub code: Option<String>,
    /// The URL that the browser names beside the text.
    pub url: Option<String>,
    /// Whether it is a warning only.
    pub warning: bool,
}
