//! What a CORS decision with its header edits costs, in instructions and allocations.
//!
//! Each subject is a middleware with a policy around the service of [`inner`], in the framework that
//! the middleware is made for. What the same framework costs without it is subtracted.
//! [`lower_bound`] is the least that the same answers take, written by hand.

pub mod axum_subject;
pub mod bars;
pub mod counts;
pub mod inner;
pub mod lower_bound;
#[cfg(feature = "peers")]
pub mod peers;
pub mod policies;
pub mod scenario;
pub mod stored;
pub mod subject;
pub mod subjects;
pub mod tower_subject;
