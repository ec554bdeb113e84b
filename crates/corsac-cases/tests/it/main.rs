//! The vectors of `cases/vectors`, and the runner itself.

mod command;
mod vectors;
