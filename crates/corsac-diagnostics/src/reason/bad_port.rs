//! # `bad-port`
//!
//! **What it checks.** The URL's port is not one that browsers block.
//!
//! **Why it matters.** Browsers send no HTTP to ports of other services (22, 25, 6667, …), because an old
//! server there could take the request for its own language.
//!
//! **Example.** `fetch("http://localhost:6000/")`
//!
//! **Use instead.** A port such as 3000, 8000 or 8080.
//!
//! **When to ignore it.** Never: browsers send nothing.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#port-blocking>.

use alloc::format;
use alloc::string::ToString;

use super::Explanation;
use crate::context::Context;

pub(super) fn explain(port: u16, context: &Context) -> Explanation {
    Explanation {
        name: "bad-port",
        title: format!("browsers send no requests to port {port}"),
        meaning: "the port belongs to a service that does not speak HTTP; nothing was sent".to_string(),
        cause: format!("the URL is {}", context.current_url),
        fix: "run the server on another port, such as 8080".to_string(),
        reference: "https://fetch.spec.whatwg.org/#port-blocking",
    }
}
