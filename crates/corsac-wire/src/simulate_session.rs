//! Many lines, one result each: what `corsac simulate` prints, and what it counts.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::compare::{Compared, compare};
use crate::compare_known::Known;
use crate::outcome::{ErrorFields, ErrorLine, VERSION};
use crate::simulate::{Options, Simulated, simulate};
use crate::simulate_error::LineError;
use crate::simulate_lines::{LONGEST_LINE, NumberedLine};

/// A run over lines.
#[derive(Debug)]
pub struct Session {
    options: Options,
    mode: SessionMode,
    counts: Counts,
    warned: BTreeSet<String>,
}

/// What is printed for each line.
#[derive(Debug)]
pub enum SessionMode {
    /// The outcome as JSON.
    Simulate,
    /// Every disagreement with what the line says a browser did.
    Compare {
        /// Disagreements that are known.
        known: Known,
        /// What is compared beyond what every recording says.
        compared: Compared,
    },
}

/// How many lines came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Lines that agree.
    pub passed: usize,
    /// Lines that disagree and are not known, or are known and agree again.
    pub failed: usize,
    /// Lines that disagree as is known.
    pub known: usize,
    /// Lines that do not say what this user agent did.
    pub unrecorded: usize,
    /// Lines that could not be used.
    pub malformed: usize,
}

impl Session {
    /// A run that has seen nothing yet.
    #[must_use]
    pub fn new(options: Options, mode: SessionMode) -> Self {
        Self {
            options,
            mode,
            counts: Counts::default(),
            warned: BTreeSet::new(),
        }
    }

    /// Run one line of a file; results go to `out`, what is wrong with the line to `errors`.
    ///
    /// # Errors
    /// Only when writing fails; a malformed line is counted and reported.
    pub fn line(
        &mut self,
        file: &str,
        line: &NumberedLine<'_>,
        out: &mut impl Write,
        errors: &mut impl Write,
    ) -> io::Result<()> {
        if line
            .bytes
            .is_some_and(|bytes| bytes.iter().all(u8::is_ascii_whitespace))
        {
            return Ok(());
        }
        let simulated = match line.bytes {
            Some(bytes) => simulate(bytes, self.options),
            None => Err(too_long()),
        };
        let result = match simulated {
            Ok(simulated) => {
                self.warn(file, line.number, &simulated, errors)?;
                self.report(&simulated, out)?
            }
            Err(error) => Err(error),
        };
        match result {
            Ok(()) => Ok(()),
            Err(error) => self.malformed(file, line.number, &error, out, errors),
        }
    }

    /// The counts so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Print the sum of a comparison.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(&self, out: &mut impl Write) -> io::Result<()> {
        if let SessionMode::Compare { .. } = self.mode {
            if self.counts.unrecorded > 0 {
                writeln!(
                    out,
                    "{} without a recording of this user agent",
                    self.counts.unrecorded
                )?;
            }
            if self.counts.known > 0 {
                writeln!(out, "{} known to disagree", self.counts.known)?;
            }
            writeln!(
                out,
                "{} passed, {} failed",
                self.counts.passed, self.counts.failed
            )?;
        }
        Ok(())
    }

    /// Warn of members that mean nothing, of each once.
    fn warn(
        &mut self,
        file: &str,
        number: u64,
        simulated: &Simulated<'_>,
        errors: &mut impl Write,
    ) -> io::Result<()> {
        for place in &simulated.unknown {
            let name = place.rsplit('.').next().unwrap_or(place);
            if self.warned.len() < WARNINGS && !self.warned.contains(name) {
                self.warned.insert(name.to_owned());
                writeln!(
                    errors,
                    "warning: {file}:{number}: {place} means nothing and is passed over"
                )?;
            }
        }
        Ok(())
    }

    fn report(
        &mut self,
        simulated: &Simulated<'_>,
        out: &mut impl Write,
    ) -> io::Result<Result<(), LineError>> {
        let (known, compared) = match &self.mode {
            SessionMode::Simulate => {
                serde_json::to_writer(&mut *out, &simulated.outcome)?;
                out.write_all(b"\n")?;
                return Ok(Ok(()));
            }
            SessionMode::Compare { known, compared } => (known.reason(&simulated.id), compared),
        };
        let disagreements = match compare(simulated, self.options.user_agent, compared) {
            Ok(Some(disagreements)) => disagreements,
            Ok(None) => {
                self.counts.unrecorded += 1;
                return Ok(Ok(()));
            }
            Err(error) => return Ok(Err(error)),
        };
        match (disagreements.is_empty(), known) {
            (true, None) => self.counts.passed += 1,
            (false, Some(_)) => self.counts.known += 1,
            (true, Some(reason)) => {
                self.counts.failed += 1;
                writeln!(out, "{}: agrees, but is listed as known: {reason}", simulated.id)?;
            }
            (false, None) => {
                self.counts.failed += 1;
                for disagreement in &disagreements {
                    writeln!(out, "{}: {disagreement}", simulated.id)?;
                }
            }
        }
        Ok(Ok(()))
    }

    fn malformed(
        &mut self,
        file: &str,
        number: u64,
        error: &LineError,
        out: &mut impl Write,
        errors: &mut impl Write,
    ) -> io::Result<()> {
        self.counts.malformed += 1;
        writeln!(errors, "error: {file}:{number}: {error}")?;
        if let SessionMode::Simulate = self.mode {
            let line = ErrorLine {
                version: VERSION,
                error: ErrorFields {
                    file,
                    line: number,
                    place: error.place(),
                    value: error.value(),
                    message: error.message(),
                },
            };
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

fn too_long() -> LineError {
    LineError::new(format!(
        "the line is longer than {} MiB",
        LONGEST_LINE / (1024 * 1024)
    ))
}

/// So many warnings are printed at most.
const WARNINGS: usize = 100;
