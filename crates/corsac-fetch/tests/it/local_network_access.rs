//! Local Network Access: a public page and addresses that are not.

use std::net::{IpAddr, Ipv4Addr};

use corsac::Origin;
use corsac_fetch::{
    AddressSpace, BlockReason, Client, CorsSettings, Fetch, Initiator, Need, Outcome, OutcomeKind,
    PreflightCache, Request, RequestInit, Step, UserAgent,
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
        ("https://127.0.0.1/", AddressSpace::Local, UserAgent::Firefox),
        ("https://127.0.0.1/", AddressSpace::Public, UserAgent::WebKit),
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

#[test]
fn firefox_spares_web_sockets_and_nobody_asks_for_the_page_of_a_whole_tab() {
    let refused = |initiator, user_agent| {
        let init = RequestInit::of_element(initiator, "http://localhost/", CorsSettings::NoCors);
        let page = Client {
            address_space: Some(AddressSpace::Public),
            ..Client::new(Origin::from_serialization("http://app.example").unwrap())
        };
        let request = match initiator {
            Initiator::WebSocket => Request::for_websocket(&init, page, user_agent),
            _ => Request::for_navigation(&init, page, user_agent),
        };
        match Fetch::start(request.unwrap(), &mut PreflightCache::default(), 0) {
            Need::Send(..) => false,
            Need::Done(outcome) => is_refused(&outcome),
        }
    };
    for (initiator, chromium, firefox) in [
        (Initiator::Iframe, true, true),
        (Initiator::WebSocket, true, false),
        (Initiator::Form, false, false),
    ] {
        assert_eq!(refused(initiator, UserAgent::Chromium), chromium, "{initiator:?}");
        assert_eq!(refused(initiator, UserAgent::Firefox), firefox, "{initiator:?}");
        assert!(!refused(initiator, UserAgent::WebKit), "{initiator:?}");
    }
}
