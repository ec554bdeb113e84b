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
        UserAgent::Firefox => firefox::lines(reason, context),
        UserAgent::WebKit => webkit::lines(reason, context),
    });
    lines
}

/// The warnings that this browser prints though the fetch goes on.
#[must_use]
pub fn console_warnings(user_agent: UserAgent, context: &Context) -> Vec<String> {
    match user_agent {
        UserAgent::Firefox => firefox::warnings(context),
        // Chromium puts its deprecation notes under "Issues", not on the console.
        UserAgent::Standard | UserAgent::Chromium | UserAgent::WebKit => Vec::new(),
    }
}
