//! What Corsac says is what the browser does: scenarios run in real Chromium, Firefox and
//! WebKitGTK, and through the browser half with the matching profile; every difference is shown.
//!
//! `cargo xtask browsers` starts it; `docs/browsers.md` describes it. Nothing in here is shipped.

pub mod batch;
pub mod driver;
pub mod generate;
pub mod inside;
mod live;
pub mod namespace;
mod observation;
pub mod observe;
pub mod origins;
pub mod renamed;
pub mod report;
pub mod run;
mod server;
pub mod shrink;
pub mod verdict;
