//! Middlewares of other frameworks than tower, each with the framework's own bare service.

pub mod actix;
pub mod poem;
pub mod salvo;
