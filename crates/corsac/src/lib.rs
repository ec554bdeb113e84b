//! Cross-origin access control as the Fetch standard defines it: origins, methods and header
//! names, the policy model and the decision engine.
//!
//! Pure: no clock, socket, file or environment. Policy in, facts out.
//!
//! ```
//! use corsac::{Action, CorsRequest, PolicyDraft, PolicyTable, Verdict};
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
//! let request = CorsRequest::classify(b"OPTIONS", headers.as_slice());
//! let decision = policies.decide("/items/7", &request);
//! assert_eq!(decision.verdict, Verdict::Allowed);
//! assert_eq!(decision.action, Action::Answer { status: 204 });
//! assert_eq!(decision.headers.set().collect::<Vec<_>>(), [
//!     ("access-control-allow-origin", &b"https://app.example.com"[..]),
//!     ("access-control-allow-methods", &b"PUT"[..]),
//! ]);
//!
//! let headers = [("Origin", "https://app.example.com.evil.test")];
//! let request = CorsRequest::classify(b"GET", headers.as_slice());
//! let decision = policies.decide("/items/7", &request);
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
pub mod decision;
mod exposed_headers;
pub mod header;
pub mod header_edits;
mod header_name_set;
pub mod method;
mod method_set;
pub mod origin;
pub mod origin_abnf;
mod origin_pattern;
mod origin_set;
mod path_pattern;
mod path_segments;
mod path_tree;
mod pattern_table;
pub mod policy;
mod policy_checks;
pub mod policy_draft;
pub mod policy_error;
pub mod policy_error_reason;
pub mod policy_place;
mod policy_report;
pub mod policy_table;
pub mod policy_warning;
mod prebuilt_headers;
pub mod reason;
pub mod request_headers;
mod serialized_origin;
pub mod site;
pub mod trustworthy;

pub use cors_request::{CorsRequest, MalformedRequest};
pub use decision::{Action, Decision, Verdict};
pub use header_edits::{CORS_RESPONSE_HEADER_NAMES, HeaderEdits};
pub use origin::{Origin, TupleOrigin};
pub use policy::Policy;
pub use policy_draft::{AllowOrigins, MaxAge, OriginEntry, PolicyDraft};
pub use policy_error::{PolicyError, PolicyErrors};
pub use policy_error_reason::PolicyErrorReason;
pub use policy_place::{PolicyField, PolicyPlace};
pub use policy_table::PolicyTable;
pub use policy_warning::{PolicyWarning, PolicyWarningReason};
pub use reason::{NameText, Reason};
pub use request_headers::{RequestHeaderName, RequestHeaders};
