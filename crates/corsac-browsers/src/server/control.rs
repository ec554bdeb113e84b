//! What pages need beside the scenarios: themselves, their work, a place for results, and cookies.
//! All of it is below `/ctl/`.

use std::io::Result;
use std::time::Duration;

use serde::Deserialize;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};
use tokio::time::{sleep, timeout};
use url::form_urlencoded;

use super::request::{Body, Head};
use super::respond::After;
use super::{PageResult, Stage};
use crate::origins::{ASKED_FOR_COOKIES, FRAMES_ARE_IN, VISITED};

/// Answer a request whose path is no scenario's.
pub(super) async fn answer(
    stream: &mut (impl AsyncWrite + Unpin),
    scheme: &str,
    head: &Head,
    body: &Body,
    stage: &Stage,
) -> Result<After> {
    let content = content(scheme, head, body, stage).await;
    stream.write_all(&content.into_bytes()).await?;
    stream.flush().await?;
    Ok(After::KeepAlive)
}

async fn content(scheme: &str, head: &Head, body: &Body, stage: &Stage) -> Content {
    let path = head.target.split('?').next().unwrap_or_default();
    let mut segments = path.split('/').skip(1);
    if segments.next() != Some("ctl") {
        return Content::missing();
    }
    let command = segments.next().unwrap_or_default();
    let argument = segments.next().unwrap_or_default();
    let number = || argument.parse().unwrap_or(0);
    match command {
        "visit" => visit(argument.parse().unwrap_or(0)).with_cookies(scheme),
        "cookies" => Content::empty().with_cookies(scheme),
        "page" | "frame" => page(number(), stage),
        "visit.js" => Content::new("text/javascript", VISIT),
        "runner.js" => Content::new("text/javascript", RUNNER),
        "batch" => match stage.act(number()) {
            Some(act) => Content::new("application/json", &act.work),
            None => Content::missing(),
        },
        "next" => next(number(), stage).await,
        "step" => {
            if let Ok(step) = serde_json::from_slice::<Step>(&body.0) {
                stage.scripts().begin_step(&step.id, step.step);
            }
            Content::empty()
        }
        "quiet" => {
            quiet(argument, stage).await;
            Content::empty()
        }
        "result" => {
            if let Ok(result) = serde_json::from_slice::<PageResult>(&body.0) {
                stage.report(result);
            }
            Content::empty()
        }
        _ => Content::missing(),
    }
}

#[derive(Deserialize)]
struct Step {
    id: String,
    step: usize,
}

/// A page of the tour before the run: it asks every server for its cookies, and goes on to the next.
fn visit(number: usize) -> Content {
    let next = match VISITED.get(number + 1) {
        Some(origin) => format!("{origin}/ctl/visit/{}", number + 1),
        None => format!("{FRAMES_ARE_IN}/ctl/page/0"),
    };
    let asked: Vec<String> = ASKED_FOR_COOKIES
        .iter()
        .map(|origin| format!("{origin}/ctl/cookies"))
        .collect();
    let html = format!(
        "<!doctype html><meta charset=utf-8><title>cookies</title>\
         <body data-next='{next}' data-asked='{}'><script src=/ctl/visit.js></script>",
        asked.join(" ")
    );
    Content::new("text/html; charset=utf-8", &html)
}

/// A page or frame that plays, with the headers that its options ask for.
fn page(number: u64, stage: &Stage) -> Content {
    let html = format!(
        "<!doctype html><meta charset=utf-8><title>corsac</title><body data-batch={number}>\
         <script src=/ctl/runner.js></script>"
    );
    let mut content = Content::new("text/html; charset=utf-8", &html);
    let Some(act) = stage.act(number) else {
        return content;
    };
    for (name, value) in form_urlencoded::parse(act.page.page_query.as_bytes()) {
        let header = match &*name {
            "csp" => "Content-Security-Policy",
            "coep" => "Cross-Origin-Embedder-Policy",
            "referrer" => "Referrer-Policy",
            _ => continue,
        };
        content.head.push_str(&format!("{header}: {value}\r\n"));
    }
    content
}

/// Where a page that is done goes: the page of the next batch. Nothing, when there is none for a
/// while; the page asks again.
async fn next(number: u64, stage: &Stage) -> Content {
    match timeout(LONG_POLL, stage.next_act(number)).await {
        Ok(Some(act)) => {
            let url = format!("{}/ctl/page/{}", act.page.top_level(), act.number);
            Content::new("text/plain", &url)
        }
        _ => Content::empty(),
    }
}

/// Wait until nothing has arrived for a line for a while: some APIs tell nobody when they are done.
async fn quiet(id: &str, stage: &Stage) {
    let count = || stage.scripts().arrivals(id).iter().map(Vec::len).sum::<usize>();
    let mut seen = count();
    loop {
        sleep(QUIET).await;
        let now = count();
        if now == seen {
            return;
        }
        seen = now;
    }
}

/// An answer with its header lines.
struct Content {
    status: &'static str,
    head: String,
    body: Vec<u8>,
}

impl Content {
    fn new(content_type: &str, body: &str) -> Self {
        Self {
            status: "200 OK",
            head: format!("Content-Type: {content_type}\r\n"),
            body: body.as_bytes().to_vec(),
        }
    }

    fn empty() -> Self {
        Self::new("text/plain", "")
    }

    fn missing() -> Self {
        Self {
            status: "404 Not Found",
            ..Self::empty()
        }
    }

    /// The four cookies of `cases/browsers`.
    fn with_cookies(mut self, scheme: &str) -> Self {
        let is_secure = scheme == "https";
        for cookie in COOKIES
            .iter()
            .filter(|cookie| is_secure || !cookie.contains("Secure"))
        {
            self.head.push_str(&format!("Set-Cookie: {cookie}\r\n"));
        }
        self
    }

    fn into_bytes(self) -> Vec<u8> {
        let mut bytes = format!(
            "HTTP/1.1 {}\r\n{}{HEADERS}Content-Length: {}\r\n\r\n",
            self.status,
            self.head,
            self.body.len()
        )
        .into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

/// Frames with an opaque origin ask for these things too, from any page.
const HEADERS: &str = "Cache-Control: no-store\r\nAccess-Control-Allow-Origin: *\r\n\
                       Cross-Origin-Resource-Policy: cross-origin\r\n";

const COOKIES: [&str; 4] = [
    "ck_plain=1; Path=/",
    "ck_lax=1; Path=/; SameSite=Lax",
    "ck_strict=1; Path=/; SameSite=Strict",
    "ck_none=1; Path=/; SameSite=None; Secure",
];

const VISIT: &str = include_str!("../../page/visit.js");
const RUNNER: &str = include_str!("../../page/runner.js");

const LONG_POLL: Duration = Duration::from_secs(20);
const QUIET: Duration = Duration::from_millis(150);
