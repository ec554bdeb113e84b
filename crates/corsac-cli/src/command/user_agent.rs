//! `--user-agent`.

use clap::ValueEnum;

/// Whose behaviour to follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum UserAgent {
    /// The Fetch standard, read literally
    #[default]
    Standard,
    /// Chromium 156
    Chromium,
    /// Firefox 153 ESR
    Firefox,
    /// WebKitGTK 2.50
    Webkit,
}

impl From<UserAgent> for corsac_fetch::UserAgent {
    fn from(user_agent: UserAgent) -> Self {
        match user_agent {
            UserAgent::Standard => Self::Standard,
            UserAgent::Chromium => Self::Chromium,
            UserAgent::Firefox => Self::Firefox,
            UserAgent::Webkit => Self::WebKit,
        }
    }
}
