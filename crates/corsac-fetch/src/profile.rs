//! Where each user agent leaves the standard: data, not forks. One field per difference, one entry
//! of [`DIFFERENCES`] that names it.

/// Where a user agent leaves the standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// "An imposed limit on max-age" of the preflight cache, in seconds.
    pub max_age_limit: Option<u64>,
    /// How many requests (by partition, origin and URL) the preflight cache remembers.
    pub preflight_cache_capacity: usize,
    /// `Access-Control-Allow-Headers: *` covers `Authorization`.
    pub wildcard_covers_authorization: bool,
}

/// A difference, for people to read.
#[derive(Clone, Copy, Debug)]
pub struct ProfileEntry {
    /// Its name, as in [`Step::Profile`](crate::Step::Profile).
    pub name: &'static str,
    /// What the user agent does.
    pub description: &'static str,
    /// Where that is known from.
    pub source: &'static str,
    differs: fn(&Profile) -> bool,
}

impl Profile {
    /// The standard, read literally.
    pub const STANDARD: Self = Self {
        max_age_limit: None,
        preflight_cache_capacity: 1024,
        wildcard_covers_authorization: false,
    };

    /// Chromium 156.
    pub const CHROMIUM: Self = Self {
        max_age_limit: Some(7200),
        wildcard_covers_authorization: true,
        ..Self::STANDARD
    };

    /// Firefox 153 ESR.
    pub const FIREFOX: Self = Self {
        max_age_limit: Some(86_400),
        preflight_cache_capacity: 100,
        wildcard_covers_authorization: true,
    };

    /// WebKitGTK 2.50.
    pub const WEBKIT: Self = Self {
        max_age_limit: Some(600),
        wildcard_covers_authorization: true,
        ..Self::STANDARD
    };

    /// The entries in which this profile differs from the standard.
    pub fn entries(&self) -> impl Iterator<Item = &'static ProfileEntry> {
        DIFFERENCES.iter().filter(|entry| (entry.differs)(self))
    }
}

/// Every difference that a profile can have. The order is that of the fields.
const DIFFERENCES: &[ProfileEntry] = &[
    ProfileEntry {
        name: "max-age-limit",
        description: "Access-Control-Max-Age is capped: at 7200 s in Chromium, 86400 s in Firefox, 600 s in WebKit",
        source: "measured in Chromium 156 (7200 s) and WebKitGTK 2.50 (600 s); nsCORSListenerProxy.cpp (86400 s)",
        differs: |profile| profile.max_age_limit != Profile::STANDARD.max_age_limit,
    },
    ProfileEntry {
        name: "preflight-cache-capacity",
        description: "the preflight cache of Firefox holds 100 requests, the least recently used goes first",
        source: "measured in Firefox 153: 98 other requests keep an entry, 101 push it out",
        differs: |profile| profile.preflight_cache_capacity != Profile::STANDARD.preflight_cache_capacity,
    },
    ProfileEntry {
        name: WILDCARD_COVERS_AUTHORIZATION,
        description: "`*` in Access-Control-Allow-Headers covers Authorization, with a warning in the console",
        source: "recorded in Chromium 156, Firefox 153 and WebKitGTK 2.50; https://github.com/whatwg/fetch/issues/1919",
        differs: |profile| profile.wildcard_covers_authorization,
    },
];

/// The name of [`Profile::wildcard_covers_authorization`] in the trace.
pub(crate) const WILDCARD_COVERS_AUTHORIZATION: &str = "wildcard-covers-authorization";
