//! The lists of origins and the rest of the policy, the same for every subject.

/// Which origins are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    One,
    Ten,
    HundredThousand,
    /// `https://*.example.com`
    Subdomains,
    /// `*`, without credentials
    Any,
}

impl List {
    pub const ALL: [Self; 5] = [
        Self::One,
        Self::Ten,
        Self::HundredThousand,
        Self::Subdomains,
        Self::Any,
    ];

    /// The name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::One => "1 origin",
            Self::Ten => "10 origins",
            Self::HundredThousand => "100,000 origins",
            Self::Subdomains => "sub-domains",
            Self::Any => "any",
        }
    }

    /// The exact origins of the list; the last one is the one that requests come from.
    pub fn origins(self) -> Vec<String> {
        let count = match self {
            Self::One => 1,
            Self::Ten => 10,
            Self::HundredThousand => 100_000,
            Self::Subdomains | Self::Any => 0,
        };
        let others = (1..count).map(|number| format!("https://tenant-{number}.customers.example"));
        others
            .chain((count > 0).then(|| ALLOWED_ORIGIN.to_owned()))
            .collect()
    }
}

pub const ALLOWED_ORIGIN: &str = "https://app-17.example.com";
pub const REFUSED_ORIGIN: &str = "https://app-17.example.net";
pub const PATTERN: &str = "https://*.example.com";
pub const METHODS: [&str; 4] = ["PUT", "PATCH", "DELETE", "OPTIONS"];
pub const HEADERS: [&str; 3] = ["authorization", "content-type", "x-request-id"];
pub const EXPOSED: &str = "x-request-id";
pub const MAX_AGE: u32 = 600;
