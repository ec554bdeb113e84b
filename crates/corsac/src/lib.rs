//! Cross-origin access control as the Fetch standard defines it: origins, methods and header
//! names, the policy model and the decision engine.
//!
//! Pure: no clock, socket, file or environment. Policy in, facts out.
#![no_std]

extern crate alloc;

pub mod header;
pub mod method;
pub mod origin;
pub mod site;
pub mod trustworthy;

pub use origin::{Origin, TupleOrigin};
