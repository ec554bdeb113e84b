//! The loop between the state machine and the network.

use std::convert::Infallible;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use corsac_fetch::{
    Fetch, HttpRequest, Initiator, Mode, Need, NetworkFailure, Outcome, PreflightCache, Request, UserAgent,
};
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::browser_builder::BrowserBuilder;
use crate::cookie_jar::CookieJar;
use crate::exchange::{Answer, BodyLength, Exchange, Failure};
use crate::network::decode;
use crate::network::incoming::{Incoming, Measured};
use crate::network::response_head::ResponseHead;
use crate::network::transport::{Errand, Route, Transport};
use crate::network::wire_headers::wire_headers;
use crate::options::{Options, Settings, deadline};
use crate::page::Page;

/// A browser: connections, a preflight cache and cookies, and pages that share them.
///
/// A clone is the same browser. Its futures need a Tokio runtime with I/O and time.
///
/// ```no_run
/// use corsac_client::{Browser, Init};
/// use corsac_fetch::UserAgent;
///
/// # async fn example() {
/// let page = Browser::new(UserAgent::Chromium).page("https://app.example.com");
/// let fetched = page.fetch("http://127.0.0.1:8080/items", Init::put().body("[]")).await;
/// println!("{fetched}");
/// # }
/// ```
#[derive(Clone)]
pub struct Browser(Arc<Shared>);

struct Shared {
    transport: Transport,
    // Held between awaits, never across one.
    preflight_cache: Mutex<PreflightCache>,
    cookie_jar: Mutex<CookieJar>,
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
    /// A browser that follows this profile, with nothing remembered: keeps connections and cookies,
    /// trusts this machine's roots, gives up after 30 s.
    #[must_use]
    pub fn new(user_agent: UserAgent) -> Self {
        Self::builder(user_agent).build()
    }

    /// A browser that is set up first.
    #[must_use]
    pub fn builder(user_agent: UserAgent) -> BrowserBuilder {
        BrowserBuilder::new(user_agent)
    }

    /// A browser for [`Browser::send`]: each HTTP/1.1 request opens its own connection, and cookies that
    /// servers set are reported but not kept.
    #[must_use]
    pub fn with_options(options: Options) -> Self {
        Self::of_settings(Settings::of_options(options), PreflightCache::default())
    }

    pub(crate) fn of_settings(settings: Settings, preflight_cache: PreflightCache) -> Self {
        Self(Arc::new(Shared {
            transport: Transport::new(settings),
            preflight_cache: Mutex::new(preflight_cache),
            cookie_jar: Mutex::default(),
        }))
    }

    /// A top-level page of the origin of this URL.
    #[must_use]
    pub fn page(&self, url: &str) -> Page {
        Page::new(self.clone(), url)
    }

    /// A page whose origin is opaque, such as a sandboxed frame: it sends `Origin: null`.
    #[must_use]
    pub fn opaque_page(&self) -> Page {
        Page::opaque(self.clone())
    }

    /// Forgets all cookies.
    pub fn clear_cookies(&self) {
        *lock(&self.0.cookie_jar) = CookieJar::default();
    }

    /// Does what a browser does for this request: preflight, request, redirects. Bodies are measured
    /// (up to 1 MiB and for a second each) and dropped.
    pub async fn send(&self, request: Request) -> Fetched {
        let driving = self.drive(request, &self.0.preflight_cache, Bodies::Measured, send_all);
        let Driven {
            outcome: Ok(outcome),
            exchanges,
            ..
        } = driving.await;
        Fetched { outcome, exchanges }
    }

    /// As [`Self::send`], with the last body still to be read.
    pub(crate) async fn open(&self, request: Request) -> Driven<Infallible> {
        self.drive(request, &self.0.preflight_cache, Bodies::Streamed, send_all)
            .await
    }

    pub(crate) fn settings(&self) -> &Settings {
        self.0.transport.settings()
    }

