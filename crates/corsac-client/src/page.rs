//! A page in the browser, and what its scripts ask for.

use corsac::Origin;
use corsac_diagnostics::{Context, explain};
use corsac_fetch::{AddressSpace, Client, EmbedderPolicy, Initiator, OutcomeKind, Request};
use url::Url;

use crate::browser::{Browser, Driven, drop_body};
use crate::init::Init;
use crate::response::Response;
use crate::settled::{Settled, Settlement};

/// A page that is open in a browser. Pages of one browser share what it remembers.
#[derive(Clone, Debug)]
pub struct Page {
    browser: Browser,
    /// Relative URLs are relative to it. An opaque page has none.
    url: Option<Url>,
    /// The text that no page can have for its URL, when it was given one.
    client: Result<Client, String>,
}

impl Page {
    pub(crate) fn new(browser: Browser, url: &str) -> Self {
        let parsed = Url::parse(url)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"));
        let client = match &parsed {
            Some(parsed) => Ok(Client::new(Origin::of_url(parsed))),
            None => Err(url.to_owned()),
        };
        Self {
            browser,
            url: parsed,
            client,
        }
    }

    pub(crate) fn opaque(browser: Browser) -> Self {
        Self {
            browser,
            url: None,
            client: Ok(Client::new(Origin::UNIQUE)),
        }
    }

    /// The page is a frame below a top-level page of the origin of this URL: caches, connections and
    /// partitioned cookies are that site's.
    #[must_use]
    pub fn top_level(mut self, url: &str) -> Self {
        match (Url::parse(url), &mut self.client) {
            (Ok(url), Ok(client)) => client.network_partition_key = Origin::of_url(&url).to_string(),
            (Err(_), client) => *client = Err(url.to_owned()),
            (Ok(_), Err(_)) => {}
        }
        self
    }

    /// The page came with this Cross-Origin-Embedder-Policy.
    #[must_use]
    pub fn embedder_policy(mut self, policy: EmbedderPolicy) -> Self {
        if let Ok(client) = &mut self.client {
            client.embedder_policy = policy;
        }
        self
    }

    /// The page was loaded from this address space, for Local Network Access. Nothing is checked
    /// unless it is set.
    #[must_use]
    pub fn address_space(mut self, space: AddressSpace) -> Self {
        if let Ok(client) = &mut self.client {
            client.address_space = Some(space);
        }
        self
    }

    /// `fetch(url, init)`. The URL may be relative to the page's.
    pub async fn fetch(&self, url: &str, init: impl Into<Init>) -> Settled {
        self.ask(url, init.into()).await
    }

    /// The same request through `XMLHttpRequest`.
    pub async fn xhr(&self, url: &str, init: impl Into<Init>) -> Settled {
        let Init(mut init) = init.into();
        init.initiator = Initiator::Xhr;
        self.ask(url, Init(init)).await
    }

    fn absolute(&self, url: &str) -> String {
        // With two slashes it is absolute, whatever the page's is.
        let is_absolute = url.starts_with("http://") || url.starts_with("https://");
        let base = self.url.as_ref().filter(|_| !is_absolute);
        base.and_then(|base| base.join(url).ok())
            .map_or_else(|| url.to_owned(), String::from)
    }

    async fn ask(&self, url: &str, Init(mut init): Init) -> Settled {
        let client = match &self.client {
            Ok(client) => client,
            Err(text) => return Settled::at_once(Settlement::NoPage(text.clone())),
        };
        init.url = self.absolute(url);
        let user_agent = self.browser.settings().options.user_agent;
        // Explanations need it; answers that are read do not.
        let asked = init.clone();
        let request = match Request::new(init, client.clone(), user_agent) {
            Ok(request) => request,
            Err(reason) => return Settled::at_once(Settlement::Thrown(reason)),
        };
        let Driven {
            outcome: Ok(outcome),
            mut exchanges,
            mut body,
            deadline,
        } = self.browser.open(request).await;
        let settlement = match outcome.kind {
            OutcomeKind::Shared(filtered) => {
                let answer = exchanges.last().and_then(|last| last.answer.as_ref().ok());
                let limit = self.browser.settings().body_limit;
                Settlement::Resolved(Response::shared(filtered, answer, body, limit, deadline))
            }
            OutcomeKind::Opaque(filtered) => {
                drop_body(&mut body, &mut exchanges);
                Settlement::Resolved(Response::opaque(filtered))
            }
            OutcomeKind::Blocked { ref reason, ref also } => {
                drop_body(&mut body, &mut exchanges);
                let context = Context::new(&asked, client, &outcome);
                Settlement::Rejected {
                    reason: reason.clone(),
                    also: also.clone(),
                    diagnostic: Box::new(explain(reason, &context)),
                }
            }
        };
        Settled::new(settlement, user_agent, outcome.trace, exchanges)
    }
}
