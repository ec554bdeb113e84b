//! The state machine: main fetch, HTTP fetch, HTTP-redirect fetch and CORS-preflight fetch.

use alloc::boxed::Box;
use alloc::vec::Vec;

use url::Url;

use crate::block_reason::NetworkFailure;
use crate::header_list::HeaderList;
use crate::outcome::Outcome;
use crate::preflight_cache::PreflightCache;
use crate::request::Request;

/// A fetch that waits for an answer.
#[derive(Clone, Debug)]
pub struct Fetch {
    // The browser half's author fills this.
}

/// What the fetch needs next.
#[derive(Clone, Debug)]
pub enum Need {
    /// Send this request, then call [`Fetch::resume`] with its answer.
    Send(Box<Fetch>, HttpRequest),
    /// Nothing more.
    Done(Outcome),
}

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
    /// The URL.
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
}

impl Fetch {
    /// Fetching, <https://fetch.spec.whatwg.org/#concept-fetch>. `now` is in milliseconds of any
    /// clock that does not go back.
    #[must_use]
    pub fn start(request: Request, cache: &mut PreflightCache, now: u64) -> Need {
        let _ = (request, cache, now);
        todo!("browser half")
    }

    /// Go on with the answer to the request that [`Need::Send`] asked for.
    #[must_use]
    pub fn resume(
        self: Box<Self>,
        answer: Result<HttpResponse, NetworkFailure>,
        cache: &mut PreflightCache,
        now: u64,
    ) -> Need {
        let _ = (answer, cache, now);
        todo!("browser half")
    }
}