    /// Runs the state machine to its end, or until `may_send` says no.
    pub(crate) async fn drive<No>(
        &self,
        request: Request,
        preflight_cache: &Mutex<PreflightCache>,
        bodies: Bodies,
        may_send: fn(&HttpRequest) -> Result<(), No>,
    ) -> Driven<No> {
        let clock = &self.settings().clock;
        let cookies_given = self.settings().options.cookies.is_some();
        let given_for = cookies_given.then(|| request.current_url().clone());
        let deadline = deadline(self.settings().options.timeout);
        let mut exchanges: Vec<Exchange> = Vec::new();
        let mut need = Fetch::start(request, &mut lock(preflight_cache), clock.monotonic());
        let mut body = None;
        let outcome = loop {
            let (mut fetch, sent) = match need {
                Need::Done(outcome) => break Ok(outcome),
                Need::Send(fetch, sent) => match may_send(&sent) {
                    Ok(()) => (fetch, sent),
                    Err(no) => break Err(no),
                },
            };
            // The answer before is not for the page.
            drop_body(&mut body, &mut exchanges);
            let mut exchange = Exchange::unanswered(&sent);
            let errand = errand(fetch.request(), &sent, false);
            let route = timeout_at(deadline, self.0.transport.route(&errand, &mut exchange));
            let answer = match route.await.unwrap_or_else(|_| Err(late())) {
                Err(failure) => Err(failure),
                Ok(route) => {
                    if let Some(remote) = route.remote {
                        match fetch.connected(remote.ip(), &mut lock(preflight_cache)) {
                            Ok(goes_on) => fetch = goes_on,
                            Err(outcome) => break Ok(*outcome),
                        }
                    }
                    let trip = Trip {
                        request: fetch.request(),
                        sent: &sent,
                        cookies_given_for: given_for.as_ref(),
                        bodies,
                    };
                    timeout_at(deadline, self.exchange(route, &trip, &mut exchange))
                        .await
                        .unwrap_or_else(|_| Err(late()))
                }
            };
            exchange.answer = answer.map(|(answer, incoming)| {
                body = incoming;
                answer
            });
            let response = exchange.response();
            exchanges.push(exchange);
            need = fetch.resume(response, &mut lock(preflight_cache), clock.monotonic());
        };
        Driven {
            outcome,
            exchanges,
            body,
            deadline,
        }
    }

    /// Sends one request, over a new connection when the one that was kept turns out to be closed.
    async fn exchange(
        &self,
        route: Route,
        trip: &Trip<'_>,
        exchange: &mut Exchange,
    ) -> Result<(Answer, Option<Incoming>), Failure> {
        let is_reused = route.is_reused;
        match self.exchange_once(route, trip, exchange).await {
            Err(failure) if failure.is_unanswered && is_reused => {
                Box::pin(async {
                    let errand = errand(trip.request, trip.sent, true);
                    let route = self.0.transport.route(&errand, exchange).await?;
                    self.exchange_once(route, trip, exchange).await
                })
                .await
            }
            answer => answer,
        }
    }

    async fn exchange_once(
        &self,
        route: Route,
        trip: &Trip<'_>,
        exchange: &mut Exchange,
    ) -> Result<(Answer, Option<Incoming>), Failure> {
        let cookies = self.cookies(trip);
        let user_agent = self.settings().options.user_agent;
        exchange.headers = wire_headers(trip.sent, user_agent, cookies, route.framing());
        let (head, mut incoming) = self.0.transport.send(route, trip.sent, &exchange.headers).await?;
        self.keep_cookies(trip, &head);
        let start = match trip.bodies {
            Bodies::Measured => {
                let Measured { length, start } = incoming.measure().await;
                return Ok((answer(head, length, Some(start)), None));
            }
            Bodies::Streamed if trip.needs_start() => Some(incoming.peek(START).await),
            Bodies::Streamed => None,
        };
        Ok((answer(head, BodyLength::AtLeast(0), start), Some(incoming)))
    }

