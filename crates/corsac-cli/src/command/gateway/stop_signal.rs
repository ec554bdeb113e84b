//! Running until Ctrl-C or SIGTERM, and ending well.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use corsac_gateway::Running;
use tokio::signal::ctrl_c;

/// Wait for the word to stop, let running requests finish, and for no longer than a second word.
///
/// # Errors
/// Signals cannot be waited for.
pub(crate) fn serve_until_stopped(running: Running) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .context("cannot wait for signals")?;
    runtime.block_on(async {
        stop_signal().await.context("cannot wait for signals")?;
        say("stopping: running requests have ten seconds (again to stop at once)");
        let stopped = tokio::task::spawn_blocking(move || running.stop(LONGEST_DRAIN));
        tokio::select! {
            cut = stopped => if let Ok(cut @ 1..) = cut {
                say(&format!("{cut} connections were cut"));
            },
            _ = stop_signal() => {}
        }
        anyhow::Ok(())
    })?;
    runtime.shutdown_background();
    Ok(ExitCode::SUCCESS)
}

#[cfg(unix)]
async fn stop_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn stop_signal() -> std::io::Result<()> {
    ctrl_c().await
}

fn say(text: &str) {
    // Nothing can be done about a closed stderr.
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

const LONGEST_DRAIN: Duration = Duration::from_secs(10);
