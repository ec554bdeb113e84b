//! The page that asks: the part of an environment settings object that fetching looks at,
//! <https://html.spec.whatwg.org/#environment-settings-object>.

use alloc::string::String;

use corsac::Origin;

/// The page (environment settings object) that asks.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its origin.
    pub origin: Origin,
    /// The serialised top-level site: the network partition key,
    /// <https://fetch.spec.whatwg.org/#determine-the-network-partition-key>. Usually the page's own.
    pub network_partition_key: String,
    /// Its embedder policy (COEP).
    pub embedder_policy: EmbedderPolicy,
    /// The address space the page was loaded from, for Local Network Access.
    pub address_space: Option<AddressSpace>,
}

impl Client {
    /// A top-level page of this origin: its own partition, no embedder policy.
    #[must_use]
    pub fn new(origin: Origin) -> Self {
        Self {
            network_partition_key: alloc::format!("{origin}"),
            origin,
            embedder_policy: EmbedderPolicy::UnsafeNone,
            address_space: None,
        }
    }
}

/// Embedder policy value, <https://html.spec.whatwg.org/#embedder-policy-value>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EmbedderPolicy {
    /// `unsafe-none`
    #[default]
    UnsafeNone,
    /// `require-corp`
    RequireCorp,
    /// `credentialless`
    Credentialless,
}

/// Address space of Local Network Access, most public first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AddressSpace {
    /// Everything else.
    Public,
    /// Private and link-local ranges.
    Local,
    /// The machine itself.
    Loopback,
}
