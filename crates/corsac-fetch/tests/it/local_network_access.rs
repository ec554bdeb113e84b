//! Local Network Access: a public page and addresses that are not.

use std::net::{IpAddr, Ipv4Addr};

use corsac_fetch::{
    AddressSpace, BlockReason, Client, Fetch, Need, Outcome, OutcomeKind, PreflightCache, Request,
    RequestInit, Step, UserAgent,
};

use crate::exchange::page;

fn start(url: &str, address_space: AddressSpace, user_agent: UserAgent) -> Need {
    let client = Client {
        address_space: Some(address_space),
        ..page()
    };
    let request = Request::new(RequestInit::new(url), client, user_agent).unwrap();
    Fetch::start(request, &mut PreflightCache::default(), 0)
}

fn is_refused(outcome: &Outcome) -> bool {
    matches!(
        &outcome.kind,
        OutcomeKind::Blocked {
            reason: BlockReason::LocalNetworkAccess,
            ..
        }
    )
}

#[test]
fn chromium_refuses_a_public_page_the_addresses_that_a_url_names() {
    for url in [
        "https://127.0.0.1/",
        "https://192.168.1.1/",
        "http://localhost:8000/",
        "https://[fe80::1]/",
    ] {
        let Need::Done(outcome) = start(url, AddressSpace::Public, UserAgent::Chromium) else {
            panic!("{url} was asked");
        };
        assert!(is_refused(&outcome), "{url}");
    }
}

#[test]
fn other_pages_addresses_and_user_agents_are_let_through() {
    for (url, address_space, user_agent) in [
        ("https://127.0.0.1/", AddressSpace::Local, UserAgent::Chromium),
        ("https://8.8.8.8/", AddressSpace::Public, UserAgent::Chromium),
        ("https://127.0.0.1/", AddressSpace::Public, UserAgent::Standard),
        ("https://127.0.0.1/", AddressSpace::Public, UserAgent::Firefox),
    ] {
        assert!(
            matches!(start(url, address_space, user_agent), Need::Send(..)),
            "{url}"
        );
    }
}

#[test]
fn a_name_is_judged_when_its_address_is_known() {
    let connect = |url, address| {
        let Need::Send(fetch, _) = start(url, AddressSpace::Public, UserAgent::Chromium) else {
            panic!("{url} was refused early");
        };
        fetch.connected(address, &mut PreflightCache::default())
    };
    let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let outcome = connect("https://api.example/", loopback).unwrap_err();
    assert!(is_refused(&outcome));
    assert!(
        matches!(outcome.trace.as_slice(), [Step::Blocked(_)]),
        "nothing was sent"
    );
    assert!(connect("https://api.example/", IpAddr::V4(Ipv4Addr::new(8, 8, 8, 8))).is_ok());
    // A trustworthy page reaches its own origin wherever that is.
    assert!(connect("https://app.example/", loopback).is_ok());
}
