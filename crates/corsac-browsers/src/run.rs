//! A run of one browser: play lines, judge them, and look twice at those that disagree.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use corsac_wire::compare::Disagreement;
use corsac_wire::observed::ObservedLine;
use corsac_wire::scenario::OwnedLine;

use crate::driver::Browser;
use crate::inside::Inside;
use crate::observe::Observe as _;
use crate::renamed::renamed;
use crate::shrink::{Class, smallest};
use crate::verdict::judge;

/// What came of a run.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many lines agree.
    pub passed: usize,
    /// The lines that disagree, each time that they were played.
    pub findings: Vec<Finding>,
    /// The lines with which the browser did different things when they were played again.
    pub unsteady: Vec<Finding>,
    /// How long it took.
    pub time: Duration,
}

/// A line with which the browser did something else than the browser half says.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The line, with what the browser did.
    pub line: OwnedLine,
    /// The fields in question.
    pub disagreements: Vec<Disagreement>,
}

/// What a run tells while it goes on.
pub trait Watch {
    /// A line was played, and judged.
    fn played(&mut self, line: &OwnedLine, agrees: bool);
}

/// Play these lines and judge them.
///
/// # Errors
/// When the browser fails for good, or a line cannot be simulated.
pub async fn run(
    inside: &mut Inside,
    lines: impl Iterator<Item = OwnedLine>,
    watch: &mut impl Watch,
) -> anyhow::Result<Tally> {
    let start = Instant::now();
    let browser = inside.browser();
    let mut tally = Tally::default();
    let mut suspects = Vec::new();
    let mut lines = lines.peekable();
    while lines.peek().is_some() {
        let chunk: Vec<OwnedLine> = lines.by_ref().take(CHUNK).collect();
        let mut judged = Ok(());
        inside
            .observe_each(&chunk, |index, observed| {
                let Some(line) = chunk.get(index) else { return };
                match finding(line, browser, observed) {
                    Ok(finding) => {
                        watch.played(&finding.line, finding.disagreements.is_empty());
                        match finding.disagreements.is_empty() {
                            true => tally.passed += 1,
                            false => suspects.push(finding),
                        }
                    }
                    Err(error) => judged = Err(error),
                }
            })
            .await?;
        judged?;
    }
    for (suspect, is_steady) in play_again(inside, suspects).await? {
        match is_steady {
            true => tally.findings.push(suspect),
            false => tally.unsteady.push(suspect),
        }
    }
    tally.time = start.elapsed();
    Ok(tally)
}

/// Whether the browser does the same again, twice.
async fn play_again(inside: &mut Inside, suspects: Vec<Finding>) -> anyhow::Result<Vec<(Finding, bool)>> {
    let browser = inside.browser();
    let mut suspects: Vec<(Finding, bool)> = suspects.into_iter().map(|suspect| (suspect, true)).collect();
    for repeat in 1..=REPEATS {
        // Other paths, because the browser may have cached what it got for the first ones.
        let lines: anyhow::Result<Vec<OwnedLine>> = suspects
            .iter()
            .map(|(suspect, _)| renamed(&suspect.line, &format!("{}-again{repeat}", suspect.line.id)))
            .collect();
        let lines = lines?;
        let observed = inside.observe(&lines).await?;
        for ((mut line, observed), (suspect, is_steady)) in lines.into_iter().zip(observed).zip(&mut suspects)
        {
            line.observed.insert(browser.name().to_owned(), observed);
            let again = renamed(&line, &suspect.line.id)?;
            *is_steady &= judge(&again, browser.user_agent())? == suspect.disagreements;
        }
    }
    Ok(suspects)
}

/// The smallest line of each class of disagreement, at most [`MOST_CLASSES`] of them.
///
/// # Errors
/// When the browser fails for good.
pub async fn shrink(inside: &mut Inside, findings: &[Finding]) -> anyhow::Result<Vec<(Class, OwnedLine)>> {
    let mut classes: BTreeMap<Class, &Finding> = BTreeMap::new();
    for finding in findings {
        if let Some(class) = Class::of(&finding.line, inside.browser())? {
            classes.entry(class).or_insert(finding);
        }
    }
    let mut shrunk = Vec::new();
    for (class, finding) in classes.into_iter().take(MOST_CLASSES) {
        let line = smallest(&finding.line, &class, inside).await?;
        shrunk.push((class, line));
    }
    Ok(shrunk)
}

fn finding(line: &OwnedLine, browser: Browser, observed: ObservedLine) -> anyhow::Result<Finding> {
    let mut line = line.clone();
    line.observed = BTreeMap::from([(browser.name().to_owned(), observed)]);
    // What holds for the old recordings alone, those without a seed, holds no more.
    line.seed.get_or_insert(0);
    let disagreements = judge(&line, browser.user_agent())?;
    Ok(Finding { line, disagreements })
}

/// So many lines are on their way to a browser at a time.
const CHUNK: usize = 1000;

const REPEATS: usize = 2;

/// So many classes of disagreement are shrunk.
pub const MOST_CLASSES: usize = 10;
