//! The recorded preflight-cache sequences, played through a browser against services that answer as the
//! script says, with a clock that is moved by hand: what reaches them is what Chromium, Firefox and
//! WebKit sent.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, Request, Response};
use corsac_client::{Browser, Clock, Init, Page, RequestBody};
use corsac_fetch::{CacheMode, CredentialsMode, Initiator, Mode, RequestInit, UserAgent};
use serde::Deserialize;
use tower_service::Service;

use crate::block_on;

#[derive(Deserialize)]
struct Line {
    id: String,
    phases: Vec<Phase>,
    observed: BTreeMap<String, Observed>,
}

#[derive(Deserialize)]
struct Phase {
    page_origin: String,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    request: Option<Fields>,
    #[serde(default)]
    parallel: Vec<Fields>,
    server: Hop,
    #[serde(default)]
    wait_ms: u64,
    via: Option<String>,
}

#[derive(Deserialize)]
struct Fields {
    url: String,
    method: String,
    credentials: String,
    mode: String,
    #[serde(default)]
    headers: Vec<(String, String)>,
    cache: Option<String>,
    api: Option<String>,
}

/// A server, or what one URL of a chain answers.
#[derive(Clone, Default, Deserialize)]
struct Hop {
    #[serde(default)]
    hops: Vec<Hop>,
    preflight: Option<Answer>,
    actual: Option<Answer>,
}

#[derive(Clone, Deserialize)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    action: Option<String>,
}

#[derive(Deserialize)]
struct Observed {
    steps: Vec<ObservedStep>,
}

#[derive(Deserialize)]
struct ObservedStep {
    outcome: String,
    wire: Vec<String>,
}

/// Answers as the current step of the script says, and notes what it was asked.
#[derive(Clone, Default)]
struct Script(Arc<Mutex<(Hop, Vec<String>)>>);

impl Service<Request<RequestBody>> for Script {
    type Response = Response<Body>;
    type Error = &'static str;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, &'static str>> + Send>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let (server, wire) = &mut *self.0.lock().unwrap();
        // `/s/<id>/<n>` is answered by entry n, wherever it is in the chain.
        let number = request
            .uri()
            .path()
            .split('/')
            .nth(3)
            .and_then(|number| number.parse().ok());
        let number: usize = number.unwrap_or(0);
        let hop = server.hops.get(number).unwrap_or(server);
        let is_preflight = request.headers().contains_key("access-control-request-method");
        let answer = if is_preflight { &hop.preflight } else { &hop.actual };
        wire.push(line(&request, number, is_preflight));
        let answer = match answer {
            Some(answer) if answer.action.is_none() => Ok(response(answer, request.headers())),
            _ => Err("closed"),
        };
        Box::pin(async move {
            // Requests side by side all start before one of them is answered.
            tokio::task::yield_now().await;
            answer
        })
    }
}

/// A request as the recordings write it.
fn line(request: &Request<RequestBody>, hop: usize, is_preflight: bool) -> String {
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap());
    let mut line = match is_preflight {
        true => format!("P{hop} {}", header("access-control-request-method").unwrap()),
        false => format!("A{hop} {}", request.method()),
    };
    if let Some(names) = header("access-control-request-headers") {
        write!(line, " [{names}]").unwrap();
    }
    if let Some(origin) = header("origin") {
        write!(line, " origin={origin}").unwrap();
    }
    line
}

fn response(answer: &Answer, asked: &HeaderMap) -> Response<Body> {
    let carried = |name: &str| asked.get(name).map_or("", |value| value.to_str().unwrap());
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        let value = value
            .replace("{origin}", carried("origin"))
            .replace("{acrm}", carried("access-control-request-method"))
            .replace("{acrh}", carried("access-control-request-headers"));
        response = response.header(name, value);
    }
    response.body(Body::empty()).unwrap()
}

fn init(fields: &Fields) -> Init {
    let mut init = RequestInit::new("");
    init.method.clone_from(&fields.method);
    init.headers.clone_from(&fields.headers);
    init.credentials = match fields.credentials.as_str() {
        "omit" => CredentialsMode::Omit,
        "same-origin" => CredentialsMode::SameOrigin,
        "include" => CredentialsMode::Include,
        other => panic!("{other}"),
    };
    init.mode = match fields.mode.as_str() {
        "cors" => Mode::Cors,
        other => panic!("{other}"),
    };
    init.cache = match fields.cache.as_deref() {
        None | Some("default") => CacheMode::Default,
        Some("no-store") => CacheMode::NoStore,
        Some("reload") => CacheMode::Reload,
        Some("no-cache") => CacheMode::NoCache,
        Some("force-cache") => CacheMode::ForceCache,
        Some(other) => panic!("{other}"),
    };
    if fields.api.as_deref() == Some("xhr") {
        init.initiator = Initiator::Xhr;
    }
    Init::from(init)
}

