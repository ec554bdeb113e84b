//! Local Network Access by the address that a name turns out to have.

use std::time::Duration;

use corsac_client::Browser;
use corsac_fetch::{AddressSpace, BlockReason, Step, UserAgent};

use crate::block_on;
use crate::raw_server::{RawServer, Then, ok};

#[test]
fn a_public_page_sends_nothing_to_a_name_of_this_machine() {
    for (space, user_agent, reaches) in [
        (Some(AddressSpace::Public), UserAgent::Chromium, false),
        (Some(AddressSpace::Public), UserAgent::Standard, true),
        (Some(AddressSpace::Loopback), UserAgent::Chromium, true),
        (None, UserAgent::Chromium, true),
    ] {
        block_on(async {
            let server = RawServer::always(Then::Keep(ok("hello"))).await;
            let browser = Browser::builder(user_agent)
                .resolve("api.example.test", server.address)
                // No limit is one, too.
                .timeout(Duration::MAX)
                .connect_timeout(Duration::MAX)
                .build();
            let mut page = browser.page("http://app.example.test");
            if let Some(space) = space {
                page = page.address_space(space);
            }
            let settled = page.fetch("http://api.example.test/", ()).await;
            assert_eq!(
                settled.response().is_some(),
                reaches,
                "{space:?} {user_agent:?}: {settled}"
            );
            assert_eq!(server.requests().len(), usize::from(reaches));
            if !reaches {
                assert_eq!(settled.block_reason(), Some(&BlockReason::LocalNetworkAccess));
                assert_eq!(settled.exchanges(), []);
                assert!(!settled.trace().iter().any(|step| matches!(step, Step::Sent(_))));
            }
        });
    }
}
