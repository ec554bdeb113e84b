//! What came of a run.

use std::fmt;

use serde_json::Value;

use crate::vector::Vector;

/// A vector that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its id, or its place when it has none.
    pub id: String,
    /// Its operation, `?` when it names none.
    pub operation: String,
    /// Expected and got, or what is wrong with the vector.
    pub message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.id, self.operation, self.message)
    }
}

/// The result of running vectors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many passed.
    pub passed: usize,
    /// Those that failed, in order.
    pub failures: Vec<Failure>,
}

impl Report {
    /// Runs vectors and adds their results.
    pub fn run(&mut self, vectors: &[Value]) {
        for (index, vector) in vectors.iter().enumerate() {
            match Vector::run(vector, index + 1) {
                Ok(()) => self.passed += 1,
                Err(failure) => self.failures.push(failure),
            }
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failures.len())
    }
}
