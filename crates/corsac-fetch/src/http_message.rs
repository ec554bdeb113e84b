//! HTTP requests and responses as they are on the wire.

use alloc::vec::Vec;

use url::Url;

use crate::header_list::HeaderList;

/// An HTTP request to put on the wire.
///
/// Its headers are those the standard decides: the author's, `Accept`, `Origin`, `Referer`,
/// `Sec-Fetch-*`, `Access-Control-Request-*`. The transport adds `Host`, `User-Agent`,
/// `Content-Length`, `Accept-Encoding` and, with `include_credentials`, cookies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpRequest {
    /// Index into the chain of URLs: 0 is the URL asked for.
    pub hop: usize,
    /// Preflight or actual.
    pub kind: HttpRequestKind,
    /// The method.
    pub method: Vec<u8>,
    /// The URL, with the fragment and the user info that it has; neither goes on the wire.
    pub url: Url,
    /// The headers.
    pub headers: HeaderList,
    /// Whether cookies and other credentials go along.
    pub include_credentials: bool,
    /// The body.
    pub body: Option<Vec<u8>>,
}

/// Which of the two requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HttpRequestKind {
    /// A CORS-preflight request.
    Preflight,
    /// The request itself.
    Actual,
}

/// An answer as received. Values come without surrounding white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// All header lines in order.
    pub headers: HeaderList,
    /// The first bytes of the body, decoded; `None` when they are not known. Opaque Response Blocking
    /// looks at up to 1,024 of them, nothing else does.
    pub body_start: Option<Vec<u8>>,
}

impl HttpResponse {
    /// An answer without headers whose body is not known.
    ///
    /// ```
    /// use corsac_fetch::{HeaderList, HttpResponse};
    ///
    /// let headers = HeaderList::from_iter([("Access-Control-Allow-Origin", "*")]);
    /// let answer = HttpResponse { headers, ..HttpResponse::new(200) };
    /// assert_eq!(answer.status, 200);
    /// ```
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: HeaderList::new(),
            body_start: None,
        }
    }
}
