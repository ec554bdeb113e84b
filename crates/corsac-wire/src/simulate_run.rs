//! One request on its way between the browser half and the scripted server.

use std::collections::BTreeMap;

use corsac::Origin;
use corsac::trustworthy::is_origin_potentially_trustworthy;
use corsac_diagnostics::{Context, chromium_cors_error, console_text, console_warnings, firefox_categories};
use corsac_fetch::element_load::{ElementResponse, load_failure, reports_failure};
use corsac_fetch::embedding::access;
use corsac_fetch::{
    BlockReason, Client, EmbedderPolicy, Fetch, FilteredResponse, HttpRequest, HttpRequestKind, HttpResponse,
    Initiator, Need, NetworkFailure, Outcome, OutcomeKind, PreflightCache, Request, RequestInit,
    ResponseType, TypeErrorReason, UserAgent, content_security_policy,
};
use url::Url;

use crate::outcome::{FetchOutcome, RequestKind, ResponseOutcome, Settled, WireRequest, isomorphic_decode};
use crate::outcome_reason::Reason;
use crate::outcome_trace::TraceStep;
use crate::page_options::PageOptions;
use crate::scenario::RequestFields;
use crate::scenario_request::{request, request_init};
use crate::simulate::Options;
use crate::simulate_cookies::cookie_names;
use crate::simulate_effects::effects;
use crate::simulate_error::LineError;
use crate::simulate_server::ScriptedServer;

/// The page or frame that asks.
pub(crate) struct Page {
    pub(crate) origin: Origin,
    pub(crate) top_level: String,
    pub(crate) options: PageOptions,
}

impl Page {
    /// "If environment is a non-secure context, then return a new embedder policy",
    /// <https://html.spec.whatwg.org/#obtain-an-embedder-policy>.
    fn embedder_policy(&self) -> EmbedderPolicy {
        let is_secure = Origin::from_serialization(&self.top_level)
            .is_some_and(|origin| is_origin_potentially_trustworthy(&origin));
        match is_secure {
            true => self.options.embedder_policy,
            false => EmbedderPolicy::UnsafeNone,
        }
    }
}

/// One request on its way.
pub(crate) struct Run<'a> {
    fields: &'a RequestFields,
    page: &'a Page,
    script: &'a ScriptedServer<'a>,
    options: Options,
    init: RequestInit,
    client: Client,
    /// What waits for an answer.
    waiting: Option<(Box<Fetch>, HttpRequest)>,
    end: Option<End>,
    requests: Vec<WireRequest>,
    /// The last answer to the request itself, and the hop that sent it.
    answered: Option<(HttpResponse, usize)>,
}

enum End {
    Done(Outcome),
    /// The API threw.
    Thrown(TypeErrorReason),
    /// The page's own policy stopped it.
    Stopped(Reason),
}

impl<'a> Run<'a> {
    pub(crate) fn start(
        fields: &'a RequestFields,
        page: &'a Page,
        script: &'a ScriptedServer<'a>,
        options: Options,
        cache: &mut PreflightCache,
        now: u64,
    ) -> Self {
        let client = Client {
            network_partition_key: page.top_level.clone(),
            embedder_policy: page.embedder_policy(),
            address_space: script.address_space(&page.top_level),
            ..Client::new(page.origin.clone())
        };
        let init = request_init(fields, page.options.referrer_policy);
        let mut run = Self {
            fields,
            page,
            script,
            options,
            init: init.clone(),
            client: client.clone(),
            waiting: None,
            end: None,
            requests: Vec::new(),
            answered: None,
        };
        match request(init, fields.api, client, options.user_agent) {
            Ok(request) => {
                let url = request.current_url().clone();
                match Fetch::start(request, cache, now) {
                    // The page's policy is asked first.
                    Need::Done(outcome) if is_mixed_content(&outcome) && run.is_stopped_at(&url) => {
                        run.stop()
                    }
                    need => run.proceed(need),
                }
            }
            Err(reason) => run.end = Some(End::Thrown(reason)),
        }
        run
    }

