//! One file per subcommand. `run` returns the exit code of DESIGN.md section 6: 0 clean, 1
//! findings, 2 usage or configuration, 3 target not reached.

use std::io::{self, Write as _};
use std::process::ExitCode;

use anyhow::Context as _;

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod gateway;
pub(crate) mod man;
pub(crate) mod rule;
pub(crate) mod simulate;
pub(crate) mod user_agent;

/// Print an error that ended a command, with what caused it, and give exit code 2.
pub(crate) fn report_error(error: &anyhow::Error) -> ExitCode {
    let mut stderr = anstream::stderr().lock();
    // Nothing can be done about a closed stderr.
    let _ = writeln!(stderr, "error: {error:#}");
    ExitCode::from(2)
}

/// Write to stdout. That its reader went away is no error.
pub(crate) fn write_out(bytes: &[u8]) -> anyhow::Result<ExitCode> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("cannot write the output")
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}
