//! Which browser to follow, and where each leaves the standard: data, not forks.

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

/// Where a user agent leaves the standard: one field per difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    // The browser half's author fills this: one documented field per named difference.
}
