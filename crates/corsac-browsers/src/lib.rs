//! What Corsac says is what the browser does: scenarios run in real Chromium, Firefox and
//! WebKitGTK, and through the browser half with the matching profile; every difference is shown.
//!
//! `cargo xtask browsers` starts it; `docs/browsers.md` describes it. Nothing in here is shipped.

pub mod batch;
pub mod driver;
pub mod generate;
pub mod shrink;
