//! What the page gets, and every step that led there.

use alloc::vec::Vec;

use url::Url;

use crate::block_reason::{BlockReason, NetworkFailure};
use crate::http_message::{HttpRequest, HttpResponse};

/// The end of a fetch.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What the page gets.
    pub kind: OutcomeKind,
    /// Every request sent and answer received, and the checks made, in order.
    pub trace: Vec<Step>,
}

/// What the page gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutcomeKind {
    /// A response the page may read, within its filter (basic, cors).
    Shared(FilteredResponse),
    /// A response the page may use but not read (opaque, opaqueredirect).
    Opaque(FilteredResponse),
    /// A network error.
    Blocked {
        /// The step that said no.
        reason: BlockReason,
        /// Everything else that the same answer has wrong, in the standard's order.
        also: Vec<BlockReason>,
    },
}

/// A filtered response, <https://fetch.spec.whatwg.org/#concept-filtered-response>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilteredResponse {
    /// Its type.
    pub response_type: ResponseType,
    /// 0 when opaque.
    pub status: u16,
    /// `None` when opaque; an opaque redirect has one.
    pub url: Option<Url>,
    /// Whether the URL list has more than one item.
    pub redirected: bool,
    /// What `headers` lists: lower-case names, sorted, values joined by `, `.
    pub headers: Vec<(Vec<u8>, Vec<u8>)>,
    /// Names of headers that are there but hidden from the page, lower case, sorted.
    pub hidden_header_names: Vec<Vec<u8>>,
    /// The timing allow passed flag: every answer passed the TAO check.
    pub timing_allow_passed: bool,
}

/// Response type, <https://fetch.spec.whatwg.org/#concept-response-type>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResponseType {
    /// `basic`
    Basic,
    /// `cors`
    Cors,
    /// `opaque`
    Opaque,
    /// `opaqueredirect`
    OpaqueRedirect,
}

/// One step of the trace.
#[derive(Clone, Debug)]
pub enum Step {
    /// Why a preflight is needed for this hop: the method, header names, or the use-CORS-preflight flag.
    PreflightNeeded {
        /// The method, when it is not safelisted.
        method: Option<Vec<u8>>,
        /// The CORS-unsafe request-header names.
        header_names: Vec<Vec<u8>>,
        /// Upload listeners or a stream body.
        use_cors_preflight_flag: bool,
    },
    /// The preflight cache made a preflight unnecessary.
    PreflightCached,
    /// A request left.
    Sent(HttpRequest),
    /// Its answer came.
    Received(HttpResponse),
    /// No answer came.
    Failed(NetworkFailure),
    /// The preflight was passed; for so many seconds it may be remembered.
    PreflightPassed {
        /// Seconds, after the profile's cap.
        max_age: u64,
    },
    /// The CORS check of an answer was passed.
    CorsCheckPassed,
    /// A mixed content request was upgraded to this URL.
    Upgraded(Url),
    /// A redirect is followed to this URL.
    Redirected(Url),
    /// A named difference of the user agent decided a step.
    Profile(&'static str),
    /// A step said no.
    Blocked(BlockReason),
}