    /// Whether the page's Content-Security-Policy forbids this URL.
    fn is_stopped_at(&self, url: &Url) -> bool {
        let policy = self.page.options.content_security_policy.as_deref();
        policy.is_some_and(|policy| {
            content_security_policy::blocks(policy, &self.page.origin, self.init.initiator, url)
        })
    }

    fn stop(&mut self) {
        self.end = Some(End::Stopped(Reason::content_security_policy()));
    }

    /// Answer the request that is waiting. `false` when none is.
    pub(crate) fn step(&mut self, cache: &mut PreflightCache, now: u64) -> Result<bool, LineError> {
        let Some((fetch, request)) = self.waiting.take() else {
            return Ok(false);
        };
        if self.is_stopped_at(&request.url) {
            self.stop();
            return Ok(false);
        }
        if let Err(failure) = self.script.reach(&request.url) {
            self.proceed(fetch.resume(Err(failure), cache, now));
            return Ok(true);
        }
        let fetch = match self.script.address(&request.url) {
            None => fetch,
            Some(address) => match fetch.connected(address, cache) {
                Ok(fetch) => fetch,
                Err(outcome) => {
                    self.end = Some(End::Done(*outcome));
                    return Ok(false);
                }
            },
        };
        let answer = self.exchange(fetch.request(), &request)?;
        self.proceed(fetch.resume(answer, cache, now));
        Ok(true)
    }

    fn proceed(&mut self, need: Need) {
        match need {
            Need::Send(fetch, request) => self.waiting = Some((fetch, request)),
            Need::Done(outcome) => self.end = Some(End::Done(outcome)),
        }
    }

    fn exchange(
        &mut self,
        request: &Request,
        sent: &HttpRequest,
    ) -> Result<Result<HttpResponse, NetworkFailure>, LineError> {
        let hop = self.script.hop(&sent.url, sent.hop);
        let cookies = cookie_names(request, sent, self.script.cookies);
        self.requests.push(wire_request(hop, sent, cookies));
        let answer = self.script.answer(hop, sent)?;
        if let (HttpRequestKind::Actual, Ok(response)) = (sent.kind, &answer) {
            self.answered = Some((response.clone(), hop));
        }
        Ok(answer)
    }

    pub(crate) fn finish(self) -> FetchOutcome {
        let (outcome, reason) = match &self.end {
            Some(End::Done(outcome)) => return self.done(outcome),
            Some(End::Thrown(reason)) => (Settled::Throw, Some(reason.into())),
            Some(End::Stopped(reason)) => (Settled::Reject, Some(reason.clone())),
            // `step` is called until nothing waits.
            None => (Settled::Reject, None),
        };
        FetchOutcome {
            outcome,
            response: None,
            reason,
            also: Vec::new(),
            console: Vec::new(),
            cors_error: None,
            reasons: Vec::new(),
            effects: BTreeMap::new(),
            requests: self.requests,
            trace: None,
        }
    }

    fn done(&self, outcome: &Outcome) -> FetchOutcome {
        let profile = self.options.user_agent.profile();
        let settled = match reports_failure(profile, self.init.initiator, &outcome.kind) {
            true => Settled::Reject,
            false => Settled::Resolve,
        };
        let mut fetch = FetchOutcome {
            outcome: settled,
            response: None,
            reason: None,
            also: Vec::new(),
            console: Vec::new(),
            cors_error: None,
            reasons: Vec::new(),
            effects: BTreeMap::new(),
            requests: self.requests.clone(),
            trace: self
                .options
                .trace
                .then(|| outcome.trace.iter().map(TraceStep::from).collect()),
        };
        self.tell_console(outcome, &mut fetch);
        fetch.effects = self.effects(outcome);
        match &outcome.kind {
            OutcomeKind::Shared(response) | OutcomeKind::Opaque(response) => {
                match self.load_failure(response.response_type) {
                    Some(reason) => {
                        fetch.outcome = Settled::Reject;
                        fetch.reason = Some(reason);
                    }
                    None => fetch.response = Some(response_outcome(response)),
                }
            }
            OutcomeKind::Blocked { reason, also } => {
                fetch.reason = Some(reason.into());
                fetch.also = also.iter().map(Into::into).collect();
            }
        }
        fetch
    }

