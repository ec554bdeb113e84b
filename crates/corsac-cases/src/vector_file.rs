//! Files of vectors.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// Reads the vectors of a file: a JSON array. They are not looked into.
///
/// # Errors
/// A file that cannot be read, is not JSON, or is not an array.
pub fn read_vectors(path: &Path) -> Result<Vec<Value>, UnreadableFile> {
    let unreadable = |message: String| UnreadableFile {
        path: path.to_path_buf(),
        message,
    };
    let bytes = fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    // The error of serde_json names line and column.
    match serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string()))? {
        Value::Array(vectors) => Ok(vectors),
        _ => Err(unreadable("not a JSON array of vectors".to_owned())),
    }
}

/// A file of vectors that cannot be read.
#[derive(Debug)]
pub struct UnreadableFile {
    path: PathBuf,
    message: String,
}

impl fmt::Display for UnreadableFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for UnreadableFile {}
