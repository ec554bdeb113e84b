//! Firefox: a listener in the browser's own context collects what the console says, with the
//! category that names the reason.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::json;
use tokio::io::BufStream;
use tokio::net::TcpStream;
use tokio::process::Command;
use tokio::time::{sleep, timeout};

use super::marionette::Marionette;
use super::process::Process;
use super::{Fact, Told};

/// A running Firefox.
pub(super) struct Firefox {
    pub(super) version: String,
    marionette: Marionette<BufStream<TcpStream>>,
    _process: Process,
}

/// A message of the console.
#[derive(Deserialize)]
struct Message {
    at: f64,
    category: String,
    text: String,
}

impl Firefox {
    pub(super) async fn start(scratch: &Path, authority: &[u8], url: &str) -> anyhow::Result<Self> {
        let preferences: String = PREFERENCES
            .iter()
            .map(|(name, value)| format!("user_pref(\"{name}\", {value});\n"))
            .collect();
        tokio::fs::write(scratch.join("user.js"), preferences).await?;
        let mut process = Process::start(
            Command::new("firefox-esr")
                .args([
                    "--headless",
                    "--no-remote",
                    "--marionette",
                    "--remote-allow-system-access",
                ])
                .arg("--profile")
                .arg(scratch)
                .env("HOME", scratch),
        )?;
        process.drain();
        let port = port(scratch).await?;
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        let mut marionette = Marionette::new(BufStream::new(stream)).await?;
        marionette.command("WebDriver:NewSession", json!({})).await?;
        let version = marionette.script(PREPARE, json!([authority])).await?;
        let version = version.as_str().context("Firefox told no version")?.to_owned();
        marionette
            .command("Marionette:SetContext", json!({"value": "content"}))
            .await?;
        marionette
            .command("WebDriver:Navigate", json!({"url": url}))
            .await?;
        Ok(Self {
            version,
            marionette,
            _process: process,
        })
    }

    /// What the console said since the last time.
    pub(super) async fn told(&mut self) -> anyhow::Result<Vec<Told>> {
        sleep(SETTLE).await;
        let messages = self
            .marionette
            .script("return globalThis.corsac.splice(0)", json!([]))
            .await?;
        let messages: Vec<Message> = serde_json::from_value(messages)?;
        let told = messages.into_iter().map(|message| Told {
            at_ms: Some(message.at),
            fact: Fact::Categorised(message.category, message.text),
            ..Told::default()
        });
        Ok(told.collect())
    }
}

/// The port that Firefox chose; it writes it down once it listens.
async fn port(profile: &Path) -> anyhow::Result<u16> {
    let file = profile.join("MarionetteActivePort");
    let written = async {
        loop {
            if let Ok(text) = tokio::fs::read_to_string(&file).await
                && let Ok(port) = text.trim().parse()
            {
                return port;
            }
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(START, written).await.context("Firefox did not start")
}

/// Trust the servers' authority, and keep what the console says from now on.
const PREPARE: &str = "
const [authority] = arguments;
Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB)
  .addCertFromBase64(btoa(String.fromCharCode(...authority)), 'C,,');
globalThis.corsac = [];
globalThis.corsacListener = {
  observe(message) {
    try {
      message.QueryInterface(Ci.nsIScriptError);
    } catch {
      return;
    }
    const {category, timeStamp: at, errorMessage: text} = message;
    globalThis.corsac.push({at, category, text});
  },
};
Services.console.registerListener(globalThis.corsacListener);
return Services.appinfo.version;
";

/// Local Network Access is answered with `deny` (2), where a person would be asked.
const PREFERENCES: [(&str, &str); 12] = [
    ("marionette.port", "0"),
    ("app.update.enabled", "false"),
    ("browser.shell.checkDefaultBrowser", "false"),
    ("browser.startup.homepage_override.mstone", "\"ignore\""),
    ("datareporting.policy.dataSubmissionEnabled", "false"),
    ("toolkit.telemetry.enabled", "false"),
    ("network.captive-portal-service.enabled", "false"),
    ("network.connectivity-service.enabled", "false"),
    ("permissions.default.loopback-network", "2"),
    ("permissions.default.local-network", "2"),
    // A form that leaves a trustworthy page for another one asks a person, too.
    ("security.warn_submit_secure_to_insecure", "false"),
    // Messages are told apart by their time.
    ("privacy.reduceTimerPrecision", "false"),
];

const START: Duration = Duration::from_secs(60);
const SETTLE: Duration = Duration::from_millis(60);
