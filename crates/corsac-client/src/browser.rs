//! The loop between the state machine and the network.

use corsac_fetch::{
    Fetch, HttpRequest, HttpResponse, Need, NetworkFailure, Outcome, PreflightCache, Request,
};
use tokio::time::Instant;
use url::Url;

use crate::exchange::Exchange;
use crate::network::transport::Transport;
use crate::options::Options;

/// A browser without pages: connections and a preflight cache.
///
/// Its futures need a Tokio runtime with I/O and time.
///
/// ```no_run
/// use corsac::Origin;
/// use corsac_client::{Browser, Options};
/// use corsac_fetch::{Client, Request, RequestInit, UserAgent};
///
/// # async fn example() -> Option<()> {
/// let page = Client::new(Origin::from_serialization("https://app.example")?);
/// let init = RequestInit::new("https://api.example/items");
/// let request = Request::new(init, page, UserAgent::Standard).ok()?;
///
/// let fetched = Browser::with_options(Options::default()).send(request).await;
/// println!("{:?}", fetched.outcome.kind);
/// # Some(())
/// # }
/// ```
pub struct Browser {
    transport: Transport,
    preflight_cache: PreflightCache,
    started: Instant,
}

/// The end of a fetch and what went over the wire.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// What the page gets, and every step.
    pub outcome: Outcome,
    /// One entry for each `Step::Sent` of the trace, in the same order.
    pub exchanges: Vec<Exchange>,
}

impl Browser {
    /// A browser with an empty preflight cache and no connection.
    #[must_use]
    pub fn with_options(options: Options) -> Self {
        Self {
            transport: Transport::new(options),
            preflight_cache: PreflightCache::default(),
            started: Instant::now(),
        }
    }

    /// Does what a browser does for this request: preflight, request, redirects.
    pub async fn send(&mut self, request: Request) -> Fetched {
        let mut journey = self.journey(&request);
        let now = self.now();
        let mut need = Fetch::start(request, &mut self.preflight_cache, now);
        loop {
            match need {
                Need::Done(outcome) => {
                    return Fetched {
                        outcome,
                        exchanges: journey.exchanges,
                    };
                }
                Need::Send(fetch, sent) => {
                    let answer = self.exchange(&sent, &mut journey).await;
                    let now = self.now();
                    need = fetch.resume(answer, &mut self.preflight_cache, now);
                }
            }
        }
    }

    /// What one fetch keeps between its requests.
    pub(crate) fn journey(&self, request: &Request) -> Journey {
        Journey {
            asked_for: request.current_url().clone(),
            deadline: Instant::now() + self.transport.options().timeout,
            exchanges: Vec::new(),
        }
    }

    pub(crate) async fn exchange(
        &mut self,
        request: &HttpRequest,
        journey: &mut Journey,
    ) -> Result<HttpResponse, NetworkFailure> {
        // Cookies were given for the host asked for; a redirect does not carry them elsewhere, nor
        // from https to http.
        let cookies_apply = request.url.host() == journey.asked_for.host()
            && (request.url.scheme() == journey.asked_for.scheme() || request.url.scheme() == "https");
        let exchange = self
            .transport
            .send(request, cookies_apply, journey.deadline)
            .await;
        let answer = exchange.response();
        journey.exchanges.push(exchange);
        answer
    }

    /// Milliseconds since this browser was made.
    pub(crate) fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// One fetch under way.
pub(crate) struct Journey {
    asked_for: Url,
    deadline: Instant,
    pub(crate) exchanges: Vec<Exchange>,
}
