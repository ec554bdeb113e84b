//! Path patterns as a policy lists them: `/login` is that path, `/api/*` is everything below `/api/`.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::path_segments::{Reading, Step, Steps, escape, is_ambiguous};
use crate::policy_error_reason::PolicyErrorReason;

/// A pattern in canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathPattern {
    /// Names from the root, percent-decoded. `/api/` has an empty one at its end.
    pub(crate) segments: Vec<Box<[u8]>>,
    /// Which paths.
    pub(crate) extent: Extent,
}

/// Which paths a pattern is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// The path itself.
    Exact,
    /// Every path below it: `/api/*` covers `/api/` and `/api/v1`, not `/api`.
    Below,
}

impl PathPattern {
    /// Parse a pattern as written.
    pub(crate) fn parse(text: &str) -> Result<Self, PolicyErrorReason> {
        let bytes = text.as_bytes();
        let escapes = || (0..bytes.len()).filter(|&at| bytes.get(at) == Some(&b'%'));
        if text.contains(|c: char| c.is_whitespace() || c.is_control())
            || escapes()
                .any(|at| matches!(escape(bytes, at), Some(byte) if byte.is_ascii_control() || byte == b' '))
        {
            return Err(PolicyErrorReason::PathForbiddenCharacter);
        }
        if !text.starts_with('/') {
            return Err(PolicyErrorReason::PathNotAbsolute);
        }
        if text.contains(['?', '#']) {
            return Err(PolicyErrorReason::PathQueryOrFragment);
        }
        if escapes().any(|at| escape(bytes, at).is_none()) {
            return Err(PolicyErrorReason::PathPercentEncoding);
        }
        if is_ambiguous(bytes) {
            return Err(PolicyErrorReason::PathAmbiguous);
        }
        let (path, extent) = match text.strip_suffix("/*") {
            Some(parent) => (parent, Extent::Below),
            None => (text, Extent::Exact),
        };
        if path.contains('*') {
            return Err(PolicyErrorReason::PathWildcardMisplaced);
        }
        if path.is_empty() && extent == Extent::Below {
            return Ok(Self {
                segments: Vec::new(),
                extent,
            });
        }
        let steps = Steps::new(path.as_bytes(), Reading::Strict).ok_or(PolicyErrorReason::PathNotAbsolute)?;
        let mut segments: Vec<Box<[u8]>> = Vec::new();
        for step in steps {
            match step {
                Step::Down(segment) => segments.push(segment.decoded().collect()),
                Step::Up => {
                    segments.pop();
                }
            }
        }
        // "/a/../*" and "/a//*": the empty last segment is the slash before `*`.
        if extent == Extent::Below && segments.last() == Some(&Box::default()) {
            segments.pop();
        }
        Ok(Self { segments, extent })
    }
}
