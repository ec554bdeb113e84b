//! A vector: an operation, its input, and what it must give.

use serde::Deserialize;
use serde_json::Value;

use crate::operation::{self, OperationError};
use crate::report::Failure;

/// A vector. Members that only people read (`title`, `source`, `note`, …) are passed over.
#[derive(Clone, Debug, Deserialize)]
pub struct Vector {
    /// Unique over all files.
    pub id: String,
    /// The operation's input; `op` in it names the operation.
    pub input: Value,
    /// The result by the standard's text.
    pub expect: Value,
}

impl Vector {
    /// Runs one vector of a file; `position` counts from 1 and stands for an id that is missing.
    ///
    /// # Errors
    /// What is wrong: with the result, or with the vector.
    pub fn run(vector: &Value, position: usize) -> Result<(), Failure> {
        let failure = |operation: &str, message: String| Failure {
            id: vector
                .get("id")
                .and_then(Value::as_str)
                .map_or_else(|| format!("vector {position}"), str::to_owned),
            operation: operation.to_owned(),
            message,
        };
        let Self { input, expect, .. } =
            Self::deserialize(vector).map_err(|error| failure("?", format!("malformed vector: {error}")))?;
        let Some(name) = input.get("op").and_then(Value::as_str) else {
            return Err(failure(
                "?",
                "malformed vector: input.op is not a string".to_owned(),
            ));
        };
        match operation::run(name, &input) {
            Ok(got) if got == expect => Ok(()),
            Ok(got) => Err(failure(name, format!("expected {expect}, got {got}"))),
            Err(OperationError::Unknown) => Err(failure(name, "unknown operation".to_owned())),
            Err(OperationError::Input(error)) => Err(failure(name, format!("malformed vector: {error}"))),
        }
    }
}
