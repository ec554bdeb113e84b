//! The smallest scenario that still shows a disagreement: parts are left out or made plain, as long as
//! the browser and the browser half go on to disagree in the same way.

mod answers;
mod candidates;
mod chain;
mod requests;

use std::collections::BTreeSet;
use std::fmt;

use anyhow::{Context as _, anyhow};
use corsac_wire::observed::ObservedLine;
use corsac_wire::scenario::OwnedLine;
use corsac_wire::simulate::{LineOutcome, Options, simulate};

use crate::driver::Browser;
use crate::observe::Observe;
use crate::renamed::renamed;
use crate::verdict::judge;

/// What makes two disagreements the same: the browser, the field, and why the browser half says no.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class {
    /// The browser.
    pub browser: Browser,
    /// The first field in question, without numbers of steps and requests.
    pub field: String,
    /// The code of the browser half's reason, or its outcome where it has none.
    pub reason: String,
}

impl Class {
    /// The class of a line that was played in this browser; `None` when there is no disagreement.
    ///
    /// # Errors
    /// When the line cannot be simulated, or does not say what the browser did.
    pub fn of(line: &OwnedLine, browser: Browser) -> anyhow::Result<Option<Self>> {
        let disagreements = judge(line, browser.user_agent())?;
        let Some(first) = disagreements.first() else {
            return Ok(None);
        };
        Ok(Some(Self {
            browser,
            field: without_numbers(&first.field),
            reason: reason(line, browser)?,
        }))
    }
}

impl fmt::Display for Class {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}: {} ({})",
            self.browser.name(),
            self.field,
            self.reason
        )
    }
}

/// The smallest line of this class that simplifying this one leads to, with what the browser did.
///
/// # Errors
/// When the browser fails for good.
pub async fn smallest(
    line: &OwnedLine,
    class: &Class,
    browser: &mut impl Observe,
) -> anyhow::Result<OwnedLine> {
    let mut best = line.clone();
    let mut tried = BTreeSet::new();
    for round in 0..MOST_ROUNDS {
        let cost = cost(&best);
        let mut simpler: Vec<OwnedLine> = candidates::candidates(&best)
            .into_iter()
            .filter(|candidate| self::cost(candidate) < cost && tried.insert(candidate.to_json()))
            .collect();
        simpler.sort_by_key(self::cost);
        match first_of_class(simpler, class, browser, round).await? {
            Some(smaller) => best = smaller,
            None => break,
        }
    }
    Ok(best)
}

/// The first of these lines that shows the disagreement.
async fn first_of_class(
    lines: Vec<OwnedLine>,
    class: &Class,
    browser: &mut impl Observe,
    round: usize,
) -> anyhow::Result<Option<OwnedLine>> {
    let name = class.browser.name();
    for (group, lines) in lines.chunks(AT_ONCE).enumerate() {
        // Paths of their own, because the browser may have kept what it got for others.
        let played: Vec<OwnedLine> = lines
            .iter()
            .enumerate()
            .map(|(number, line)| renamed(line, &format!("{}-s{round}-{group}-{number}", line.id)))
            .collect::<anyhow::Result<_>>()?;
        let observed = browser.observe(&played).await?;
        for ((line, played), observed) in lines.iter().zip(played).zip(observed) {
            let seen = renamed(&with_observed(played, name, observed), &line.id)?;
            // What cannot be simulated any more is no scenario.
            if Class::of(&seen, class.browser).is_ok_and(|found| found.as_ref() == Some(class)) {
                return Ok(Some(seen));
            }
        }
    }
    Ok(None)
}

fn with_observed(mut line: OwnedLine, name: &str, observed: ObservedLine) -> OwnedLine {
    line.observed.clear();
    line.observed.insert(name.to_owned(), observed);
    line
}

/// How far a line is from the plainest one: its length, and something for every part that is not as
/// readers expect it.
fn cost(line: &OwnedLine) -> usize {
    let mut plain = line.clone();
    plain.observed.clear();
    plain.to_json().len() + PER_ODDITY * candidates::oddities(line)
}

fn reason(line: &OwnedLine, browser: Browser) -> anyhow::Result<String> {
    let json = line.to_json();
    let options = Options {
        user_agent: browser.user_agent(),
        trace: false,
    };
    let simulated = simulate(json.as_bytes(), options).map_err(|error| anyhow!("{}: {error}", line.id))?;
    let fetch = match &simulated.outcome {
        LineOutcome::Scenario(outcome) => &outcome.fetch,
        LineOutcome::Sequence(outcome) => {
            let fetches = outcome.steps.iter().flat_map(|step| &step.fetches);
            let refused = fetches.clone().find(|fetch| fetch.reason.is_some());
            refused
                .or_else(|| fetches.clone().next())
                .context("a sequence without steps")?
        }
    };
    Ok(match &fetch.reason {
        Some(reason) => reason.code.clone(),
        None => format!("{:?}", fetch.outcome).to_lowercase(),
    })
}

/// `steps[2].wire` as `steps[].wire`.
fn without_numbers(field: &str) -> String {
    field
        .chars()
        .filter(|character| !character.is_ascii_digit())
        .collect()
}

const MOST_ROUNDS: usize = 40;

/// So many candidates are played before one is chosen.
const AT_ONCE: usize = 40;

const PER_ODDITY: usize = 30;
