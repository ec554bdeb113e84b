//! The three browsers: started on a page, and listened to. What they do comes from their pages;
//! only their consoles need a protocol, and each browser has its own.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use corsac_fetch::UserAgent;
use corsac_wire::observed::CorsError;

pub(crate) mod console;

mod cdp;
mod chromium;
mod firefox;
mod marionette;
mod process;
mod webkit;

/// Which browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Browser {
    /// Debian's `chromium`.
    Chromium,
    /// Debian's `firefox-esr`.
    Firefox,
    /// `MiniBrowser` of Debian's WebKitGTK.
    Webkit,
}

impl Browser {
    /// The profile that the browser half plays it with.
    #[must_use]
    pub const fn user_agent(self) -> UserAgent {
        match self {
            Self::Chromium => UserAgent::Chromium,
            Self::Firefox => UserAgent::Firefox,
            Self::Webkit => UserAgent::WebKit,
        }
    }

    /// Its name on the command line and in lines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        corsac_wire::simulate::name(self.user_agent())
    }

    /// The major version that the profile was measured with.
    #[must_use]
    pub const fn measured_version(self) -> &'static str {
        match self {
            Self::Chromium => "156",
            Self::Firefox => "153",
            Self::Webkit => "2.50",
        }
    }
}

/// Something that the browser told beside its pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Told {
    /// When, in milliseconds since 1970.
    pub(crate) at_ms: Option<f64>,
    /// The URL that it names beside the text.
    pub(crate) url: Option<String>,
    /// The line that it belongs to, where the order tells.
    pub(crate) line: Option<String>,
    /// What it is.
    pub(crate) fact: Fact,
}

/// What a browser can tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Fact {
    /// Nothing of interest.
    #[default]
    Nothing,
    /// A line on the console.
    Text(String),
    /// A line on Firefox's console, with its category.
    Categorised(String, String),
    /// Chromium's reason for a failed load.
    CorsError(CorsError),
    /// Chromium's name for a failed load.
    NetError(String),
}

/// A running browser. Dropping it ends it.
pub(crate) struct Driver {
    version: String,
    heard: Heard,
    protocol: Protocol,
}

enum Protocol {
    Chromium(chromium::Chromium),
    Firefox(firefox::Firefox),
    Webkit(#[expect(dead_code, reason = "held for its processes")] webkit::Webkit),
}

impl Driver {
    /// Start the browser on a page. `scratch` is an empty folder of its own.
    pub(crate) async fn start(
        browser: Browser,
        scratch: &Path,
        authority: &[u8],
        url: &str,
    ) -> anyhow::Result<Self> {
        let heard = Heard::default();
        let (version, protocol) = match browser {
            Browser::Chromium => {
                let chromium = chromium::Chromium::start(scratch, url, &heard).await?;
                (chromium.version.clone(), Protocol::Chromium(chromium))
            }
            Browser::Firefox => {
                let firefox = firefox::Firefox::start(scratch, authority, url).await?;
                (firefox.version.clone(), Protocol::Firefox(firefox))
            }
            Browser::Webkit => {
                let webkit = webkit::Webkit::start(scratch, url, &heard).await?;
                (webkit.version.clone(), Protocol::Webkit(webkit))
            }
        };
        Ok(Self {
            version,
            heard,
            protocol,
        })
    }

    /// Its version, as it says it.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// What it told since the last time.
    pub(crate) async fn told(&mut self) -> anyhow::Result<Vec<Told>> {
        match &mut self.protocol {
            Protocol::Chromium(chromium) => chromium.settle().await?,
            Protocol::Firefox(firefox) => return firefox.told().await,
            Protocol::Webkit(_) => tokio::time::sleep(webkit::SETTLE).await,
        }
        Ok(self.heard.take())
    }
}

/// What a browser told that nobody has taken yet.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<Told>>>);

impl Heard {
    fn push(&self, told: Told) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(told);
    }

    fn take(&self) -> Vec<Told> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
