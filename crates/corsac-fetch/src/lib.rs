//! The browser half of Corsac: what a browser does for a `fetch()`, as the Fetch standard says it,
//! without a socket, a clock or a cookie jar of its own.
//!
//! [`Fetch::start`] gives the first HTTP request to send (or the outcome, when nothing is sent);
//! [`Fetch::resume`] takes the answer and gives the next. Time and bytes are passed in.
#![no_std]

extern crate alloc;

pub mod block_reason;
pub mod fetch;
pub mod header_list;
pub mod outcome;
pub mod preflight_cache;
pub mod request;
pub mod user_agent;

pub use block_reason::{BlockReason, CorsCheckFailure, NetworkFailure};
pub use fetch::{Fetch, HttpRequest, HttpRequestKind, HttpResponse, Need};
pub use header_list::HeaderList;
pub use outcome::{FilteredResponse, Outcome, OutcomeKind, ResponseType, Step};
pub use preflight_cache::PreflightCache;
pub use request::{
    Body, BodyKind, CacheMode, Client, CredentialsMode, Initiator, Mode, RedirectMode, ReferrerPolicy,
    Request, RequestInit, ResponseTainting, TypeErrorReason,
};
pub use user_agent::{Profile, UserAgent};
