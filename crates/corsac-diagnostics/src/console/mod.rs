//! What each browser prints on its console for a blocked fetch.
//!
//! The texts are data (`*_texts.rs`); the modules beside them choose which ones are printed. They were
//! compared with thousands of recorded fetches. Chromium and Firefox texts name the same failure in
//! ways that need not say the same: Chromium never names a status, Firefox prints a second line that
//! has nothing to add, WebKit has one text for a missing and a different origin.
//!
//! Not modelled: texts of content security policies, integrity checks and opaque response blocking,
//! and lines about the status of a response that the page does get.

mod chromium;
mod chromium_texts;
mod cors_error;
mod firefox;
mod firefox_texts;
mod order;
mod template;
mod webkit;
mod webkit_header;
mod webkit_texts;

use alloc::string::String;
use alloc::vec::Vec;

use corsac_fetch::{BlockReason, UserAgent};

use crate::context::Context;
pub use cors_error::CorsError;
pub use order::reported_first;

/// The lines that this browser prints for this reason; none for [`UserAgent::Standard`].
///
/// When one answer has several things wrong, browsers differ in which they report. The reason given,
/// and those in [`Context::also`], are put in the browser's own order first.
#[must_use]
pub fn console_text(user_agent: UserAgent, reason: &BlockReason, context: &Context) -> Vec<String> {
    let reason = reported_first(user_agent, reason, context);
    let mut lines = console_warnings(user_agent, context);
    lines.extend(match user_agent {
        UserAgent::Standard => Vec::new(),
        UserAgent::Chromium => chromium::lines(reason, context),
        UserAgent::Firefox => texts(firefox::messages(reason, context)),
        UserAgent::WebKit => webkit::lines(reason, context),
    });
    lines
}

/// The categories that Firefox files the lines of [`console_text`] under, one for each line; what the
/// lines say of the reason without the words. `None` is for a fetch that goes on.
#[must_use]
pub fn firefox_categories(reason: Option<&BlockReason>, context: &Context) -> Vec<&'static str> {
    let reason = reason.map(|reason| reported_first(UserAgent::Firefox, reason, context));
    let messages = reason.map(|reason| firefox::messages(reason, context));
    firefox::warnings(context)
        .into_iter()
        .chain(messages.into_iter().flatten())
        .map(|message| message.category)
        .collect()
}

/// Chromium's code for this reason, as its DevTools protocol has it; none where it gives no code.
#[must_use]
pub fn chromium_cors_error(reason: &BlockReason, context: &Context) -> Option<CorsError> {
    let reason = reported_first(UserAgent::Chromium, reason, context);
    cors_error::cors_error(reason, context)
}

/// The warnings that this browser prints though the fetch goes on.
#[must_use]
pub fn console_warnings(user_agent: UserAgent, context: &Context) -> Vec<String> {
    match user_agent {
        UserAgent::Firefox => texts(firefox::warnings(context)),
        // Chromium puts its deprecation notes under "Issues", not on the console.
        UserAgent::Standard | UserAgent::Chromium | UserAgent::WebKit => Vec::new(),
    }
}

fn texts(messages: Vec<firefox::Message>) -> Vec<String> {
    messages.into_iter().map(|message| message.text).collect()
}
