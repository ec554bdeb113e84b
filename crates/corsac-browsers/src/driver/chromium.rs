//! Chromium: the DevTools protocol tells the console's lines, and for a failed load the code of
//! its reason (`corsError`).

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use corsac_wire::observed::CorsError;
use serde_json::{Value, json};
use tokio::process::Command;
use tokio::time::sleep;

use super::cdp::{Connection, Event};
use super::process::Process;
use super::{Fact, Heard, Told};

/// A running Chromium.
pub(super) struct Chromium {
    pub(super) version: String,
    connection: Connection,
    session: String,
    _process: Process,
}

impl Chromium {
    pub(super) async fn start(scratch: &Path, url: &str, heard: &Heard) -> anyhow::Result<Self> {
        let profile = format!("--user-data-dir={}", scratch.display());
        let mut process = Process::start(
            // The shell moves the pipes to the numbers where Chromium expects them.
            Command::new("sh")
                .args([
                    "-c",
                    "exec chromium \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null",
                    "chromium",
                ])
                .args(ARGUMENTS)
                .args([&profile, "about:blank"])
                .env("HOME", scratch),
        )?;
        let (to_browser, from_browser) = (process.stdin()?, process.stdout()?);
        process.drain();
        let listener = Listener {
            heard: heard.clone(),
            urls: BTreeMap::new(),
        };
        let connection = Connection::new(to_browser, from_browser, listener.into_handler());
        let version = connection.command(None, "Browser.getVersion", json!({})).await?;
        let version = text(&version, "product")
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        let target = connection
            .command(None, "Target.createTarget", json!({"url": "about:blank"}))
            .await?;
        let attach = json!({"targetId": text(&target, "targetId"), "flatten": true});
        let attached = connection.command(None, "Target.attachToTarget", attach).await?;
        let session = text(&attached, "sessionId").to_owned();
        for answer in enable(&connection, &session) {
            answer.await??;
        }
        connection
            .command(Some(&session), "Page.navigate", json!({"url": url}))
            .await?;
        Ok(Self {
            version,
            connection,
            session,
            _process: process,
        })
    }

    /// Wait until what it had to tell has come: events come in order, so after the answer to a
    /// command all earlier ones of the page are there; the network's may come a moment later.
    pub(super) async fn settle(&mut self) -> anyhow::Result<()> {
        let command = self
            .connection
            .command(Some(&self.session), "Page.getNavigationHistory", json!({}));
        command.await?;
        sleep(SETTLE).await;
        Ok(())
    }
}

/// Ask a session for everything that is listened to, frames and workers of other processes
/// included.
fn enable(
    connection: &Connection,
    session: &str,
) -> Vec<tokio::sync::oneshot::Receiver<anyhow::Result<Value>>> {
    let attach = json!({"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true});
    [
        ("Page.enable", json!({})),
        ("Network.enable", json!({})),
        ("Log.enable", json!({})),
        ("Target.setAutoAttach", attach),
    ]
    .into_iter()
    .map(|(method, params)| connection.send(Some(session), method, params))
    .collect()
}

/// Turns events into what was told.
struct Listener {
    heard: Heard,
    /// The URL of each request that has not failed or finished yet.
    urls: BTreeMap<String, String>,
}

impl Listener {
    fn into_handler(mut self) -> impl FnMut(&Connection, Event) + Send + 'static {
        move |connection, event| match event.method.as_str() {
            "Target.attachedToTarget" => {
                let session = text(&event.params, "sessionId");
                drop(enable(connection, session));
                drop(connection.send(Some(session), "Runtime.runIfWaitingForDebugger", json!({})));
            }
            _ => self.hear(&event),
        }
    }

    fn hear(&mut self, event: &Event) {
        let params = &event.params;
        let request = text(params, "requestId");
        match event.method.as_str() {
            "Network.requestWillBeSent" => {
                let url = text(&params["request"], "url").to_owned();
                self.urls.insert(request.to_owned(), url);
            }
            "Network.loadingFinished" => {
                self.urls.remove(request);
            }
            "Network.loadingFailed" => {
                let url = self.urls.remove(request);
                let status = &params["corsErrorStatus"];
                if !status.is_null() {
                    self.tell(url.clone(), None, Fact::CorsError(cors_error(status)));
                }
                self.tell(url, None, Fact::NetError(text(params, "errorText").to_owned()));
            }
            "Log.entryAdded" => {
                let entry = &params["entry"];
                let url = entry["url"].as_str().map(str::to_owned);
                let fact = Fact::Text(text(entry, "text").to_owned());
                self.tell(url, entry["timestamp"].as_f64(), fact);
            }
            _ => {}
        }
    }

    fn tell(&self, url: Option<String>, at_ms: Option<f64>, fact: Fact) {
        self.heard.push(Told {
            at_ms,
            url,
            line: None,
            fact,
        });
    }
}

fn cors_error(status: &Value) -> CorsError {
    CorsError {
        cors_error: text(status, "corsError").to_owned(),
        failed_parameter: text(status, "failedParameter").to_owned(),
    }
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value.get(member).and_then(Value::as_str).unwrap_or_default()
}

const ARGUMENTS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=MediaRouter",
    "--ignore-certificate-errors",
    "--remote-debugging-pipe",
];

const SETTLE: Duration = Duration::from_millis(60);
