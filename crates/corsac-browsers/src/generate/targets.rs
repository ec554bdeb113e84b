//! Where requests go: bad ports, closed ports, names that do not exist, odd spellings, other schemes,
//! user info, insecure targets of secure pages, opaque pages.

use corsac_fetch::UserAgent;
use corsac_wire::scenario::{Api, Mode};

use super::draft::{Draft, PAGES, SERVERS};
use super::random::Random;

/// Change the target, or the page.
pub(super) fn vary(draft: &mut Draft, random: &mut Random) {
    match random.below(10) {
        0..=3 => {
            let path = format!("/s/{}/0", draft.id);
            let url = odd_url(&path, draft.browser, random);
            draft.request.url = url;
        }
        4..=6 => {
            draft.set_page("https://app.example.test:23444");
            let server = random.weighted(SERVERS);
            draft.set_server(server);
        }
        7 => {
            draft.set_page("null");
            if random.chance(50) {
                draft.page_options.push(("frame", "data"));
            }
        }
        _ => {
            let page = random.weighted(PAGES);
            draft.set_page(page);
            if page != "null" {
                draft.set_server(page);
            }
        }
    }
    // What a `data:` URL's page inherits of a policy is not what this is about.
    if random.chance(12) && !draft.page_options.contains(&("frame", "data")) {
        let policy = random.one_of(CONTENT_SECURITY_POLICIES);
        draft.page_options.push(("csp", policy));
    }
    if draft.request.api == Api::Fetch && random.chance(25) {
        draft.request.mode = Some(random.one_of(&[Mode::NoCors, Mode::SameOrigin, Mode::Cors]));
    }
}

/// Odd, but for the path, which says on the console whose it is.
fn odd_url(path: &str, browser: UserAgent, random: &mut Random) -> String {
    match random.below(24) {
        0 => format!("http://localhost:22{path}"),
        1 => format!("http://127.0.0.1:6000{path}"),
        2 => format!("http://api.example.test:4190{path}"),
        3 => format!("http://localhost:23099{path}"),
        4 => format!("http://name.invalid{path}"),
        // Chromium takes it for this machine, and Firefox repeats a line on its console.
        5 if browser == UserAgent::WebKit => format!("http://0.0.0.0:23002{path}"),
        5 | 6 => format!("http://[::1]:23002{path}"),
        7 => format!("http://user:pass@api.example.test:23002{path}"),
        8 => format!("http://user@localhost:23002{path}"),
        9 => format!("http://localhost:23002{path}#fragment"),
        10 => format!("http://localhost:23002{path}?q={}", "x".repeat(2_000)),
        11 => format!("http://api.example.test:23002{path}?a=\u{e9}"),
        12 => format!("HTTP://API.example.test:23002{path}"),
        13 => format!("http://2130706433:23002{path}"),
        14 => format!("http://0x7f.1:23002{path}"),
        15 => format!("ftp://localhost{path}"),
        16 => format!("data:text/plain,{path}"),
        17 => format!("data:text/plain;base64,*{path}"),
        18 => format!("about:blank?{path}"),
        19 => format!("file://{path}"),
        20 => format!("blob:http://localhost:23001{path}"),
        21 => format!("custom:{path}"),
        22 => "http://".to_owned(),
        // WebKit keeps no cookies for it.
        23 if browser == UserAgent::WebKit => format!("http://localhost:23002{path}?more"),
        _ => format!("http://localhost.:23002{path}"),
    }
}

const CONTENT_SECURITY_POLICIES: &[&str] = &[
    "connect-src%20'self'",
    "connect-src%20'self'%20http://api.example.test:23002",
    "connect-src%20*",
];
