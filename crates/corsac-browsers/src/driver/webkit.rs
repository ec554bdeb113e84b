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
    if let Some((_, id)) = line.split_once("CONSOLE LOG corsac ") {
        *playing = Some(id.to_owned());
    } else if let Some(text) = text_of(line) {
        heard.push(Told {
            line: playing.clone(),
            fact: Fact::Text(text.to_owned()),
            ..Told::default()
        });
    }
}

/// `CONSOLE SOURCE LEVEL text`, after the place in a script where there is one: `URL:1:2: CONSOLE …`.
fn text_of(line: &str) -> Option<&str> {
    let (place, rest) = line.split_once("CONSOLE ")?;
    let is_console = place.is_empty() || place.ends_with(": ");
    rest.splitn(3, ' ').nth(2).filter(|_| is_console)
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

#[cfg(test)]
mod tests {
    use super::text_of;

    #[test]
    fn the_text_of_a_line_comes_after_its_source_and_level() {
        assert_eq!(text_of("CONSOLE SECURITY ERROR a b"), Some("a b"));
        assert_eq!(
            text_of("http://a.test/x.js:1:2: CONSOLE JS ERROR a b"),
            Some("a b")
        );
        assert_eq!(text_of("a CONSOLE b c d"), None);
        assert_eq!(text_of("a"), None);
    }
}
