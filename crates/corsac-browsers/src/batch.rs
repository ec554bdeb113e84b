//! Which lines share one load of a page: those of the same page with the same options, in order.
//!
//! Scenarios of a batch run one after another, so that what the console says belongs to one of
//! them. Sequences of a batch run side by side, because most of their time is waiting.

use std::collections::BTreeMap;
use std::time::Duration;

use corsac_wire::scenario::OwnedLine;
use corsac_wire::sequence::Phase;
use serde::Serialize;

use crate::origins::FRAMES_ARE_IN;

/// What decides about the page that a line needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageKey {
    /// The serialised origin of the page; `null` is an opaque one.
    pub origin: String,
    /// The page's options, as `page_query` of the line has them.
    pub page_query: String,
}

/// What one load of a page plays.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Batches are numbered, so that a page that was given up cannot be taken for the current one.
    pub number: u64,
    /// The page.
    pub page: PageKey,
    /// The lines, and of each the phase and the number of its first step.
    pub parts: Vec<Part>,
}

/// A line, or one phase of a sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which line, counted from 0.
    pub line: usize,
    /// Which phase of a sequence, counted from 0; 0 for a scenario.
    pub phase: usize,
}

/// What a page is told.
#[derive(Serialize)]
pub(crate) struct Work<'a> {
    /// How many of the parts run side by side.
    side_by_side: usize,
    /// Whether the page itself only holds the frame that plays.
    opaque: bool,
    page_query: &'a str,
    parts: Vec<WorkPart<'a>>,
}

#[derive(Serialize)]
struct WorkPart<'a> {
    id: &'a str,
    /// Its line, for scenarios.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<&'a OwnedLine>,
    /// Its phase, for sequences.
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<&'a Phase>,
    first_step: usize,
}

impl PageKey {
    /// The origin of the page itself: an opaque one is a frame in another page.
    #[must_use]
    pub fn top_level(&self) -> &str {
        match self.origin.as_str() {
            "null" => FRAMES_ARE_IN,
            origin => origin,
        }
    }
}

/// Group lines. The numbers of the batches begin at `first`.
#[must_use]
pub fn batches(lines: &[OwnedLine], first: u64) -> Vec<Batch> {
    let mut groups: BTreeMap<(Kind, PageKey), Vec<Part>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        let page_query = line.page_query.clone().unwrap_or_default();
        let part = |phase| Part { line: index, phase };
        match &line.phases {
            None => {
                let origin = line
                    .request
                    .as_ref()
                    .and_then(|request| request.page_origin.clone());
                let page = PageKey {
                    origin: origin.unwrap_or_default(),
                    page_query,
                };
                groups.entry((Kind::Scenarios, page)).or_default().push(part(0));
            }
            Some(phases) => {
                for (number, phase) in phases.iter().enumerate() {
                    let page = PageKey {
                        origin: phase.page_origin.clone(),
                        page_query: page_query.clone(),
                    };
                    let kind = match phases.len() == 1 && requests(phase) <= FEW_REQUESTS {
                        true => Kind::Sequences,
                        // The phases of a line stay in order, and what is big stays alone.
                        false => Kind::Alone(index, number),
                    };
                    groups.entry((kind, page)).or_default().push(part(number));
                }
            }
        }
    }
    let chunks = groups.into_iter().flat_map(|((kind, page), parts)| {
        let chunks: Vec<_> = parts.chunks(kind.most()).map(<[Part]>::to_vec).collect();
        chunks.into_iter().map(move |parts| (page.clone(), parts))
    });
    (first..)
        .zip(chunks)
        .map(|(number, (page, parts))| Batch { number, page, parts })
        .collect()
}

impl Batch {
    /// What the page of this batch is told.
    pub(crate) fn work<'a>(&'a self, lines: &'a [OwnedLine]) -> Work<'a> {
        let parts: Vec<WorkPart<'a>> = self
            .parts
            .iter()
            .filter_map(|part| {
                let line = lines.get(part.line)?;
                let phases = line.phases.as_deref().unwrap_or_default();
                let earlier = phases.get(..part.phase).unwrap_or_default();
                Some(WorkPart {
                    id: &line.id,
                    line: line.phases.is_none().then_some(line),
                    phase: phases.get(part.phase),
                    first_step: earlier.iter().map(|phase| phase.steps.len()).sum(),
                })
            })
            .collect();
        let is_sequences = parts.iter().all(|part| part.phase.is_some());
        Work {
            side_by_side: if is_sequences { parts.len() } else { 1 },
            opaque: self.page.origin == "null",
            page_query: &self.page.page_query,
            parts,
        }
    }
}

impl Batch {
    /// How long the steps of its parts wait, at the longest.
    pub(crate) fn waits(&self, lines: &[OwnedLine]) -> Duration {
        let of_part = |part: &Part| {
            let phases = lines.get(part.line)?.phases.as_ref()?;
            let steps = &phases.get(part.phase)?.steps;
            Some(steps.iter().map(|step| step.wait_ms).sum())
        };
        Duration::from_millis(self.parts.iter().filter_map(of_part).max().unwrap_or(0))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Scenarios,
    Sequences,
    Alone(usize, usize),
}

impl Kind {
    fn most(self) -> usize {
        match self {
            Self::Scenarios => MOST_SCENARIOS,
            Self::Sequences => MOST_SEQUENCES,
            Self::Alone(..) => 1,
        }
    }
}

fn requests(phase: &Phase) -> usize {
    let of_step = |step: &corsac_wire::sequence::SequenceStep| {
        usize::from(step.request.is_some()) + step.parallel.as_ref().map_or(0, Vec::len)
    };
    phase.steps.iter().map(of_step).sum()
}

const MOST_SCENARIOS: usize = 200;

/// Firefox keeps 100 preflights for all pages together, so few sequences run side by side.
const MOST_SEQUENCES: usize = 20;
const FEW_REQUESTS: usize = 6;
