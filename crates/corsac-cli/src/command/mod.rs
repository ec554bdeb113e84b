//! One file per subcommand. `run` returns the exit code of DESIGN.md section 6: 0 clean, 1
//! findings, 2 usage or configuration, 3 target not reached.

use std::io::Write as _;
use std::process::ExitCode;

pub(crate) mod check;
pub(crate) mod demo;
pub(crate) mod gateway;
pub(crate) mod simulate;

/// Print an error that ended a command, with what caused it, and give exit code 2.
pub(crate) fn report_error(error: &anyhow::Error) -> ExitCode {
    let mut stderr = anstream::stderr().lock();
    // Nothing can be done about a closed stderr.
    let _ = writeln!(stderr, "error: {error:#}");
    ExitCode::from(2)
}
