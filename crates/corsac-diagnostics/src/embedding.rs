//! What a page may do with what an element loaded, in words.

use alloc::format;
use alloc::string::String;

use corsac_fetch::element_load::LoadFailure;
use corsac_fetch::{Access, Content, Initiator, Limit, Mechanism};

/// An [`Access`] in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessText {
    /// Whether it loads, in one line.
    pub title: String,
    /// What the page's scripts can and cannot do.
    pub meaning: &'static str,
    /// What decided, in one line.
    pub decided_by: &'static str,
}

/// Put an access into words.
///
/// ```
/// use corsac_diagnostics::explain_access;
/// use corsac_fetch::{Access, Content, Initiator, Limit, Mechanism};
///
/// let access = Access { loads: true, content: Content::Usable(Limit::Canvas), decided_by: Mechanism::NoCors };
/// assert_eq!(explain_access(&access, Initiator::Image).title, "the image loads, and the page cannot read it");
/// ```
#[must_use]
pub fn explain_access(access: &Access, initiator: Initiator) -> AccessText {
    AccessText {
        title: title(access, initiator),
        meaning: meaning(access.content, access.loads, initiator),
        decided_by: mechanism(access.decided_by, access.loads),
    }
}

/// A stable name of what decided, in kebab case.
#[must_use]
pub const fn mechanism_name(mechanism: Mechanism) -> &'static str {
    match mechanism {
        Mechanism::SameOrigin => "same-origin",
        Mechanism::Cors => "cors",
        Mechanism::NoCors => "no-cors",
        Mechanism::OpaqueResponseBlocking => "opaque-response-blocking",
        Mechanism::CrossOriginResourcePolicy => "cross-origin-resource-policy",
        Mechanism::EmbedderPolicy => "embedder-policy",
        Mechanism::MixedContent => "mixed-content",
        Mechanism::LocalNetworkAccess => "local-network-access",
        Mechanism::FrameOptions => "frame-options",
        Mechanism::Element(LoadFailure::Nosniff) => "nosniff",
        Mechanism::Element(LoadFailure::MimeType) => "mime-type",
        Mechanism::Element(LoadFailure::Status) => "status",
        Mechanism::Element(LoadFailure::Integrity) => "integrity",
        Mechanism::Element(LoadFailure::Undecodable) => "undecodable",
        Mechanism::Server => "server",
        Mechanism::Fetching => "fetching",
    }
}

fn title(access: &Access, initiator: Initiator) -> String {
    let what = subject(initiator);
    let (done, undone) = match initiator {
        Initiator::Beacon | Initiator::Form => ("reaches the server", "does not reach the server"),
        Initiator::WebSocket | Initiator::EventSource => ("opens", "does not open"),
        Initiator::Iframe => ("is shown", "stays empty"),
        _ => ("loads", "does not load"),
    };
    match (access.loads, access.content) {
        (false, _) => format!("{what} {undone}"),
        (true, Content::Readable) => format!("{what} {done}, and the page can read it"),
        (true, Content::Usable(Limit::Page)) => format!("{what} {done}, and the answer replaces the page"),
        (true, Content::Usable(_)) => format!("{what} {done}, and the page cannot read it"),
        (true, Content::Nothing) => format!("{what} {done}, and the page learns nothing of the answer"),
    }
}

const fn subject(initiator: Initiator) -> &'static str {
    match initiator {
        Initiator::Image => "the image",
        Initiator::Script | Initiator::Worker => "the script",
        Initiator::ModuleScript => "the module",
        Initiator::Style => "the stylesheet",
        Initiator::Font => "the font",
        Initiator::Media => "the video",
        Initiator::Audio => "the audio",
        Initiator::Track => "the text track",
        Initiator::Iframe => "the frame",
        Initiator::Form => "the form",
        Initiator::Beacon => "the beacon",
        Initiator::EventSource => "the event stream",
        Initiator::WebSocket => "the WebSocket",
        Initiator::Fetch | Initiator::Xhr | Initiator::Preload => "the response",
    }
}

