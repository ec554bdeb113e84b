//! Cross-origin access control as the Fetch standard defines it: origins, methods and header
//! names, the policy model and the decision engine.
//!
//! Pure: no clock, socket, file or environment. Policy in, facts out.
//!
//! ```
//! use corsac::{Action, CorsRequest, PolicyDraft, PolicyTable, RequestTarget, Verdict};
//!
//! let draft = PolicyDraft {
//!     allow_origins: ["https://app.example.com"].into_iter().collect(),
//!     allow_methods: vec!["PUT".to_owned()],
//!     ..PolicyDraft::new("app")
//! };
//! let (policies, warnings) = PolicyTable::build(vec![draft]).unwrap();
//! assert!(warnings.is_empty());
//!
//! let headers = [
//!     ("Origin", "https://app.example.com"),
//!     ("Access-Control-Request-Method", "PUT"),
//! ];
//! let target = RequestTarget::path("/items/7");
//! let decision = policies.decide(&CorsRequest::classify(b"OPTIONS", target, headers.as_slice()));
//! assert_eq!(decision.verdict, Verdict::Allowed);
//! assert_eq!(decision.action, Action::Answer { status: 204 });
//! assert_eq!(decision.headers.set().collect::<Vec<_>>(), [
//!     ("access-control-allow-origin", &b"https://app.example.com"[..]),
//!     ("access-control-allow-methods", &b"PUT"[..]),
//! ]);
//!
//! let headers = [("Origin", "https://app.example.com.evil.test")];
//! let decision = policies.decide(&CorsRequest::classify(b"GET", target, headers.as_slice()));
//! assert_eq!(decision.verdict, Verdict::Refused);
//! assert_eq!(decision.reason.code(), "origin-not-listed");
//! assert_eq!(decision.headers.set().count(), 0);
//! assert_eq!(decision.headers.vary(), ["Origin"]);
//! ```
//!
//! With the feature `http`, requests are read from `http::HeaderMap`, and
//! `decision.headers.apply(response.headers_mut())` makes the answer.
#![no_std]

extern crate alloc;

#[cfg(feature = "http")]
mod apply_header_edits;
pub mod cors_request;
mod csrf;
pub mod decision;
mod exposed_headers;
pub mod header;
pub mod header_edits;
mod header_name_set;
mod host_pattern;
mod list_texts;
#[cfg(feature = "live")]
pub mod live_policies;
pub mod log_safe;
pub mod method;
mod method_set;
pub mod origin;
pub mod origin_abnf;
mod origin_pattern;
mod origin_set;
mod origin_switches;
mod origin_warnings;
mod path_pattern;
mod path_segments;
mod path_tree;
mod pattern_table;
pub mod policy;
mod policy_checks;
pub mod policy_draft;
pub mod policy_error;
pub mod policy_error_reason;
mod policy_index;
pub mod policy_place;
#[cfg(feature = "live")]
mod policy_reader;
mod policy_reasons;
mod policy_report;
pub mod policy_table;
pub mod policy_warning;
pub mod policy_warning_reason;
mod prebuilt_headers;
pub mod reason;
pub mod request_headers;
mod request_host;
mod sender;
mod serialized_origin;
#[cfg(feature = "public-suffix")]
pub mod site;
pub mod trustworthy;
mod websocket_guard;

pub use cors_request::{CorsRequest, MalformedRequest, RequestClass, RequestTarget};
pub use decision::{Action, Decision, Verdict};
pub use header_edits::{CORS_RESPONSE_HEADER_NAMES, HeaderEdits};
#[cfg(feature = "live")]
pub use live_policies::{LivePolicies, PolicyCount};
pub use log_safe::LogSafe;
pub use origin::{Origin, TupleOrigin};
pub use policy::Policy;
pub use policy_draft::{AllowOrigins, Csrf, MaxAge, Mode, OriginEntry, PolicyDraft};
pub use policy_error::{PolicyError, PolicyErrors};
pub use policy_error_reason::PolicyErrorReason;
pub use policy_place::{PolicyField, PolicyPlace};
#[cfg(feature = "live")]
pub use policy_reader::PolicyReader;
pub use policy_table::PolicyTable;
pub use policy_warning::PolicyWarning;
pub use policy_warning_reason::PolicyWarningReason;
pub use reason::{NameText, Reason};
pub use request_headers::{RequestHeaderName, RequestHeaders};