fn page(browser: &Browser, phase: &Phase, via: Option<&str>) -> Page {
    let top_level = phase.page_origin.as_str();
    match via {
        None | Some("worker") => browser.page(top_level),
        Some("sandbox") => browser.opaque_page().top_level(top_level),
        Some(frame) => browser.page(frame).top_level(top_level),
    }
}

/// What each step sent, and how it ended.
async fn play(line: &Line, user_agent: UserAgent) -> Vec<(Vec<String>, String)> {
    let (script, (clock, time)) = (Script::default(), Clock::manual());
    let mut builder = Browser::builder(user_agent).clock(clock);
    let requests = line
        .phases
        .iter()
        .flat_map(|phase| &phase.steps)
        .flat_map(Step::requests);
    for url in requests.map(|fields| fields.url.as_str()).chain(SERVERS) {
        builder = builder.service(url, script.clone());
    }
    let browser = builder.build();
    let mut steps = Vec::new();
    for phase in &line.phases {
        for step in &phase.steps {
            time.advance(Duration::from_millis(step.wait_ms));
            *script.0.lock().unwrap() = (step.server.clone(), Vec::new());
            let page = page(&browser, phase, step.via.as_deref());
            let fetches: Vec<_> = step
                .requests()
                .map(|fields| {
                    let (page, url, init) = (page.clone(), fields.url.clone(), init(fields));
                    tokio::spawn(async move { page.fetch(&url, init).await.response().is_some() })
                })
                .collect();
            let mut ends = Vec::new();
            for fetch in fetches {
                ends.push(if fetch.await.unwrap() { "resolve" } else { "reject" });
            }
            let wire = std::mem::take(&mut script.0.lock().unwrap().1);
            steps.push((step.comparable(wire), ends.join("+")));
        }
    }
    steps
}

impl Step {
    fn requests(&self) -> impl Iterator<Item = &Fields> {
        self.request.iter().chain(&self.parallel)
    }

    /// What the network stack decides is not compared: the order of requests side by side, and how
    /// often a request is sent again to a server that closes the connection instead of answering.
    fn comparable(&self, mut wire: Vec<String>) -> Vec<String> {
        if !self.parallel.is_empty() {
            wire.sort();
        }
        if self
            .server
            .actual
            .as_ref()
            .is_some_and(|actual| actual.action.is_some())
        {
            wire.dedup();
        }
        wire
    }
}

#[test]
fn browsers_send_the_preflights_that_they_were_recorded_to_send() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/browsers/sequences.jsonl.gz");
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    let (mut compared, mut failed) = (0, Vec::new());
    for line in text.lines() {
        let line: Line = serde_json::from_str(line).unwrap();
        for (name, user_agent) in [
            ("chromium", UserAgent::Chromium),
            ("firefox", UserAgent::Firefox),
            ("webkit", UserAgent::WebKit),
        ] {
            let Some(observed) = line.observed.get(name) else {
                continue;
            };
            let steps = line.phases.iter().flat_map(|phase| &phase.steps);
            let expected: Vec<_> = steps
                .zip(&observed.steps)
                .map(|(step, observed)| (step.comparable(observed.wire.clone()), observed.outcome.clone()))
                .collect();
            let played = block_on(play(&line, user_agent));
            compared += 1;
            if played != expected {
                failed.push(format!(
                    "{} {name}: expected {expected:?}, got {played:?}",
                    line.id
                ));
            }
        }
    }
    // The recording of this one ended early, as `cases/browsers/known/webkit.txt` says.
    failed.retain(|failure| !failure.starts_with("q080 webkit"));
    assert!(
        failed.is_empty(),
        "of {compared}:
{}",
        failed.join(
            "
"
        )
    );
    assert!(compared > 300, "{compared}");
}

/// Where recorded redirects lead.
const SERVERS: [&str; 4] = [
    "http://localhost:23001",
    "http://127.0.0.1:23002",
    "http://api.example.test:23002",
    "http://localhost:23003",
];
