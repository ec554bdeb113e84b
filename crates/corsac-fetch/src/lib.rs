//! The browser half of Corsac: what a browser does for a `fetch()`, as the Fetch standard says it,
//! without a socket, a clock or a cookie jar of its own.
//!
//! [`Fetch::start`] gives the first HTTP request to send (or the outcome, when nothing is sent);
//! [`Fetch::resume`] takes the answer and gives the next. Time and bytes are passed in.
//!
//! ```
//! use corsac::Origin;
//! use corsac_fetch::{
//!     BlockReason, Client, CorsCheckFailure, Fetch, HttpResponse, Need, OutcomeKind, PreflightCache,
//!     Request, RequestInit, UserAgent,
//! };
//!
//! let page = Client::new(Origin::from_serialization("https://app.example").unwrap());
//! let init = RequestInit::new("https://api.example/items");
//! let request = Request::new(init, page, UserAgent::Standard).unwrap();
//!
//! let mut cache = PreflightCache::default();
//! let Need::Send(fetch, sent) = Fetch::start(request, &mut cache, 0) else { panic!() };
//! assert_eq!(sent.headers.get("origin").unwrap(), b"https://app.example");
//!
//! let answer = HttpResponse::new(200);
//! let Need::Done(outcome) = fetch.resume(Ok(answer), &mut cache, 20) else { panic!() };
//! let OutcomeKind::Blocked { reason, .. } = outcome.kind else { panic!() };
//! assert_eq!(reason, BlockReason::CorsCheck(CorsCheckFailure::AllowOriginMissing));
//! ```
#![no_std]

extern crate alloc;

pub mod block_reason;
mod body_with_type;
mod cache_record;
pub mod client;
pub mod content_security_policy;
pub mod cookies;
pub mod cors_check;
pub mod cors_preflight_fetch;
pub mod cors_safelisted_request_header;
pub mod cors_unsafe_request_header_names;
pub mod cross_origin_resource_policy;
pub mod element_load;
pub mod embedding;
pub mod extract_header_list_values;
pub mod fetch;
mod fetch_metadata;
pub mod filtered_response;
pub mod forbidden_request_header;
pub mod frame_options;
pub mod get_decode_and_split;
pub mod header_list;
mod headers_class;
mod http_fetch;
pub mod http_message;
pub mod http_network_or_cache_fetch;
pub mod http_redirect_fetch;
pub mod local_network_access;
pub mod location_url;
pub mod main_fetch;
mod mime_sniffing;
pub mod mixed_content;
mod navigation_request;
pub mod network_error;
pub mod opaque_response_blocking;
pub mod origin_header;
pub mod outcome;
pub mod port_blocking;
pub mod potential_cors_request;
pub mod preflight_cache;
mod preflight_need;
pub mod profile;
pub mod profile_entry;
mod profile_of_user_agent;
pub mod range_header;
pub mod redirect_taint;
pub mod referrer;
pub mod request;
mod request_class;
pub mod request_init;
pub mod request_modes;
mod response_lines;
mod scheme_fetch;
pub mod tao_check;
pub mod type_error_reason;
mod url_list;
pub mod user_agent;
mod user_agent_refusal;

pub use block_reason::{BlockReason, CorsCheckFailure, NetworkFailure};
pub use client::{AddressSpace, Client, EmbedderPolicy};
pub use embedding::{Access, Content, Limit, Mechanism};
pub use fetch::{Fetch, Need};
pub use header_list::{Header, HeaderList};
pub use http_message::{HttpRequest, HttpRequestKind, HttpResponse};
pub use network_error::NetworkError;
pub use outcome::{FilteredResponse, Outcome, OutcomeKind, ResponseType, Step};
pub use potential_cors_request::CorsSettings;
pub use preflight_cache::PreflightCache;
pub use profile::Profile;
pub use profile_entry::ProfileEntry;
pub use request::Request;
pub use request_init::{Body, BodyKind, Initiator, RequestInit};
pub use request_modes::{CacheMode, CredentialsMode, Mode, RedirectMode, ReferrerPolicy, ResponseTainting};
pub use type_error_reason::TypeErrorReason;
pub use user_agent::UserAgent;