fn meaning(content: Content, loads: bool, initiator: Initiator) -> &'static str {
    match (content, initiator) {
        (Content::Readable, Initiator::Image) => "a canvas that it is drawn on can be read",
        (Content::Readable, Initiator::Script) => "errors in it are reported in full",
        (Content::Readable, Initiator::Style) => "its rules can be read",
        (Content::Readable, Initiator::Iframe) => {
            "the page can reach into its document, and the other way round"
        }
        (Content::Readable, Initiator::WebSocket) => {
            "messages go both ways, with the visitor's cookies on the handshake. CORS has no say: the server alone decides, by `Origin`"
        }
        (Content::Readable, _) => "the page gets all that came",
        (Content::Usable(limit), _) => limited(limit),
        (Content::Nothing, Initiator::Beacon) if loads => {
            "the page is never told what came of a beacon; what the server does with it is done"
        }
        (Content::Nothing, _) => "the page gets an error event that does not say why",
    }
}

const fn limited(limit: Limit) -> &'static str {
    match limit {
        Limit::Response => "the response is opaque: no status, no headers, no body",
        Limit::Canvas => {
            "it is shown, with its size; a canvas that it is drawn on is tainted and cannot be read"
        }
        Limit::Errors => {
            "it runs with all rights of the page; errors in it are reported as `Script error.`, without a place"
        }
        Limit::Rules => "it applies to the page; `cssRules` throws",
        Limit::Bytes => "text is drawn with it; its bytes cannot be read",
        Limit::Document => {
            "`contentDocument` is null; the two can talk with `postMessage`. Its storage is its own origin's"
        }
        Limit::Page => {
            "any page can send a form anywhere, with the visitor's cookies where SameSite lets them; CORS has no say"
        }
    }
}

fn mechanism(mechanism: Mechanism, loads: bool) -> &'static str {
    match (mechanism, loads) {
        (Mechanism::SameOrigin, true) => "the same-origin policy",
        (Mechanism::SameOrigin, false) => {
            "the same-origin policy: this kind of load takes nothing of another origin"
        }
        (Mechanism::Cors, true) => "CORS: the server allows this origin",
        (Mechanism::Cors, false) => "CORS: the server does not allow this",
        (Mechanism::NoCors, _) => "mode no-cors: what is only used needs nobody's leave",
        (Mechanism::OpaqueResponseBlocking, _) => "Opaque Response Blocking: the answer is none of this kind",
        (Mechanism::CrossOriginResourcePolicy, _) => "the answer's `Cross-Origin-Resource-Policy`",
        (Mechanism::EmbedderPolicy, _) => {
            "the page's `Cross-Origin-Embedder-Policy`: the answer does not agree to be embedded"
        }
        (Mechanism::MixedContent, _) => "Mixed Content: a secure page loads nothing over http",
        (Mechanism::LocalNetworkAccess, _) => {
            "Local Network Access: a public page needs the user's permission"
        }
        (Mechanism::FrameOptions, _) => "the answer's `X-Frame-Options` or `frame-ancestors`",
        (Mechanism::Element(LoadFailure::Nosniff), _) => {
            "`X-Content-Type-Options: nosniff`, and another type than this needs"
        }
        (Mechanism::Element(LoadFailure::MimeType), _) => "the answer's `Content-Type`: this needs another",
        (Mechanism::Element(LoadFailure::Status), _) => "the answer's status",
        (Mechanism::Element(LoadFailure::Integrity), _) => "the element's integrity metadata",
        (Mechanism::Element(LoadFailure::Undecodable), _) => "the bytes: they are nothing of this kind",
        (Mechanism::Server, true) => {
            "the server alone, by what it makes of `Origin`, `Sec-Fetch-Site` and cookies"
        }
        (Mechanism::Server, false) => "the server: it did not take it",
        (Mechanism::Fetching, _) => "no answer that could be used",
    }
}

/// The name of what stays closed, in kebab case; `None` where everything is open, or nothing came.
#[must_use]
pub fn limit_name(content: Content) -> Option<&'static str> {
    let Content::Usable(limit) = content else {
        return None;
    };
    Some(match limit {
        Limit::Response => "response",
        Limit::Canvas => "canvas",
        Limit::Errors => "errors",
        Limit::Rules => "rules",
        Limit::Bytes => "bytes",
        Limit::Document => "document",
        Limit::Page => "page",
    })
}
