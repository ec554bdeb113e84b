//! The state machine seen from outside. What single algorithms give is in `cases/vectors`.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets something unexpected shall fail there"
)]

mod also;
mod api_layer;
mod block_reasons;
mod content_security_policy;
mod cookies;
mod element_load;
mod embedding;
mod exchange;
mod initiators;
mod live;
mod local_network_access;
mod opaque_responses;
mod preflight_cache;
mod profile;
mod trace;
