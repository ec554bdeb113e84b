//! WebKitGTK: its `MiniBrowser` has no protocol, but writes the console to its standard error, in
//! order. Pages mark there where a scenario begins.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;
use tokio::time::timeout;

use super::process::Process;
use super::{Fact, Heard, Told};

/// A running MiniBrowser with its display.
pub(super) struct Webkit {
    pub(super) version: String,
    _browser: Process,
    _display: Process,
}

impl Webkit {
    pub(super) async fn start(scratch: &Path, url: &str, heard: &Heard) -> anyhow::Result<Self> {
        let program = minibrowser()?;
        let (display, number) = display().await?;
        let command = || {
            let mut command = Command::new(&program);
            for folder in ["HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
                command.env(folder, scratch);
            }
            command.env("DISPLAY", format!(":{number}")).envs(ENVIRONMENT);
            command
        };
        let version = command().arg("--version").output().await?;
        let version = String::from_utf8_lossy(&version.stdout);
        // `WebKitGTK 2.50.6 (build)`
        let version = version.split_whitespace().nth(1).unwrap_or_default().to_owned();
        let mut browser = Process::start(command().args(ARGUMENTS).arg(url))?;
        let mut lines = browser.stderr_lines()?;
        browser.drain();
        let heard = heard.clone();
        tokio::spawn(async move {
            let mut playing = None;
            while let Ok(Some(line)) = lines.next_line().await {
                hear(&line, &mut playing, &heard);
            }
        });
        Ok(Self {
            version,
            _browser: browser,
            _display: display,
        })
    }
}

/// A line of the console belongs to the scenario whose mark came last.
fn hear(line: &str, playing: &mut Option<String>, heard: &Heard) {
    let Some(text) = line.strip_prefix("CONSOLE ") else {
        return;
    };
    // `CONSOLE SOURCE LEVEL text`
    let Some(text) = text.splitn(3, ' ').nth(2) else {
        return;
    };
    match text.strip_prefix("corsac ") {
        Some(id) => *playing = Some(id.to_owned()),
        None => heard.push(Told {
            line: playing.clone(),
            fact: Fact::Text(text.to_owned()),
            ..Told::default()
        }),
    }
}

/// A display on a number that is free.
async fn display() -> anyhow::Result<(Process, String)> {
    let mut process = Process::start(Command::new("Xvfb").args([
        "-displayfd",
        "1",
        "-screen",
        "0",
        "800x600x24",
        "-nolisten",
        "tcp",
    ]))?;
    let mut lines = BufReader::new(process.stdout()?).lines();
    process.drain();
    let number = timeout(START, lines.next_line())
        .await
        .context("Xvfb did not start")??;
    let number = number.context("Xvfb ended")?;
    // Kept open: nothing more is written to it, but a closed pipe would end the display.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Ok((process, number))
}

/// Debian keeps the program where no PATH looks, below a folder for the machine's architecture.
fn minibrowser() -> anyhow::Result<PathBuf> {
    let libraries = Path::new("/usr/lib");
    let folders = std::fs::read_dir(libraries).context("there is no folder of libraries")?;
    folders
        .filter_map(|folder| Some(folder.ok()?.path().join("webkit2gtk-4.1/MiniBrowser")))
        .find(|program| program.exists())
        .context("WebKitGTK's MiniBrowser is not installed (Debian: libwebkit2gtk-4.1-0)")
}

const ARGUMENTS: [&str; 3] = [
    "--ignore-tls-errors",
    "--cookies-policy=always",
    "--enable-write-console-messages-to-stdout=true",
];

const ENVIRONMENT: [(&str, &str); 3] = [
    ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1"),
    ("WEBKIT_DISABLE_COMPOSITING_MODE", "1"),
    ("LIBGL_ALWAYS_SOFTWARE", "1"),
];

const START: Duration = Duration::from_secs(30);

/// So long after a result its console lines are read.
pub(super) const SETTLE: Duration = Duration::from_millis(100);
