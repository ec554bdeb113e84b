//! What the guards promise about a request as it arrives, read off the draft in the plainest way.
//!
//! Part of the specification that the engine is held against. It shares no code with it.

use corsac::{AllowOrigins, Csrf, PolicyDraft};

use crate::promise::allows_origin;
use crate::promise_place::is_exempt;

/// A request as it arrives.
#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    pub(crate) method: String,
    /// The authority of the target.
    pub(crate) authority: Option<String>,
    /// The path, its query too.
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
}

impl Arrival {
    /// The lines of a header.
    pub(crate) fn lines(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(header, _)| header.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// Host and port that it asks for.
    pub(crate) fn host(&self) -> Option<&str> {
        match (&self.authority, self.lines("Host").as_slice()) {
            (Some(authority), _) => Some(authority),
            (None, [host]) => Some(host),
            (None, _) => None,
        }
    }
}

/// Whether the guards that the draft sets up let the request through.
pub(crate) fn admits(draft: &PolicyDraft, arrival: &Arrival) -> bool {
    let past_csrf = match &draft.csrf {
        Csrf::Off => true,
        Csrf::Enforce { exempt_paths } => {
            ["GET", "HEAD", "OPTIONS"].contains(&arrival.method.as_str())
                || is_exempt(exempt_paths, &arrival.path)
                || comes_from_a_friend(draft, arrival)
        }
    };
    let past_websocket = !draft.websocket || !opens_websocket(arrival) || may_open_websocket(draft, arrival);
    past_csrf && past_websocket
}

fn may_open_websocket(draft: &PolicyDraft, arrival: &Arrival) -> bool {
    match (
        arrival.lines("Sec-Fetch-Site").as_slice(),
        arrival.lines("Origin").as_slice(),
    ) {
        (["same-origin"], _) | ([] | ["none"], []) => true,
        ([] | ["none"], [origin]) => is_friend(draft, arrival, origin),
        (_, [origin]) => allows_origin(draft, origin),
        // Two `Origin` lines are refused before.
        (_, []) => draft.allow_origins == AllowOrigins::Any,
        (_, [..]) => false,
    }
}

fn comes_from_a_friend(draft: &PolicyDraft, arrival: &Arrival) -> bool {
    match (
        arrival.lines("Sec-Fetch-Site").as_slice(),
        arrival.lines("Origin").as_slice(),
        arrival.lines("Referer").as_slice(),
    ) {
        (["same-origin" | "none"], ..) => true,
        ([], [origin], _) => is_friend(draft, arrival, origin),
        (_, [origin], _) => allows_origin(draft, origin),
        ([], [], []) => true,
        ([], [], [referer]) => page_of(referer).is_some_and(|page| is_friend(draft, arrival, page)),
        _ => false,
    }
}

/// Whether the origin is listed or the server's own.
fn is_friend(draft: &PolicyDraft, arrival: &Arrival, origin: &str) -> bool {
    let own = arrival.host().unwrap_or_default().to_ascii_lowercase();
    let is_host = !own.is_empty()
        && own
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-_:[]".contains(c));
    let is_own = [("https://", ":443"), ("http://", ":80")]
        .iter()
        .any(|(scheme, port)| {
            let written = own.strip_suffix(port).or(own.strip_suffix(':')).unwrap_or(&own);
            origin == format!("{scheme}{written}")
        });
    (is_host && is_own) || allows_origin(draft, origin)
}

/// The origin in a URL: all before its path. `None`: it has no authority, so no origin.
fn page_of(url: &str) -> Option<&str> {
    let start = url.find("://")? + 3;
    let end = url[start..]
        .find(['/', '?', '#'])
        .map_or(url.len(), |end| start + end);
    Some(&url[..end])
}

/// Whether it asks for a WebSocket.
fn opens_websocket(arrival: &Arrival) -> bool {
    let upgrades = arrival.lines("Upgrade").join(",").to_ascii_lowercase();
    arrival.method == "CONNECT"
        || (arrival.method == "GET" && upgrades.split(',').any(|protocol| protocol.trim() == "websocket"))
}