    /// The value of `Cookie`.
    fn cookies(&self, trip: &Trip<'_>) -> Option<Vec<u8>> {
        if !trip.sent.include_credentials {
            return None;
        }
        let given = self.settings().options.cookies.as_ref();
        let given = given.filter(|_| trip.is_where_cookies_were_given_for());
        let mut cookies = given.map_or_else(Vec::new, |cookies| cookies.value().as_bytes().to_vec());
        if self.settings().keeps_cookies {
            let now = self.settings().clock.unix_seconds();
            for cookie in lock(&self.0.cookie_jar).retrieve(trip.request, now) {
                if !cookies.is_empty() {
                    cookies.extend_from_slice(b"; ");
                }
                cookies.extend_from_slice(&cookie);
            }
        }
        (!cookies.is_empty()).then_some(cookies)
    }

    fn keep_cookies(&self, trip: &Trip<'_>, head: &ResponseHead) {
        if self.settings().keeps_cookies && trip.sent.include_credentials {
            let now = self.settings().clock.unix_seconds();
            for line in head.headers.lines("set-cookie") {
                lock(&self.0.cookie_jar).store(trip.request, line, now);
            }
        }
    }
}

/// What becomes of the bodies of answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bodies {
    /// They are measured and dropped.
    Measured,
    /// The last one is left to be read.
    Streamed,
}

/// A fetch that has been driven as far as it goes.
pub(crate) struct Driven<No> {
    pub(crate) outcome: Result<Outcome, No>,
    pub(crate) exchanges: Vec<Exchange>,
    /// The body of the last answer.
    pub(crate) body: Option<Incoming>,
    pub(crate) deadline: Instant,
}

/// The page does not get this body; what has come of it is read, so that the connection can be used
/// again.
pub(crate) fn drop_body(body: &mut Option<Incoming>, exchanges: &mut [Exchange]) {
    let length = body.take().map(|mut body| body.drain());
    let answer = exchanges.last_mut().map(|exchange| &mut exchange.answer);
    if let (Some(length), Some(Ok(answer))) = (length, answer) {
        answer.body = length;
    }
}

fn send_all(_: &HttpRequest) -> Result<(), Infallible> {
    Ok(())
}

/// One request of a fetch on its way.
struct Trip<'a> {
    request: &'a Request,
    sent: &'a HttpRequest,
    /// The URL that the user's own cookies are for.
    cookies_given_for: Option<&'a Url>,
    bodies: Bodies,
}

impl Trip<'_> {
    /// Cookies were given for the host asked for; a redirect does not carry them elsewhere, nor from
    /// https to http.
    fn is_where_cookies_were_given_for(&self) -> bool {
        let url = &self.sent.url;
        self.cookies_given_for.is_some_and(|asked_for| {
            url.host() == asked_for.host() && (url.scheme() == asked_for.scheme() || url.scheme() == "https")
        })
    }

    /// Whether the verdict may depend on the first bytes of the body: Opaque Response Blocking looks at
    /// what elements get.
    fn needs_start(&self) -> bool {
        self.request.mode() == Mode::NoCors && self.request.initiator() != Initiator::Fetch
    }
}

fn errand<'a>(request: &'a Request, sent: &'a HttpRequest, is_fresh: bool) -> Errand<'a> {
    Errand {
        request: sent,
        network_partition_key: &request.client().network_partition_key,
        is_web_socket: request.mode() == Mode::WebSocket,
        is_fresh,
    }
}

fn answer(head: ResponseHead, body: BodyLength, start: Option<Vec<u8>>) -> Answer {
    let body_start = start.and_then(|start| decode::start(&head.headers, &start));
    Answer {
        protocol: head.protocol,
        status: head.status,
        reason_phrase: head.reason_phrase,
        headers: head.headers,
        body,
        body_start,
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn late() -> Failure {
    Failure::new(NetworkFailure::Timeout, "no answer in time")
}

impl fmt::Debug for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Browser")
            .field("options", &self.settings().options)
            .finish_non_exhaustive()
    }
}

/// As far as is asked of the start of a body.
const START: usize = 1024;
