//! What a run prints: how far it is, each disagreement, and the sum.
//!
//! Results go to standard output, everything else to standard error.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a development tool talks to its terminal"
)]

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::Context as _;
use corsac_wire::scenario::OwnedLine;

use crate::driver::Browser;
use crate::run::{Tally, Watch};
use crate::shrink::Class;

/// The report of all browsers of a run.
pub struct Report {
    passed: Cell<usize>,
    failed: Cell<usize>,
    record: Option<RefCell<BufWriter<File>>>,
}

impl Report {
    /// An empty one. Every line that is played is written to `record`.
    ///
    /// # Errors
    /// When the file cannot be created.
    pub fn new(record: Option<&Path>) -> anyhow::Result<Self> {
        let create = |path: &Path| {
            let file = File::create(path).with_context(|| format!("cannot create {}", path.display()))?;
            anyhow::Ok(RefCell::new(BufWriter::new(file)))
        };
        Ok(Self {
            passed: Cell::new(0),
            failed: Cell::new(0),
            record: record.map(create).transpose()?,
        })
    }

    /// A browser has come up.
    pub fn started(&self, browser: Browser, version: &str, lines: usize) {
        let name = browser.name();
        eprintln!("{name} {version}: {lines} scenarios");
        let measured = browser.measured_version();
        if !version.starts_with(measured) {
            eprintln!("warning: the profile of {name} was measured with version {measured}");
        }
    }

    /// Follow the run of a browser.
    pub fn watch(&self, browser: Browser) -> impl Watch {
        Progress {
            report: self,
            browser,
            played: 0,
            disagree: 0,
        }
    }

    /// A browser is done: print what came of it.
    ///
    /// # Errors
    /// When results cannot be written.
    pub fn done(&self, browser: Browser, version: &str, tally: &Tally) -> anyhow::Result<()> {
        let name = browser.name();
        for finding in &tally.findings {
            for disagreement in &finding.disagreements {
                println!("{name}: {}: {disagreement}", finding.line.id);
            }
        }
        for finding in &tally.unsteady {
            for disagreement in &finding.disagreements {
                println!("{name}: {}: unsteady: {disagreement}", finding.line.id);
            }
        }
        println!(
            "{name} {version}: {} passed, {} failed, {} unsteady, {:.0} s",
            tally.passed,
            tally.findings.len(),
            tally.unsteady.len(),
            tally.time.as_secs_f64()
        );
        self.passed.set(self.passed.get() + tally.passed);
        self.failed.set(self.failed.get() + tally.findings.len());
        if let Some(record) = &self.record {
            record.borrow_mut().flush()?;
        }
        Ok(())
    }

    /// Print the smallest line of each class of disagreement, as it can be added to a case file.
    pub fn cases(&self, cases: &[(Class, OwnedLine)]) {
        for (class, line) in cases {
            println!("--- {class}; for cases/browsers/live.jsonl:");
            println!("{}", line.to_json());
            println!("---");
        }
    }

    /// All browsers are done: whether they agree.
    ///
    /// # Errors
    /// When results cannot be written.
    pub fn finish(&self) -> anyhow::Result<bool> {
        println!("{} passed, {} failed", self.passed.get(), self.failed.get());
        Ok(self.failed.get() == 0)
    }
}

struct Progress<'a> {
    report: &'a Report,
    browser: Browser,
    played: usize,
    disagree: usize,
}

impl Watch for Progress<'_> {
    fn played(&mut self, line: &OwnedLine, agrees: bool) {
        self.played += 1;
        self.disagree += usize::from(!agrees);
        if self.played.is_multiple_of(EVERY) {
            let name = self.browser.name();
            eprintln!("{name}: {} played, {} disagree", self.played, self.disagree);
        }
        if let Some(record) = &self.report.record {
            // A failure shows when the rest is written out.
            let _ = writeln!(record.borrow_mut(), "{}", line.to_json());
        }
    }
}

const EVERY: usize = 500;
