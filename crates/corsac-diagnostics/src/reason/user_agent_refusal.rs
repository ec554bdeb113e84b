//! # `browser-refusal`
//!
//! **What it checks.** One browser refuses something that the standard allows.
//!
//! **Why it matters.** The page works in one browser and not in another.
//!
//! **Example.** An answer with two different `Content-Length` lines.
//!
//! **Use instead.** What all browsers agree on; the named difference says which that is.
//!
//! **When to ignore it.** When pages are not used in that browser.
//!
//! **Reference.** The browser's profile in `corsac-fetch`.

use alloc::format;
use alloc::string::ToString;

use corsac_fetch::UserAgent;

use super::Explanation;
use crate::context::Context;

pub(super) fn explain(name: &str, context: &Context) -> Explanation {
    let difference = [UserAgent::Chromium, UserAgent::Firefox, UserAgent::WebKit]
        .into_iter()
        .flat_map(|user_agent| user_agent.profile().entries())
        .find(|entry| entry.name == name);
    let described = difference.map_or_else(
        || format!("the difference named `{name}`"),
        |entry| entry.description.to_string(),
    );
    Explanation {
        name: "browser-refusal",
        title: "this browser refuses what the standard allows".to_string(),
        meaning: described,
        cause: format!("the URL is {}", context.current_url),
        fix: "change the request or the answer so that it does not depend on this difference".to_string(),
        reference: "https://fetch.spec.whatwg.org/",
    }
}
