//! Address spaces of Local Network Access, <https://wicg.github.io/local-network-access/>.
//!
//! The Fetch standard does not know them; Chromium and Firefox ask for permission before a public page
//! reaches a local or loopback address.

use alloc::boxed::Box;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use corsac::Origin;
use corsac::trustworthy::is_origin_potentially_trustworthy;

use url::Host;

use crate::block_reason::BlockReason;
use crate::client::AddressSpace;
use crate::fetch::Fetch;
use crate::outcome::{Outcome, Step};
use crate::preflight_cache::PreflightCache;
use crate::request::Request;
use crate::request_init::Initiator;

impl Fetch {
    /// Tells the address that the request of [`Need::Send`](crate::Need::Send) would go to, once it is known and before
    /// anything is sent: the fetch that still waits, or its end where Local Network Access refuses.
    ///
    /// Addresses that the URL names have been judged before; the transport need not call this.
    ///
    /// # Errors
    /// The end of the fetch.
    pub fn connected(
        mut self: Box<Self>,
        address: IpAddr,
        cache: &mut PreflightCache,
    ) -> Result<Box<Self>, Box<Outcome>> {
        if !is_refused(&self.request, ip_address_space(address)) {
            return Ok(self);
        }
        // It did not leave.
        self.trace.pop_if(|step| matches!(step, Step::Sent(_)));
        Err(Box::new(
            self.blocked(BlockReason::LocalNetworkAccess.into(), cache),
        ))
    }
}

/// Whether Local Network Access refuses the request's current URL by the address it names.
pub(crate) fn is_refused_by_url(request: &Request) -> bool {
    request
        .current_url()
        .host()
        .and_then(|host| host_address_space(&host))
        .is_some_and(|space| is_refused(request, space))
}

/// Local Network Access check,
/// <https://wicg.github.io/local-network-access/#local-network-access-check>. The permission that it
/// asks for is taken to be denied.
fn is_refused(request: &Request, target: AddressSpace) -> bool {
    let profile = request.user_agent.profile();
    let is_spared = match request.initiator {
        // A navigation of the whole tab is left alone.
        Initiator::Form => true,
        Initiator::WebSocket => profile.local_network_access_spares_web_sockets,
        _ => false,
    };
    if !profile.local_network_access || is_spared {
        return false;
    }
    // A trustworthy page reaches its own origin wherever that is.
    let own_origin = request
        .origin()
        .same_origin(&Origin::of_url(request.current_url()));
    if own_origin && is_origin_potentially_trustworthy(request.origin()) {
        return false;
    }
    // DIFFERS: by the draft a local page needs permission for a loopback address too; Chromium and
    // Firefox do not ask.
    request.client().address_space == Some(AddressSpace::Public) && target != AddressSpace::Public
}

/// Determine the IP address space,
/// <https://wicg.github.io/local-network-access/#determine-the-ip-address-space>.
#[must_use]
pub fn ip_address_space(address: IpAddr) -> AddressSpace {
    match address {
        IpAddr::V4(address) => ipv4_address_space(address),
        // "If address is an IPv4-mapped IPv6 address, then set address to its embedded IPv4
        // address."
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => ipv4_address_space(address),
            None => ipv6_address_space(address),
        },
    }
}

/// The address space that a host is bound to have, where the name or the literal says it:
/// addresses, and `localhost` and the names below it. `None` for names that DNS decides.
#[must_use]
pub fn host_address_space<S: AsRef<str>>(host: &Host<S>) -> Option<AddressSpace> {
    match host {
        Host::Ipv4(address) => Some(ip_address_space(IpAddr::V4(*address))),
        Host::Ipv6(address) => Some(ip_address_space(IpAddr::V6(*address))),
        Host::Domain(domain) => {
            let domain = domain.as_ref();
            let domain = domain.strip_suffix('.').unwrap_or(domain);
            (domain == "localhost" || domain.ends_with(".localhost")).then_some(AddressSpace::Loopback)
        }
    }
}

fn ipv4_address_space(address: Ipv4Addr) -> AddressSpace {
    let bits = address.to_bits();
    IPV4_BLOCKS
        .iter()
        .find(|(network, prefix, _)| (bits ^ network.to_bits()).leading_zeros() >= *prefix)
        .map_or(AddressSpace::Public, |(_, _, space)| *space)
}

fn ipv6_address_space(address: Ipv6Addr) -> AddressSpace {
    let bits = address.to_bits();
    IPV6_BLOCKS
        .iter()
        .find(|(network, prefix, _)| (bits ^ network.to_bits()).leading_zeros() >= *prefix)
        .map_or(AddressSpace::Public, |(_, _, space)| *space)
}

/// The IPv4 rows of
/// <https://wicg.github.io/local-network-access/#non-public-ip-address-blocks>, in its order: "If
/// address belongs to row's address block, return row's address space."
const IPV4_BLOCKS: [(Ipv4Addr, u32, AddressSpace); 9] = [
    (Ipv4Addr::new(127, 0, 0, 0), 8, AddressSpace::Loopback),
    (Ipv4Addr::new(10, 0, 0, 0), 8, AddressSpace::Local),
    (Ipv4Addr::new(100, 64, 0, 0), 10, AddressSpace::Local),
    (Ipv4Addr::new(172, 16, 0, 0), 12, AddressSpace::Local),
    (Ipv4Addr::new(192, 168, 0, 0), 16, AddressSpace::Local),
    (Ipv4Addr::new(198, 18, 0, 0), 15, AddressSpace::Loopback),
    (Ipv4Addr::new(169, 254, 0, 0), 16, AddressSpace::Local),
    (Ipv4Addr::new(0, 0, 0, 0), 32, AddressSpace::Loopback),
    (Ipv4Addr::new(0, 0, 0, 0), 8, AddressSpace::Local),
];

/// The IPv6 rows of the same table.
const IPV6_BLOCKS: [(Ipv6Addr, u32, AddressSpace); 7] = [
    (Ipv6Addr::LOCALHOST, 128, AddressSpace::Loopback),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, AddressSpace::Local),
    (
        Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0),
        10,
        AddressSpace::Local,
    ),
    (
        Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0),
        10,
        AddressSpace::Local,
    ),
    (Ipv6Addr::UNSPECIFIED, 128, AddressSpace::Loopback),
    (
        Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0),
        32,
        AddressSpace::Local,
    ),
    (
        Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0),
        20,
        AddressSpace::Local,
    ),
];
