//! The layer around services as people build them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests: a test that cannot go on fails"
)]

mod axum_routes;
mod browser;
mod case_file;
mod cases;
mod costs;
mod decision_extensions;
#[path = "../../../corsac/tests/it/draft.rs"]
mod draft;
mod inner_cors_headers;
mod live;
mod origin_source;
mod other_servers;
mod peers;