    fn tell_console(&self, outcome: &Outcome, fetch: &mut FetchOutcome) {
        let user_agent = self.options.user_agent;
        let context = Context::new(&self.init, &self.client, outcome);
        let reason = match &outcome.kind {
            OutcomeKind::Blocked { reason, .. } => Some(reason),
            OutcomeKind::Shared(_) | OutcomeKind::Opaque(_) => None,
        };
        fetch.console = match reason {
            Some(reason) => console_text(user_agent, reason, &context),
            None => console_warnings(user_agent, &context),
        };
        match user_agent {
            UserAgent::Chromium => {
                let error = reason.and_then(|reason| chromium_cors_error(reason, &context));
                fetch.cors_error = error.map(Into::into);
            }
            UserAgent::Firefox => fetch.reasons = firefox_categories(reason, &context),
            UserAgent::Standard | UserAgent::WebKit => {}
        }
    }

    fn effects(&self, outcome: &Outcome) -> BTreeMap<&'static str, &'static str> {
        let status = self.answered.as_ref().map(|(answer, _)| answer.status);
        // A frame stays what it was: "If navigationParams's response has a status of 204 or 205, then
        // return." <https://html.spec.whatwg.org/#attempt-to-populate-the-history-entry's-document>
        let is_without_document = matches!(status, Some(204 | 205));
        if is_without_document || matches!(self.init.initiator, Initiator::Fetch | Initiator::Xhr) {
            return BTreeMap::new();
        }
        let (init, client) = (self.init.clone(), self.client.clone());
        match request(init, self.fields.api, client, self.options.user_agent) {
            Ok(request) => effects(self.init.initiator, access(&request, outcome)),
            Err(_) => BTreeMap::new(),
        }
    }

    /// Why the element that asked cannot use what it got.
    fn load_failure(&self, response_type: ResponseType) -> Option<Reason> {
        let (answer, hop) = self.answered.as_ref()?;
        let body = self.script.body(*hop);
        let response = ElementResponse {
            response_type,
            status: answer.status,
            headers: &answer.headers,
            body: body.as_deref(),
            integrity: self.fields.integrity.as_deref(),
        };
        load_failure(self.init.initiator, &response).map(Reason::from)
    }
}

fn is_mixed_content(outcome: &Outcome) -> bool {
    matches!(
        &outcome.kind,
        OutcomeKind::Blocked {
            reason: BlockReason::MixedContent,
            ..
        }
    )
}

fn response_outcome(response: &FilteredResponse) -> ResponseOutcome {
    ResponseOutcome {
        response_type: match response.response_type {
            ResponseType::Basic => "basic",
            ResponseType::Cors => "cors",
            ResponseType::Opaque => "opaque",
            ResponseType::OpaqueRedirect => "opaqueredirect",
        },
        status: response.status,
        url: response.url.as_ref().map(without_fragment).unwrap_or_default(),
        redirected: response.redirected,
        headers: response
            .headers
            .iter()
            .map(|(name, value)| (isomorphic_decode(name), isomorphic_decode(value)))
            .collect(),
        hidden_headers: response
            .hidden_header_names
            .iter()
            .map(|name| isomorphic_decode(name))
            .collect(),
    }
}

fn wire_request(hop: usize, request: &HttpRequest, cookies: Vec<&'static str>) -> WireRequest {
    let header = |name| request.headers.get(name).as_deref().map(isomorphic_decode);
    WireRequest {
        hop,
        kind: match request.kind {
            HttpRequestKind::Preflight => RequestKind::Preflight,
            HttpRequestKind::Actual => RequestKind::Actual,
        },
        method: isomorphic_decode(&request.method),
        url: without_fragment(&request.url),
        origin: header("origin"),
        acrm: header("access-control-request-method"),
        acrh: header("access-control-request-headers"),
        cookies,
        sec_fetch: ["sec-fetch-mode", "sec-fetch-site", "sec-fetch-dest"]
            .map(|name| header(name).unwrap_or_else(|| String::from("-")))
            .join(" "),
    }
}

fn without_fragment(url: &Url) -> String {
    let text = url.as_str();
    text.split_once('#').map_or(text, |(before, _)| before).to_owned()
}
