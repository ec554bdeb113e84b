//! The policy of a gateway, from a file or from flags, and what is to be said of it.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use anyhow::Context as _;
use corsac::PolicyTable;
use corsac_diagnostics::render::printable;
use corsac_wire::policy_file;
use corsac_wire::policy_flags::PolicyFlags;

/// A policy and the warnings about it, or the errors that were reported instead.
pub(super) enum Read {
    Policies {
        table: PolicyTable,
        warnings: Vec<Warning>,
    },
    Refused,
}

/// Its name, and its text with colours.
pub(super) struct Warning {
    pub(super) name: &'static str,
    pub(super) text: String,
}

/// Read a policy file; what is wrong in it goes to standard error.
///
/// # Errors
/// The file cannot be read.
pub(super) fn from_file(path: &Path) -> anyhow::Result<Read> {
    let name = path.display().to_string();
    let source = read(path).with_context(|| format!("cannot read `{}`", printable(&name)))?;
    match policy_file::read_bytes(&source, &name) {
        Ok((table, reports)) => Ok(Read::Policies {
            table,
            warnings: reports
                .iter()
                .map(|report| Warning::new(report.name(), report.styled()))
                .collect(),
        }),
        Err(errors) => refuse(errors.styled()),
    }
}

/// The policy that flags describe; what is wrong with them goes to standard error.
pub(super) fn from_flags(flags: &PolicyFlags) -> anyhow::Result<Read> {
    match flags.read("command line") {
        Ok((table, reports)) => Ok(Read::Policies {
            table,
            warnings: reports
                .iter()
                .map(|report| Warning::new(report.name(), report.styled()))
                .collect(),
        }),
        Err(errors) => refuse(errors.styled()),
    }
}

impl Warning {
    fn new(name: &'static str, styled: impl Display) -> Self {
        Self {
            name,
            text: styled.to_string(),
        }
    }
}

fn refuse(errors: impl Display) -> anyhow::Result<Read> {
    // Nothing can be done about a closed stderr.
    let _ = writeln!(anstream::stderr().lock(), "{errors}");
    Ok(Read::Refused)
}

/// The file, or as much of it as is enough to see that it is too large.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Above the limit of a policy file, which `policy_file` reports.
const MAX_BYTES: u64 = policy_file::MAX_BYTES as u64 + 1;
