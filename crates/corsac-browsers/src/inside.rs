//! A browser runs inside namespaces of its own, and so does the process that plays lines for it.
//! Here are both ends of the pipe between that process and the one outside, which makes lines and
//! judges what came of them: JSON, one message a line.

use std::io::Write as _;

use anyhow::{Context as _, bail};
use corsac_wire::observed::ObservedLine;
use corsac_wire::scenario::OwnedLine;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout};
use tokio::sync::mpsc::unbounded_channel;

use crate::driver::Browser;
use crate::live::Live;
use crate::namespace;
use crate::observe::Observe;

/// What the inner process says.
#[derive(Serialize, Deserialize)]
enum Message {
    Ready { version: String },
    Observed { index: usize, line: ObservedLine },
    Done,
    Failed { error: String },
}

/// The inner process, as the outer one holds it. It ends when this is dropped.
pub struct Inside {
    browser: Browser,
    version: String,
    child: Child,
    to_inside: ChildStdin,
    from_inside: Lines<BufReader<ChildStdout>>,
}

impl Inside {
    /// Start this program again in namespaces of its own, with a browser.
    ///
    /// # Errors
    /// When the namespaces cannot be made, or the browser does not start.
    pub async fn start(browser: Browser) -> anyhow::Result<Self> {
        let program = std::env::current_exe()?;
        let mut child = namespace::command(&program)
            .args(["inside", browser.name()])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("`unshare` of util-linux is missing")?;
        let to_inside = child.stdin.take().context("no pipe to the inner process")?;
        let from_inside = child.stdout.take().context("no pipe from the inner process")?;
        let mut stderr = child.stderr.take();
        let mut inside = Self {
            browser,
            version: String::new(),
            child,
            to_inside,
            from_inside: BufReader::new(from_inside).lines(),
        };
        match inside.read().await {
            Ok(Some(Message::Ready { version })) => inside.version = version,
            Ok(Some(Message::Failed { error })) => bail!("{error}"),
            _ => bail!(no_namespaces(stderr).await),
        }
        if let Some(mut stderr) = stderr.take() {
            tokio::spawn(async move { tokio::io::copy(&mut stderr, &mut tokio::io::stderr()).await });
        }
        Ok(inside)
    }

    /// The browser's version, as it says it.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Which browser it is.
    #[must_use]
    pub fn browser(&self) -> Browser {
        self.browser
    }

    /// Play lines, and hear of each observation as it comes.
    ///
    /// # Errors
    /// When the browser fails for good.
    pub async fn observe_each(
        &mut self,
        lines: &[OwnedLine],
        mut observed: impl FnMut(usize, ObservedLine),
    ) -> anyhow::Result<()> {
        let mut message = serde_json::to_vec(lines)?;
        message.push(b'\n');
        self.to_inside.write_all(&message).await?;
        self.to_inside.flush().await?;
        loop {
            match self.read().await? {
                Some(Message::Observed { index, line }) => observed(index, line),
                Some(Message::Done) => return Ok(()),
                Some(Message::Failed { error }) => bail!("{error}"),
                Some(Message::Ready { .. }) => {}
                None => bail!(
                    "the process beside the browser ended: {:?}",
                    self.child.try_wait()?
                ),
            }
        }
    }

    async fn read(&mut self) -> anyhow::Result<Option<Message>> {
        let line = self.from_inside.next_line().await?;
        Ok(line.map(|line| serde_json::from_str(&line)).transpose()?)
    }
}

impl Observe for Inside {
    async fn observe(&mut self, lines: &[OwnedLine]) -> anyhow::Result<Vec<ObservedLine>> {
        let mut observed: Vec<Option<ObservedLine>> = vec![None; lines.len()];
        self.observe_each(lines, |index, line| {
            if let Some(place) = observed.get_mut(index) {
                *place = Some(line);
            }
        })
        .await?;
        let all: Option<Vec<ObservedLine>> = observed.into_iter().collect();
        all.context("a line has no observation")
    }
}

/// Why the inner process never came up.
async fn no_namespaces(stderr: Option<ChildStderr>) -> String {
    let mut said = String::new();
    if let Some(mut stderr) = stderr {
        // What can be read is shown.
        let _ = stderr.read_to_string(&mut said).await;
    }
    format!(
        "a browser needs network, mount and process namespaces of its own, and `unshare` could not make them \
         (run as root, or allow unprivileged user namespaces): {}",
        said.trim()
    )
}

/// Be the inner process: play what comes in on standard input until it ends.
///
/// # Errors
/// When messages cannot be read or written. What goes wrong with the browser is a message.
pub async fn serve(browser: Browser) -> anyhow::Result<()> {
    let (sender, mut messages) = unbounded_channel::<Vec<OwnedLine>>();
    tokio::spawn(async move {
        let mut lines = BufReader::new(tokio::io::stdin()).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            let Ok(lines) = serde_json::from_str(&line) else {
                break;
            };
            if sender.send(lines).is_err() {
                break;
            }
        }
        // The outer process is done, or gone. Nothing that runs in here outlives this one.
        std::process::exit(0);
    });
    let live = async {
        let scratch = namespace::prepare().await?;
        Live::start(browser, scratch).await
    };
    let mut live = match live.await {
        Ok(live) => live,
        Err(error) => return say_failed(&error),
    };
    say(&Message::Ready {
        version: live.version().to_owned(),
    })?;
    while let Some(lines) = messages.recv().await {
        let mut said = Ok(());
        let observed = live.observe(&lines, |index, line| {
            if said.is_ok() {
                said = say(&Message::Observed { index, line });
            }
        });
        if let Err(error) = observed.await {
            return say_failed(&error);
        }
        said?;
        say(&Message::Done)?;
    }
    Ok(())
}

fn say_failed(error: &anyhow::Error) -> anyhow::Result<()> {
    say(&Message::Failed {
        error: format!("{error:#}"),
    })
}

fn say(message: &Message) -> anyhow::Result<()> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(&line)?;
    stdout.flush()?;
    Ok(())
}
