//! What scenarios are about.

/// What a scenario is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Topic {
    /// `Access-Control-Allow-Origin` and `-Credentials`, right and wrong.
    Grants,
    /// Answers to preflights: status, methods, headers, maximal age; and methods.
    Preflights,
    /// Headers that scripts set.
    RequestHeaders,
    /// Modes of the request, cache modes, credentials, statuses of answers.
    Modes,
    /// Redirects and chains of them.
    Redirects,
    /// Referrer policies of pages, requests and redirects.
    Referrers,
    /// Bodies of every kind, and upload listeners.
    Bodies,
    /// Where requests go: odd hosts, ports and schemes, insecure targets of secure pages.
    Targets,
    /// Which headers of an answer can be read.
    ExposeHeaders,
    /// `Cross-Origin-Resource-Policy` and `Cross-Origin-Embedder-Policy`.
    ResourcePolicies,
    /// Elements, frames, forms, workers, event streams, beacons and WebSockets.
    Elements,
    /// Public pages and local targets.
    LocalNetwork,
    /// Requests one after another that share a preflight cache.
    Sequences,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 13] = [
        Self::Grants,
        Self::Preflights,
        Self::RequestHeaders,
        Self::Modes,
        Self::Redirects,
        Self::Referrers,
        Self::Bodies,
        Self::Targets,
        Self::ExposeHeaders,
        Self::ResourcePolicies,
        Self::Elements,
        Self::LocalNetwork,
        Self::Sequences,
    ];

    /// Whether it can be one of two topics of a scenario.
    pub(super) fn mixes(self) -> bool {
        !matches!(self, Self::Elements | Self::LocalNetwork | Self::Sequences)
    }

    /// How many scenarios are about it, compared with the others.
    fn weight(self) -> usize {
        match self {
            Self::Preflights | Self::Redirects => 4,
            Self::Grants | Self::RequestHeaders | Self::Modes | Self::Elements => 3,
            Self::Referrers
            | Self::Bodies
            | Self::Targets
            | Self::ExposeHeaders
            | Self::ResourcePolicies
            | Self::Sequences => 2,
            Self::LocalNetwork => 1,
        }
    }
}

/// The topics that scenarios are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topics(Vec<Topic>);

impl Topics {
    /// These; all when there are none.
    #[must_use]
    pub fn new(topics: &[Topic]) -> Self {
        match topics {
            [] => Self::default(),
            topics => Self(topics.to_vec()),
        }
    }

    pub(super) fn weighted(&self) -> Vec<(usize, Topic)> {
        self.0.iter().map(|topic| (topic.weight(), *topic)).collect()
    }
}

impl Default for Topics {
    fn default() -> Self {
        Self(Topic::ALL.to_vec())
    }
}
