//! A process and all its children, ended together.

use std::process::Stdio;

use anyhow::Context as _;
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};

/// A running process that leads a process group. It is ended when this is dropped.
pub(super) struct Process(Child);

impl Process {
    /// Start it with pipes on all three standard streams.
    pub(super) fn start(command: &mut Command) -> anyhow::Result<Self> {
        let child = command
            .process_group(0)
            .kill_on_drop(true)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", command.as_std().get_program().display()))?;
        Ok(Self(child))
    }

    pub(super) fn stdin(&mut self) -> anyhow::Result<ChildStdin> {
        self.0.stdin.take().context("the standard input is taken")
    }

    pub(super) fn stdout(&mut self) -> anyhow::Result<ChildStdout> {
        self.0.stdout.take().context("the standard output is taken")
    }

    pub(super) fn stderr_lines(&mut self) -> anyhow::Result<Lines<BufReader<ChildStderr>>> {
        let stderr = self.0.stderr.take().context("the standard error is taken")?;
        Ok(BufReader::new(stderr).lines())
    }

    /// Read what it prints without keeping it: a full pipe would stop it.
    pub(super) fn drain(&mut self) {
        if let Some(mut stdout) = self.0.stdout.take() {
            tokio::spawn(async move { tokio::io::copy(&mut stdout, &mut tokio::io::sink()).await });
        }
        if let Some(mut stderr) = self.0.stderr.take() {
            tokio::spawn(async move { tokio::io::copy(&mut stderr, &mut tokio::io::sink()).await });
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let group = self
            .0
            .id()
            .and_then(|id| i32::try_from(id).ok())
            .and_then(Pid::from_raw);
        if let Some(group) = group {
            // It may have ended by itself.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}
