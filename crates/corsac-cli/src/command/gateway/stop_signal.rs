//! Running until Ctrl-C or SIGTERM, and ending well.

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use corsac_gateway::Running;
use tokio::runtime::Runtime;

/// Ctrl-C and SIGTERM, caught from here on.
pub(crate) struct StopSignals {
    runtime: Runtime,
    signals: Signals,
}

/// How far an ending gateway is.
#[derive(Clone, Copy)]
pub(crate) enum Stopping {
    /// Nothing new is accepted; running requests have so long.
    Begun(Duration),
    /// Everything is closed; so many connections were cut.
    Done { cut: usize },
}

impl StopSignals {
    /// # Errors
    /// The system does not let signals be caught.
    pub(crate) fn catch() -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()
            .context("cannot wait for signals")?;
        let signals = runtime
            .block_on(async { Signals::catch() })
            .context("cannot wait for signals")?;
        Ok(Self { runtime, signals })
    }

    /// Wait for the word to stop, then let running requests finish, but for no longer than
    /// `longest`, nor longer than until a second word.
    pub(crate) fn serve(mut self, running: Running, longest: Duration, say: impl Fn(Stopping)) {
        self.runtime.block_on(async {
            self.signals.next().await;
            say(Stopping::Begun(longest));
            let stopped = tokio::task::spawn_blocking(move || running.stop(longest));
            tokio::select! {
                cut = stopped => say(Stopping::Done { cut: cut.unwrap_or_default() }),
                () = self.signals.next() => {}
            }
        });
        // What still runs ends with the process.
        self.runtime.shutdown_background();
    }
}

/// Catch signals, and serve until one comes, with ten seconds for running requests.
///
/// # Errors
/// The system does not let signals be caught.
pub(crate) fn serve_until_stopped(running: Running) -> anyhow::Result<ExitCode> {
    StopSignals::catch()?.serve(running, Duration::from_secs(10), tell);
    Ok(ExitCode::SUCCESS)
}

/// Say it on standard error, for people.
pub(crate) fn tell(stopping: Stopping) {
    let text = match stopping {
        Stopping::Begun(longest) => {
            let seconds = longest.as_secs();
            format!("stopping; running requests may take {seconds} s more, again to stop at once")
        }
        Stopping::Done { cut: 0 } => "stopped".to_owned(),
        Stopping::Done { cut: 1 } => "stopped; 1 connection was cut".to_owned(),
        Stopping::Done { cut } => format!("stopped; {cut} connections were cut"),
    };
    // Nothing can be done about a closed stderr.
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn catch() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn catch() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn next(&mut self) {
        self.0.recv().await;
    }
}
