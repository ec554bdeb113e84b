//! Which browser to follow.

use crate::profile::Profile;

/// The user agent whose behaviour is modelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UserAgent {
    /// The Fetch standard, read literally.
    #[default]
    Standard,
    /// Chromium 156.
    Chromium,
    /// Firefox 153 ESR.
    Firefox,
    /// WebKitGTK 2.50.
    WebKit,
}

impl UserAgent {
    /// Where this user agent leaves the standard.
    #[must_use]
    pub const fn profile(self) -> &'static Profile {
        match self {
            Self::Standard => &Profile::STANDARD,
            Self::Chromium => &Profile::CHROMIUM,
            Self::Firefox => &Profile::FIREFOX,
            Self::WebKit => &Profile::WEBKIT,
        }
    }
}
