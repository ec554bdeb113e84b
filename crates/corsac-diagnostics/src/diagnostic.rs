//! One failure, explained.

use alloc::string::String;
use alloc::vec::Vec;

use corsac_fetch::{BlockReason, UserAgent};

use crate::console::console_text;
use crate::context::Context;
use crate::reason::{Explanation, explanation};

/// A blocked fetch, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name: the bad thing, in kebab case.
    pub name: &'static str,
    /// What went wrong, in one line.
    pub title: String,
    /// What the browser asks for, and why.
    pub meaning: String,
    /// What was observed in this exchange.
    pub cause: String,
    /// What to change, with the least privilege.
    pub fix: String,
    /// Where the standard says so.
    pub reference: &'static str,
    /// What each browser prints.
    pub console: Console,
}

/// What each browser prints for one failure, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Console {
    /// Chromium 156.
    pub chromium: Vec<String>,
    /// Firefox 153.
    pub firefox: Vec<String>,
    /// WebKitGTK 2.50, whose code Safari shares.
    pub webkit: Vec<String>,
}

/// Explain why a fetch was blocked.
///
/// ```
/// use corsac::Origin;
/// use corsac_diagnostics::{Context, explain};
/// use corsac_fetch::{
///     Client, Fetch, HeaderList, HttpResponse, Need, OutcomeKind, PreflightCache, Request, RequestInit, UserAgent,
/// };
///
/// let page = Client::new(Origin::from_serialization("https://app.example").unwrap());
/// let init = RequestInit::new("https://api.example/items");
/// let request = Request::new(init.clone(), page.clone(), UserAgent::Standard).unwrap();
/// let mut cache = PreflightCache::default();
/// let Need::Send(fetch, _) = Fetch::start(request, &mut cache, 0) else { panic!() };
/// let answer = HttpResponse::new(200);
/// let Need::Done(outcome) = fetch.resume(Ok(answer), &mut cache, 20) else { panic!() };
/// let OutcomeKind::Blocked { reason, .. } = &outcome.kind else { panic!() };
///
/// let diagnostic = explain(reason, &Context::new(&init, &page, &outcome));
/// assert_eq!(diagnostic.name, "missing-allow-origin");
/// assert_eq!(
///     diagnostic.console.webkit[0],
///     "Origin https://app.example is not allowed by Access-Control-Allow-Origin. Status code: 200"
/// );
/// ```
#[must_use]
pub fn explain(reason: &BlockReason, context: &Context) -> Diagnostic {
    let console = Console {
        chromium: console_text(UserAgent::Chromium, reason, context),
        firefox: console_text(UserAgent::Firefox, reason, context),
        webkit: console_text(UserAgent::WebKit, reason, context),
    };
    Diagnostic::new(explanation(reason, context), console)
}

/// Explain everything that is wrong with the answer that blocked a fetch: the reason first, then those in
/// [`Context::also`], for which no browser prints anything.
#[must_use]
pub fn explain_all(reason: &BlockReason, context: &Context) -> Vec<Diagnostic> {
    let also = context.also.iter().map(|reason| {
        let explanation = explanation(reason, context);
        Diagnostic::new(explanation, Console::default())
    });
    core::iter::once(explain(reason, context)).chain(also).collect()
}

impl Diagnostic {
    fn new(explanation: Explanation, console: Console) -> Self {
        Self {
            name: explanation.name,
            title: explanation.title,
            meaning: explanation.meaning,
            cause: explanation.cause,
            fix: explanation.fix,
            reference: explanation.reference,
            console,
        }
    }
}
