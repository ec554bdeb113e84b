//! The catalogue: what each cross-origin failure means, what each browser prints for it, and how to
//! mend it with the least privilege.
//!
//! Low layers report facts ([`BlockReason`](corsac_fetch::BlockReason),
//! [`PolicyErrorReason`](corsac::PolicyErrorReason)); their explanations live here and nowhere else.
//! No I/O, no serialisation.
#![no_std]

extern crate alloc;

pub mod console;
pub mod context;
pub mod diagnostic;
pub mod embedding;
pub mod observation;
pub mod policy_error;
pub mod policy_warning;
mod reason;
pub mod refusal;
pub mod render;

pub use console::{CorsError, chromium_cors_error, console_text, console_warnings, firefox_categories};
pub use context::Context;
pub use diagnostic::{Console, Diagnostic, explain, explain_all};
pub use embedding::{AccessText, explain_access, limit_name, mechanism_name};
pub use observation::{Finding, Grant, Observation, ObservedProbe, Severity, findings};
pub use policy_error::{PolicyDiagnostic, PolicyExplanation, explain_policy_error, policy_explanation};
pub use policy_warning::{explain_policy_warning, policy_warning_explanation};
pub use refusal::refusal_fix;
pub use render::{Styles, render};
