//! # `preflight-not-ok`, `preflight-redirect`
//!
//! **What it checks.** The answer to a preflight has a status from 200 to 299.
//!
//! **Why it matters.** A preflight asks whether the server agrees with a request that a plain form could
//! not send. An error or a redirect is no agreement, whatever its headers say. A preflight carries no
//! cookies and no `Authorization`, so a check of credentials must let it pass.
//!
//! **Example.** `HTTP/1.1 401 Unauthorized` to `OPTIONS`, or a redirect from `/items` to `/items/`.
//!
//! **Use instead.** 204 or 200 (any status from 200 to 299) to `OPTIONS` requests that carry `Origin` and
//! `Access-Control-Request-Method`, before authentication and routing.
//!
//! **When to ignore it.** When the request is not meant to be possible from other origins.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#cors-preflight-fetch>: "If a CORS check for request and
//! response returns success and response's status is an ok status".

use alloc::format;

use super::Explanation;
use super::stage::{Stage, answered};
use crate::context::Context;

pub(super) fn explain(status: u16, context: &Context) -> Explanation {
    let redirect = matches!(status, 300..=399);
    Explanation {
        name: if redirect {
            "preflight-redirect"
        } else {
            "preflight-not-ok"
        },
        title: if redirect {
            format!("the preflight was answered with a redirect ({status})")
        } else {
            format!("the preflight was answered with {status}")
        },
        meaning: format!(
            "the browser goes on only after a status from 200 to 299; redirects of a preflight are not followed. {}",
            Stage::Preflight.consequence()
        ),
        cause: format!("{}. {}", answered(context), source(status)),
        fix: if redirect {
            "request the URL that the server redirects to; often it is the same with `https`, or with a slash at its end".into()
        } else {
            "answer preflights (`OPTIONS` with `Origin` and `Access-Control-Request-Method`) before authentication and routing, with 204 and the headers of the policy; leave other `OPTIONS` requests to the application".into()
        },
        reference: "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
    }
}

const fn source(status: u16) -> &'static str {
    match status {
        300..=399 => {
            "Most often a rule that redirects (to `https`, to a login, to another spelling) applies to `OPTIONS` too."
        }
        401 | 403 | 407 => {
            "Most often a check of credentials applies to `OPTIONS`, but a preflight never carries credentials."
        }
        404 | 405 | 501 => "Most often the server has no handler for `OPTIONS` on this path.",
        429 => "Most often a limit on requests counts preflights too.",
        500..=599 => "Most often the application or a proxy failed on the preflight.",
        _ => "The server does not treat the request as a preflight.",
    }
}
