//! The network part of `corsac check`: the fetch, the probes, and their facts for the report.

use std::future::Future;
use std::io::{self, IsTerminal as _};
use std::pin::pin;
use std::time::Duration;

use anyhow::Context as _;
use corsac_client::{
    BodyLength, Browser, Exchange, Fetched, Options, Probe, Protocol, Replayed, origins_to_probe, replay,
};
use corsac_fetch::{Client, Mode, Request, RequestInit, UserAgent};
use corsac_wire::check_report::{
    AnswerFacts, BodyEnd, Check, ExchangeFacts, OtherOutcome, ProbeFacts, Report, Secrets,
};
use indicatif::ProgressBar;

/// What was done.
pub(super) struct Performed {
    fetched: Fetched,
    probes: Vec<Probe>,
}

/// Fetches, and then asks as pages of other origins when the server named this page's.
pub(super) fn perform(
    init: &RequestInit,
    client: &Client,
    request: Request,
    options: Options,
    probe: bool,
) -> anyhow::Result<Performed> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()
        .context("cannot start the network")?;
    let performed = runtime.block_on(with_spinner(async {
        let user_agent = options.user_agent;
        let url = request.current_url().clone();
        let browser = Browser::with_options(options);
        let fetched = browser.send(request).await;
        let mut probes = Vec::new();
        if probe && matches!(init.mode, Mode::Cors | Mode::WebSocket) {
            for origin in origins_to_probe(&fetched, &client.origin, &url) {
                // The API took this request before; the page's origin is nothing it throws for.
                probes.extend(browser.probe(init, &origin, user_agent).await);
            }
        }
        Performed { fetched, probes }
    }));
    // A name server that does not answer must not hold up the end.
    runtime.shutdown_background();
    Ok(performed)
}

impl Performed {
    pub(super) fn report(
        &self,
        init: &RequestInit,
        client: &Client,
        user_agent: UserAgent,
        secrets: Secrets,
        kind: Option<&'static str>,
    ) -> Report {
        let others: Vec<(UserAgent, OtherOutcome)> = [
            UserAgent::Standard,
            UserAgent::Chromium,
            UserAgent::Firefox,
            UserAgent::WebKit,
        ]
        .into_iter()
        .filter(|other| *other != user_agent)
        .map(|other| {
            let outcome = match replay(init, client, other, &self.fetched.exchanges) {
                Replayed::Done(outcome) => OtherOutcome::Done(outcome),
                Replayed::GoesOn => OtherOutcome::GoesOn,
                Replayed::Unknown => OtherOutcome::Unknown,
            };
            (other, outcome)
        })
        .collect();
        Report::new(&Check {
            init,
            client,
            user_agent,
            outcome: &self.fetched.outcome,
            exchanges: self.fetched.exchanges.iter().map(facts).collect(),
            probes: self.probes.iter().map(probe_facts).collect(),
            others: &others,
            kind,
            secrets,
        })
    }
}

fn probe_facts(probe: &Probe) -> ProbeFacts<'_> {
    ProbeFacts {
        origin: probe.origin.to_string(),
        outcome: probe.outcome.as_ref(),
        exchanges: probe.exchanges.iter().map(facts).collect(),
    }
}

fn facts(exchange: &Exchange) -> ExchangeFacts<'_> {
    ExchangeFacts {
        hop: exchange.hop,
        kind: exchange.kind,
        method: &exchange.method,
        url: &exchange.url,
        headers: &exchange.headers,
        body_length: exchange.body_length,
        remote: exchange.remote,
        certificate_checked: exchange.tls.map(|tls| tls.certificate_checked),
        answer: match &exchange.answer {
            Ok(answer) => {
                let (body_length, body_end) = match answer.body {
                    BodyLength::Whole(length) => (length, BodyEnd::Whole),
                    BodyLength::AtLeast(length) => (length, BodyEnd::AtLeast),
                    BodyLength::BrokenOff(length) => (length, BodyEnd::BrokenOff),
                };
                Ok(AnswerFacts {
                    protocol: match answer.protocol {
                        Protocol::Http10 => "HTTP/1.0",
                        Protocol::Http11 => "HTTP/1.1",
                        Protocol::Http2 => "HTTP/2",
                    },
                    status: answer.status,
                    reason_phrase: &answer.reason_phrase,
                    headers: &answer.headers,
                    body_length,
                    body_end,
                })
            }
            Err(failure) => Err((failure.kind, &failure.detail)),
        },
    }
}

/// Shows that something is going on, on a terminal, once it takes long.
async fn with_spinner<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    if !io::stderr().is_terminal() {
        return work.await;
    }
    if let Ok(done) = tokio::time::timeout(LONG, &mut work).await {
        return done;
    }
    let spinner = ProgressBar::new_spinner().with_message("waiting for the server");
    spinner.enable_steady_tick(TICK);
    let done = work.await;
    spinner.finish_and_clear();
    done
}

const LONG: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);
