//! Which of the two answers a reason is about, and how texts speak of it.

use alloc::format;
use alloc::string::{String, ToString};

use crate::context::Context;

/// Which answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The answer to the preflight (`OPTIONS`).
    Preflight,
    /// The answer itself.
    Actual,
}

impl Stage {
    /// One of two names.
    pub(super) const fn choose(self, actual: &'static str, preflight: &'static str) -> &'static str {
        match self {
            Self::Actual => actual,
            Self::Preflight => preflight,
        }
    }

    /// "the answer" or "the answer to the preflight".
    pub(super) const fn answer(self) -> &'static str {
        self.choose("the answer", "the answer to the preflight")
    }

    /// What follows from the failure, for the page and for the server.
    pub(super) const fn consequence(self) -> &'static str {
        self.choose(
            "The request has reached the server; the page does not get to read the answer.",
            "The request itself was never sent.",
        )
    }
}

/// "`https://api.example/items` answered 404 (server: nginx)", as far as it is known.
pub(super) fn answered(context: &Context) -> String {
    let method = context.request.as_ref().map_or_else(String::new, |request| {
        format!("{} ", crate::context::text(&request.method))
    });
    let status = context
        .status()
        .map_or_else(|| "nothing".to_string(), |status| status.to_string());
    let server = match context.response_header("server") {
        Some(server) => format!(" (`Server: {server}`)"),
        None => String::new(),
    };
    format!(
        "{method}{} was answered with {status}{server}",
        context.current_url
    )
}

/// The origin to allow: the one that was sent.
pub(super) fn sent_origin(context: &Context) -> String {
    match context.request_origin() {
        origin if origin == "null" && context.page_origin != "null" => {
            format!(
                "`Origin: null`, because a redirect led from one other origin to the next (the page is `{}`)",
                context.page_origin
            )
        }
        origin => format!("`Origin: {origin}`"),
    }
}
