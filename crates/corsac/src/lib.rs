//! Cross-origin access control as the Fetch standard defines it: origins, methods and header
//! names, the policy model and the decision engine.
//!
//! Pure: no clock, socket, file or environment. Policy in, facts out.
#![no_std]

extern crate alloc;

pub mod cors_request;
pub mod decision;
pub mod header;
pub mod header_edits;
pub mod method;
pub mod origin;
pub mod origin_abnf;
pub mod policy;
pub mod policy_draft;
pub mod policy_error;
pub mod policy_error_reason;
pub mod policy_place;
pub mod policy_table;
pub mod policy_warning;
pub mod reason;
pub mod request_headers;
pub mod site;
pub mod trustworthy;

pub use cors_request::{CorsRequest, MalformedRequest};
pub use decision::{Action, Decision, Verdict};
pub use header_edits::HeaderEdits;
pub use origin::{Origin, TupleOrigin};
pub use policy::Policy;
pub use policy_draft::{AllowOrigins, MaxAge, OriginEntry, PolicyDraft};
pub use policy_error::{PolicyError, PolicyErrors};
pub use policy_error_reason::PolicyErrorReason;
pub use policy_place::{PolicyField, PolicyPlace};
pub use policy_table::PolicyTable;
pub use policy_warning::{PolicyWarning, PolicyWarningReason};
pub use reason::Reason;
pub use request_headers::{RequestHeaderName, RequestHeaders};
