//! # `invalid-location`, `multiple-locations`, `redirect-to-other-scheme`, `credentials-in-location`
//!
//! **What it checks.** A redirect leads to one `http` or `https` URL without user name and password.
//!
//! **Why it matters.** A browser cannot follow two targets, or one that is no URL. A target with a user
//! name and password would let one site try passwords at another.
//!
//! **Example.** `Location: https://user:secret@api.example/`
//!
//! **Use instead.** `Location: https://api.example/`
//!
//! **When to ignore it.** Never: the redirect is not followed.
//!
//! **Reference.** <https://fetch.spec.whatwg.org/#http-redirect-fetch>.

use alloc::format;
use alloc::string::{String, ToString};

use super::Explanation;
use super::stage::answered;
use crate::context::{Context, text};

pub(super) fn explain_invalid(value: &[u8], context: &Context) -> Explanation {
    Explanation {
        title: "the redirect leads to something that is not a URL".to_string(),
        cause: format!("{}, with `Location: {}`", answered(context), text(value)),
        fix: "send a `Location` that parses as a URL, absolute or relative".to_string(),
        ..not_followed("invalid-location")
    }
}

pub(super) fn explain_multiple(context: &Context) -> Explanation {
    Explanation {
        title: "the redirect has more than one `Location` header".to_string(),
        cause: format!("{}, with several `Location` lines", answered(context)),
        fix: "send one `Location`; look for two parts of the server that each add it".to_string(),
        ..not_followed("multiple-locations")
    }
}

pub(super) fn explain_scheme(scheme: &str, context: &Context) -> Explanation {
    Explanation {
        title: format!("the redirect leads to a URL with the scheme `{scheme}`"),
        cause: format!("{}{}", answered(context), target(context)),
        fix: "redirect to an `https` URL".to_string(),
        ..not_followed("redirect-to-other-scheme")
    }
}

pub(super) fn explain_credentials(context: &Context) -> Explanation {
    Explanation {
        title: "the redirect leads to a URL with a user name or password".to_string(),
        cause: format!("{}, with user info in `Location`", answered(context)),
        fix: "leave the user name and password out of `Location`".to_string(),
        ..not_followed("credentials-in-location")
    }
}

fn not_followed(name: &'static str) -> Explanation {
    Explanation {
        name,
        title: String::new(),
        meaning: "browsers follow a redirect only to one `http` or `https` URL, and across origins only without user info; this one was not followed".to_string(),
        cause: String::new(),
        fix: String::new(),
        reference: "https://fetch.spec.whatwg.org/#http-redirect-fetch",
    }
}

fn target(context: &Context) -> String {
    context
        .location()
        .map(|url| format!(", a redirect to {url}"))
        .unwrap_or_default()
}
