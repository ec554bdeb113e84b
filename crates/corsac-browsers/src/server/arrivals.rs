//! What a server sees of a request, in the words of `cases/browsers`.

use corsac_wire::observed::ObservedRequest;
use corsac_wire::outcome::RequestKind;
use corsac_wire::scenario::{OwnedLine, Server};

use super::request::Head;

/// The answers of each step of a line; a scenario has one step.
pub(crate) fn steps_of(line: &OwnedLine) -> Vec<Server> {
    let steps = line.phases.iter().flatten().flat_map(|phase| &phase.steps);
    line.server
        .iter()
        .chain(steps.map(|step| &step.server))
        .cloned()
        .collect()
}

pub(super) fn observe(head: &Head, hop: usize) -> ObservedRequest {
    let method = head.header_text("access-control-request-method");
    // A CORS-preflight request is an OPTIONS request with Access-Control-Request-Method.
    let kind = match method {
        Some(_) if head.method == "OPTIONS" => RequestKind::Preflight,
        _ => RequestKind::Actual,
    };
    ObservedRequest {
        hop,
        kind,
        method: head.method.clone(),
        host: head.header_text("host"),
        origin: head.header_text("origin"),
        acrm: method,
        acrh: head.header_text("access-control-request-headers"),
        cookies: cookie_names(head),
        sec_fetch: Some(sec_fetch(head)),
    }
}

fn cookie_names(head: &Head) -> Vec<String> {
    let cookies = head.header_text("cookie").unwrap_or_default();
    let mut names: Vec<String> = cookies
        .split([';', ','])
        .filter_map(|cookie| cookie.split('=').next())
        .map(|name| name.trim().to_owned())
        // Others, such as those that a script tried to set, are not a matter of the mode.
        .filter(|name| name.starts_with("ck_"))
        .collect();
    names.sort_unstable();
    names
}

/// Mode, site and destination; `-` for one that is missing.
fn sec_fetch(head: &Head) -> String {
    ["sec-fetch-mode", "sec-fetch-site", "sec-fetch-dest"]
        .map(|name| head.header_text(name).unwrap_or_else(|| String::from("-")))
        .join(" ")
}
