//! Every way to make a line simpler by one step.

use corsac_wire::scenario::{Answer, Api, OwnedLine, RequestFields};
use corsac_wire::sequence::{Phase, SequenceStep};

use super::{answers, chain, requests};

/// The line with one thing left out or made plain, in every way.
pub(super) fn candidates(line: &OwnedLine) -> Vec<OwnedLine> {
    let mut found = Vec::new();
    let mut add = |change: &dyn Fn(&mut OwnedLine)| {
        let mut changed = line.clone();
        changed.observed.clear();
        change(&mut changed);
        found.push(changed);
    };
    add(&|line| line.page_query = None);
    add(&|line| line.hosts.clear());
    if let Some(request) = &line.request {
        for simpler in requests::simpler(request) {
            add(&|line| line.request = Some(simpler.clone()));
        }
    }
    if let Some(server) = &line.server {
        for simpler in answers::simpler(server) {
            add(&|line| line.server = Some(simpler.clone()));
        }
    }
    for shorter in chain::shorter(line) {
        add(&|line| *line = shorter.clone());
    }
    if let Some(phases) = &line.phases {
        for simpler in simpler_phases(phases) {
            add(&|line| line.phases = Some(simpler.clone()));
        }
    }
    found
}

/// How many parts of a line are not as readers expect them.
pub(super) fn oddities(line: &OwnedLine) -> usize {
    let steps = || line.phases.iter().flatten().flat_map(|phase| &phase.steps);
    let requests = line
        .request
        .iter()
        .chain(steps().filter_map(|step| step.request.as_ref()));
    let hops = line.server.iter().flat_map(|server| &server.hops);
    let answers = hops.flat_map(|hop| hop.preflight.iter().chain(&hop.actual));
    requests.map(odd_parts).sum::<usize>()
        + answers.filter(|answer| is_odd(answer)).count()
        + steps()
            .filter(|step| step.wait_ms > 0 || step.via.is_some())
            .count()
}

fn odd_parts(request: &RequestFields) -> usize {
    let parts = [
        request
            .page_origin
            .as_deref()
            .is_some_and(|page| page != requests::PLAIN_PAGE),
        !request.url.starts_with(requests::PLAIN_SERVER),
        request.method != "GET",
        request.api != Api::Fetch,
    ];
    parts.into_iter().filter(|odd| *odd).count()
}

fn is_odd(answer: &Answer) -> bool {
    !matches!(answer.status, 200 | 204 | 302)
}

fn simpler_phases(phases: &[Phase]) -> Vec<Vec<Phase>> {
    let mut found = Vec::new();
    for (p, phase) in phases.iter().enumerate() {
        let mut add = |change: &dyn Fn(&mut Phase)| {
            let mut changed = phases.to_vec();
            if let Some(phase) = changed.get_mut(p) {
                change(phase);
            }
            found.push(changed);
        };
        add(&|phase| phase.page_origin = requests::PLAIN_PAGE.to_owned());
        for (s, step) in phase.steps.iter().enumerate() {
            if phase.steps.len() > 1 {
                add(&|phase| {
                    phase.steps.remove(s);
                });
            }
            for simpler in simpler_steps(step) {
                add(&|phase| {
                    if let Some(step) = phase.steps.get_mut(s) {
                        step.clone_from(&simpler);
                    }
                });
            }
        }
    }
    found
}

fn simpler_steps(step: &SequenceStep) -> Vec<SequenceStep> {
    let mut found = vec![
        SequenceStep {
            wait_ms: 0,
            ..step.clone()
        },
        SequenceStep {
            via: None,
            ..step.clone()
        },
    ];
    let requests = step.request.iter().flat_map(requests::simpler);
    found.extend(requests.map(|request| SequenceStep {
        request: Some(request),
        ..step.clone()
    }));
    let servers = answers::simpler(&step.server);
    found.extend(servers.into_iter().map(|server| SequenceStep {
        server,
        ..step.clone()
    }));
    found
}
