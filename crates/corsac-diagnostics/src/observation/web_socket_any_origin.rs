//! # `websocket-any-origin`
//!
//! **What it checks.** A WebSocket that a page of an origin which nobody can own
//! (`https://corsac-probe.invalid`) asks for is opened.
//!
//! **Why it matters.** CORS does not apply to WebSockets: browsers send the visitor's cookies with the
//! handshake and let the page read what comes, whatever origin it has. A server that does not look at
//! `Origin` lets every site that a user visits speak with the user's own session.
//!
//! **Example.** A handler that upgrades each request with a valid session cookie.
//!
//! **Use instead.** Compare `Origin` with a list before the upgrade and answer others with 403; or ask for
//! a token in the first message, which another site cannot know.
//!
//! **When to ignore it.** When the WebSocket gives everybody the same, or has its own proof of who asks.
//!
//! **Reference.** <https://www.rfc-editor.org/rfc/rfc6455#section-10.2>

use alloc::format;
use alloc::string::ToString;

use super::{Finding, Grant, Observation, Severity};

pub(super) fn check(observation: &Observation<'_>) -> Option<Finding> {
    let probe = observation.probes.iter().find(|probe| probe.origin != "null")?;
    (probe.grant() == Grant::OpensWebSocket).then(|| Finding {
        name: "websocket-any-origin",
        severity: Severity::Error,
        title: "any site can open this WebSocket with the visitor's cookies".to_string(),
        observed: format!(
            "sent the handshake with `Origin: {}`, which no list can contain, and the server switched protocols",
            probe.origin
        ),
        meaning: "browsers do not keep pages from other origins' WebSockets: a page of any site that a signed-in user opens speaks as the user, unless messages carry a proof of their own".to_string(),
        fix: "compare `Origin` with a list before the upgrade, and answer what is not on it with 403".to_string(),
    })
}
