//! Shorter chains of redirects.

use corsac_wire::scenario::{OwnedLine, Server};

use super::requests::path_of;

/// The line without one of its hops, in every way.
pub(super) fn shorter(line: &OwnedLine) -> Vec<OwnedLine> {
    let Some(server) = &line.server else {
        return Vec::new();
    };
    let hops = server.hops.len();
    let without = (0..hops).filter_map(|hop| without(line, server, hop));
    // And with the end of the chain at once.
    without
        .chain((1..hops).map(|kept| ending_at(line, kept)))
        .collect()
}

/// Without one hop: what led there leads to where that one led.
fn without(line: &OwnedLine, server: &Server, hop: usize) -> Option<OwnedLine> {
    if server.hops.len() < 2 {
        return None;
    }
    let removed = server.hops.get(hop)?;
    let location = removed.actual.as_ref().and_then(|answer| {
        let mut headers = answer.headers.iter();
        headers.find(|(name, _)| name.eq_ignore_ascii_case("location"))
    });
    let mut shorter = line.clone();
    match (hop, location) {
        (0, None) => return None,
        (0, Some((_, location))) => {
            path_of(location)?;
            shorter.request.as_mut()?.url.clone_from(location);
        }
        // The last one: the one before ends the chain.
        (_, None) => return Some(ending_at(line, hop)),
        (_, Some((_, location))) => {
            let before = shorter.server.as_mut()?.hops.get_mut(hop - 1)?;
            let headers = &mut before.actual.as_mut()?.headers;
            let mut headers = headers.iter_mut();
            let (_, value) = headers.find(|(name, _)| name.eq_ignore_ascii_case("location"))?;
            value.clone_from(location);
        }
    }
    shorter.server.as_mut()?.hops.remove(hop);
    Some(renumbered(shorter, hop, server.hops.len()))
}

/// So many hops, the last of which answers as the last one did.
fn ending_at(line: &OwnedLine, kept: usize) -> OwnedLine {
    let mut shorter = line.clone();
    if let Some(server) = &mut shorter.server {
        let last = server.hops.last().and_then(|hop| hop.actual.clone());
        server.hops.truncate(kept);
        if let Some(hop) = server.hops.last_mut() {
            hop.actual = last;
        }
    }
    shorter
}

/// The paths of the hops behind the one that was removed are one lower now.
fn renumbered(line: OwnedLine, removed: usize, hops: usize) -> OwnedLine {
    let mut json = line.to_json();
    for hop in removed + 1..hops {
        for end in ["\"", "?", "#"] {
            let from = format!("/s/{}/{hop}{end}", line.id);
            let to = format!("/s/{}/{}{end}", line.id, hop - 1);
            json = json.replace(&from, &to);
        }
    }
    serde_json::from_str(&json).unwrap_or(line)
}
