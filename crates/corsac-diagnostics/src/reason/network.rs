//! # `host-not-found`, `connection-failed`, `tls-failed`, `connection-closed`, `no-answer-in-time`,
//! # `malformed-answer`, and the same on preflights
//!
//! **What it checks.** A server answers with HTTP.
//!
//! **Why it matters.** Scripts see the same error for these as for CORS, and Firefox even prints "CORS
//! request did not succeed". CORS headers cannot mend them.
//!
//! **Example.** `fetch("https://api.example")` while the server's certificate has expired.
//!
//! **Use instead.** Open the URL in a tab of the same browser, and look at what it says there.
//!
//! **When to ignore it.** When the server is down on purpose.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#concept-network-error>.

use alloc::format;
use alloc::string::ToString;

use corsac_fetch::NetworkFailure;

use super::Explanation;
use super::stage::Stage;
use crate::context::Context;

pub(super) fn explain(failure: NetworkFailure, stage: Stage, context: &Context) -> Explanation {
    let words = Words::of(failure);
    let request = stage.choose("the request", "the preflight");
    Explanation {
        name: stage.choose(words.name, words.preflight_name),
        title: format!("{request} got no answer: {}", words.title),
        meaning: "this is not a refusal by CORS: no HTTP answer came, so there was nothing to check. The script sees the same error as for CORS"
            .to_string(),
        cause: format!("{request} to {} ended: {}", context.current_url, words.title),
        fix: words.fix.to_string(),
        reference: "https://fetch.spec.whatwg.org/#concept-network-error",
    }
}

/// How each failure is spoken of.
struct Words {
    name: &'static str,
    preflight_name: &'static str,
    title: &'static str,
    fix: &'static str,
}

impl Words {
    const fn of(failure: NetworkFailure) -> Self {
        match failure {
            NetworkFailure::Dns => Self {
                name: "host-not-found",
                preflight_name: "host-not-found-on-preflight",
                title: "the host name is not known",
                fix: "check the host name's spelling, and whether it is known on this network",
            },
            NetworkFailure::Connect => Self {
                name: "connection-failed",
                preflight_name: "connection-failed-on-preflight",
                title: "no connection was possible",
                fix: "check that the server runs, on this port and for this address (`localhost` may be `127.0.0.1` or `::1`), and that no firewall is in between",
            },
            NetworkFailure::Tls => Self {
                name: "tls-failed",
                preflight_name: "tls-failed-on-preflight",
                title: "TLS failed",
                fix: "open the URL in a tab to see what is wrong with the certificate; give the server a certificate that the browser trusts",
            },
            NetworkFailure::Closed => Self {
                name: "connection-closed",
                preflight_name: "connection-closed-on-preflight",
                title: "the connection was closed before a whole answer came",
                fix: "look for a crash or a limit in the server's log at that time",
            },
            NetworkFailure::Timeout => Self {
                name: "no-answer-in-time",
                preflight_name: "no-answer-in-time-on-preflight",
                title: "no answer came in time",
                fix: "look at what the server was waiting for, and whether the request reached it",
            },
            NetworkFailure::Malformed => Self {
                name: "malformed-answer",
                preflight_name: "malformed-answer-on-preflight",
                title: "the answer is not HTTP",
                fix: "check the scheme and the port: `http` to a TLS port, or a port of another service, gives such answers",
            },
        }
    }
}
