//! The service inside of every middleware.

use http::header::{CONTENT_TYPE, ETAG, SERVER};
use http::{HeaderMap, HeaderValue};

/// How many headers the inner service sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inner {
    None,
    Three,
}

impl Inner {
    pub const ALL: [Self; 2] = [Self::None, Self::Three];

    /// What it adds to the name of a subject.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Three => " + 3 headers",
        }
    }

    /// The headers of its answers.
    #[inline]
    pub fn headers(self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if self == Self::Three {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            headers.insert(ETAG, HeaderValue::from_static("\"33a64df5\""));
            headers.insert(SERVER, HeaderValue::from_static("bench"));
        }
        headers
    }
}
