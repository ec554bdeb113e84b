//! Redirects: same-origin and cross-origin, there and back, with preflights on the way, to URLs with
//! user info, to other schemes, to nowhere, and chains of them.

use corsac_fetch::UserAgent;
use corsac_wire::scenario::{Api, Credentials, Mode, Redirect};

use super::draft::{Draft, add, set, target};
use super::grants::allow_origin;
use super::random::Random;

/// Put a chain of redirects before the last answer.
pub(super) fn vary(draft: &mut Draft, random: &mut Random) {
    if random.chance(45) {
        draft.need_preflight(random);
    }
    if random.chance(20) {
        draft.request.credentials = Some(Credentials::Include);
    }
    let count = random.weighted(LENGTHS);
    let mut server = server_of(&draft.request.url);
    for hop in 0..count {
        let next = match random.below(10) {
            0..=2 => server.clone(),
            3 | 4 if draft.page != "null" => draft.page.to_owned(),
            _ => target(draft.page, random).to_owned(),
        };
        let is_last = hop + 1 == count;
        // Firefox counts redirects before it looks where they lead.
        let location = match is_last && count <= FEW && random.chance(35) {
            true => odd_location(draft, [&server, &next], hop + 1, random),
            false => vec![draft.url(&next, hop + 1)],
        };
        redirect(draft, hop, random.weighted(STATUSES), &location, random);
        draft.add_hop(random);
        server = next;
    }
    if random.chance(25) {
        let page = draft.page;
        let hop = random.below(draft.hops.len());
        let of_preflight = random.chance(50);
        let answer = match of_preflight {
            true => draft.preflight(hop),
            false => draft.actual(hop),
        };
        if let Some(answer) = answer {
            allow_origin(answer, page, random);
        }
    }
    if draft.request.api == Api::Fetch {
        if random.chance(12) {
            draft.request.redirect = Some(random.one_of(&[Redirect::Error, Redirect::Manual]));
        }
        if random.chance(12) {
            draft.request.mode = Some(random.one_of(&[Mode::NoCors, Mode::SameOrigin]));
        }
    }
}

fn redirect(draft: &mut Draft, hop: usize, status: u16, locations: &[String], random: &mut Random) {
    if let Some(actual) = draft.actual(hop) {
        actual.status = status;
        actual.body = None;
        for location in locations {
            add(actual, "Location", location);
        }
        if random.chance(8) {
            set(actual, "Cross-Origin-Resource-Policy", "same-origin");
        }
    }
}

/// What stands in Location where the last redirect leads: the whole line, or two.
fn odd_location(draft: &Draft, [from, server]: [&str; 2], hop: usize, random: &mut Random) -> Vec<String> {
    let path = format!("/s/{}/{hop}", draft.id);
    let (_, from) = from.split_once("://").unwrap_or_default();
    let (scheme, rest) = server.split_once("://").unwrap_or(("http", "localhost:23002"));
    let one = match random.below(22) {
        0 => path,
        1 => hop.to_string(),
        2 => format!("//{from}{path}"),
        3 => format!("{server}{path}#fragment"),
        4 => format!("{server}{path}?a=b"),
        5 => String::new(),
        6 => return Vec::new(),
        7 => format!("{scheme}://user:pass@{rest}{path}"),
        8 => format!("{scheme}://user@{rest}{path}"),
        9 => format!("{scheme}://:pass@{rest}{path}"),
        10 => format!("ftp://localhost{path}"),
        11 => format!("data:text/plain,{path}"),
        12 => format!("about:blank?{path}"),
        13 => format!("blob:http://localhost:23003{path}"),
        14 => "http://[".to_owned(),
        // In Firefox an XMLHttpRequest that is redirected there never ends.
        15 if draft.browser != UserAgent::Firefox || draft.request.api != Api::Xhr => {
            format!("http://localhost:22{path}")
        }
        16 => format!("http://name.invalid{path}"),
        17 => format!("http://localhost:23099{path}"),
        18 => return vec![format!("{server}{path}"), format!("http://localhost:23003{path}")],
        19 => return vec![format!("{server}{path}"), format!("{server}{path}")],
        20 => format!("custom:{path}"),
        _ => format!("{}{path}", server.to_ascii_uppercase()),
    };
    vec![one]
}

/// Scheme, host and port of a URL.
fn server_of(url: &str) -> String {
    match url.match_indices('/').nth(2) {
        Some((end, _)) => url.get(..end).unwrap_or(url).to_owned(),
        None => url.to_owned(),
    }
}

const LENGTHS: &[(usize, usize)] = &[(10, 1), (5, 2), (2, 3), (2, 4), (1, 19), (1, 20), (1, 21)];
const FEW: usize = 4;
const STATUSES: &[(usize, u16)] = &[(3, 301), (4, 302), (2, 303), (5, 307), (3, 308)];
