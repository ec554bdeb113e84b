//! The cookie jar, by the cases of `cases/cookies/`: what one page's answers set, and what later
//! requests of any page send.

use std::collections::BTreeMap;
use std::future::{Ready, ready};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response};
use corsac_client::{Browser, Clock, Init, RequestBody};
use corsac_fetch::{CredentialsMode, UserAgent};
use serde::Deserialize;
use tower_service::Service;

use crate::block_on;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    title: String,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    page: String,
    top_level: Option<String>,
    url: String,
    credentials: Option<Credentials>,
    #[serde(default)]
    after_seconds: u64,
    #[serde(default)]
    answers: Vec<Answer>,
    #[serde(default)]
    set_cookie: Vec<String>,
    sent: Sent,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Credentials {
    Omit,
    SameOrigin,
    Include,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    #[serde(default)]
    set_cookie: Vec<String>,
    location: Option<String>,
}

/// The `Cookie` header of each request of the step, of every user agent or by its name.
#[derive(Deserialize)]
#[serde(untagged)]
enum Sent {
    One(Option<String>),
    Several(Vec<Option<String>>),
    ByUserAgent(BTreeMap<String, Option<String>>),
}

impl Sent {
    fn by(&self, user_agent: &str) -> Vec<Option<String>> {
        match self {
            Self::One(sent) => vec![sent.clone()],
            Self::Several(sent) => sent.clone(),
            Self::ByUserAgent(sent) => vec![
                sent.get(user_agent)
                    .or_else(|| sent.get("others"))
                    .unwrap()
                    .clone(),
            ],
        }
    }
}

/// Answers with what the step sets, and notes which cookies came.
#[derive(Clone, Default)]
struct Server(Arc<Mutex<(Vec<Answer>, Cookies)>>);

/// The `Cookie` header of each request.
type Cookies = Vec<Option<String>>;

impl Service<Request<RequestBody>> for Server {
    type Response = Response<Body>;
    type Error = std::convert::Infallible;
    type Future = Ready<Result<Response<Body>, Self::Error>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let (answers, sent) = &mut *self.0.lock().unwrap();
        let header = |name: &str| {
            request
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        sent.push(header("cookie"));
        let answer = answers.remove(0);
        let mut response = Response::builder()
            .status(if answer.location.is_some() { 302 } else { 200 })
            .header(
                "access-control-allow-origin",
                header("origin").unwrap_or_default(),
            )
            .header("access-control-allow-credentials", "true");
        for line in &answer.set_cookie {
            response = response.header("set-cookie", line);
        }
        if let Some(location) = &answer.location {
            response = response.header("location", location);
        }
        ready(Ok(response.body(Body::empty()).unwrap()))
    }
}

async fn play(case: &Case, (name, user_agent): (&str, UserAgent)) -> Vec<String> {
    let (server, (clock, time)) = (Server::default(), Clock::manual());
    let mut builder = Browser::builder(user_agent).clock(clock);
    for step in &case.steps {
        let locations = step.answers.iter().filter_map(|answer| answer.location.as_ref());
        for url in locations.chain([&step.url]) {
            builder = builder.service(url, server.clone());
        }
    }
    let browser = builder.build();
    let mut failed = Vec::new();
    for (number, step) in case.steps.iter().enumerate() {
        time.advance(Duration::from_secs(step.after_seconds));
        let mut answers = step.answers.clone();
        if answers.is_empty() {
            answers.push(Answer {
                set_cookie: step.set_cookie.clone(),
                location: None,
            });
        }
        *server.0.lock().unwrap() = (answers, Vec::new());
        let mut page = browser.page(&step.page);
        if let Some(top_level) = &step.top_level {
            page = page.top_level(top_level);
        }
        let init = Init::get().credentials(match step.credentials {
            Some(Credentials::Omit) => CredentialsMode::Omit,
            Some(Credentials::SameOrigin) => CredentialsMode::SameOrigin,
            Some(Credentials::Include) | None => CredentialsMode::Include,
        });
        let settled = page.fetch(&step.url, init).await;
        assert!(settled.response().is_some(), "{}: {settled}", case.title);
        let (sent, expected) = (server.0.lock().unwrap().1.clone(), step.sent.by(name));
        if sent != expected {
            failed.push(format!(
                "{}, {name}, step {number}: expected {expected:?}, got {sent:?}",
                case.title
            ));
        }
    }
    failed
}

#[test]
fn every_case_sends_the_cookies_that_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/cookies");
    let mut failed = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    for path in &files {
        let text = std::fs::read_to_string(path).unwrap();
        let cases: Vec<Case> =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        for case in &cases {
            for user_agent in [
                ("standard", UserAgent::Standard),
                ("chromium", UserAgent::Chromium),
                ("firefox", UserAgent::Firefox),
                ("webkit", UserAgent::WebKit),
            ] {
                failed.extend(block_on(play(case, user_agent)));
            }
        }
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
    assert!(files.len() >= 4, "{files:?}");
}

/// What the second of two requests sends, when the first one's answer set these.
fn sent_after(lines: Vec<String>) -> Vec<String> {
    block_on(async {
        let server = Server::default();
        let browser = Browser::builder(UserAgent::Standard)
            .service("https://app.example", server.clone())
            .build();
        let page = browser.page("https://app.example");
        let answer = |set_cookie| Answer {
            set_cookie,
            location: None,
        };
        server.0.lock().unwrap().0 = vec![answer(lines), answer(Vec::new())];
        for _ in 0..2 {
            assert!(page.fetch("/", ()).await.response().is_some());
        }
        let sent = server.0.lock().unwrap().1[1].clone().unwrap_or_default();
        sent.split("; ").map(str::to_owned).collect()
    })
}

#[test]
fn a_host_keeps_its_180_youngest_cookies() {
    let lines = (0..200).map(|number| format!("c{number}=1")).collect();
    let expected: Vec<String> = (20..200).map(|number| format!("c{number}=1")).collect();
    assert_eq!(sent_after(lines), expected);
}

#[test]
fn a_cookie_has_4096_bytes_at_most() {
    let (fits, too_long) = ("x".repeat(4095), "x".repeat(4096));
    let lines = vec![format!("a={too_long}"), format!("b={fits}")];
    assert_eq!(sent_after(lines), [format!("b={fits}")]);
}
