//! What to change when the server half refused a request.
//!
//! A browser sees only that a header is missing. Whoever has the decision knows why it is, and
//! [`refusal_fix`] says what to do about that.

use alloc::format;
use alloc::string::{String, ToString};

use corsac::Reason;

/// What to change, with the least privilege; `None` when the reason is a permission.
///
/// ```
/// use corsac::Reason;
/// use corsac_diagnostics::refusal_fix;
///
/// let fix = refusal_fix(&Reason::OriginNotListed, "https://app.example").unwrap();
/// assert_eq!(fix, "if pages of `https://app.example` should read this, add that origin to the policy");
/// assert_eq!(refusal_fix(&Reason::OriginListed, "https://app.example"), None);
/// ```
#[must_use]
pub fn refusal_fix(reason: &Reason, origin: &str) -> Option<String> {
    Some(match reason {
        Reason::NoOrigin | Reason::AnyOrigin | Reason::OriginListed | Reason::NullOriginAllowed => return None,
        Reason::NoPolicy => format!(
            "if pages of `{origin}` should read this, write a policy that covers the path and lists that origin"
        ),
        Reason::PathAmbiguous => {
            "ask for the path without encoded slashes, backslashes, `;` and dot segments".to_string()
        }
        Reason::HostMalformed => {
            "ask for the server by one host name, as URLs write it: policies go by host".to_string()
        }
        Reason::OriginRepeated => {
            "find what adds a second `Origin` between the browser and here (a browser sends one), and let it pass the first on unchanged".to_string()
        }
        Reason::OriginTooLong | Reason::OriginMalformed => {
            "find what made the request, or changed it: no browser sends this `Origin`".to_string()
        }
        Reason::OriginNull => {
            "serve the page from a real origin: sandboxed frames, files and some redirects have none".to_string()
        }
        Reason::OriginNotListed => {
            format!("if pages of `{origin}` should read this, add that origin to the policy")
        }
        Reason::MethodNotListed(name) => {
            format!("if pages need the method, add `{name}` to the policy's methods")
        }
        Reason::HeaderNotListed(name) => format!(
            "if the script needs the header, add `{name}` to the policy's headers; if not, leave it out of the request"
        ),
        Reason::RequestMethodMalformed | Reason::RequestHeadersMalformed => {
            "find what made the request, or changed it: no browser sends such a preflight".to_string()
        }
        Reason::RequestHeadersTooLong => {
            "set fewer headers in the script: the policy lists less than it asks for".to_string()
        }
        Reason::CsrfSecFetchSite | Reason::CsrfOrigin => format!(
            "if pages of `{origin}` should change something here, add that origin to the policy; if what sends this is no page, exempt its path from the guard"
        ),
        Reason::CsrfReferer => {
            "if pages of the origin in `Referer` should change something here, add that origin to the policy".to_string()
        }
        Reason::WebSocketOrigin => {
            format!("if pages of `{origin}` should open this WebSocket, add that origin to the policy")
        }
        Reason::OriginSourceRefused => {
            format!("if pages of `{origin}` should read this, add that origin to the dynamic source")
        }
        Reason::OriginSourceFailed => {
            "find why the dynamic source of origins failed: until it answers, the origins it decides about are refused".to_string()
        }
        Reason::OriginSourceTimedOut => {
            "make the dynamic source of origins faster, or give it more time: what it does not answer in time is refused".to_string()
        }
    })
}
