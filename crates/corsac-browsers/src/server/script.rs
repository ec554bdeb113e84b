//! What the servers play: the answers of each line by its id, and what arrived for it.

use std::collections::BTreeMap;

use corsac_wire::observed::ObservedRequest;
use corsac_wire::outcome::RequestKind;
use corsac_wire::scenario::{Answer, OwnedLine, Server};

use super::arrivals::{observe, steps_of};
use super::request::Head;

/// The lines that are being played, by id.
#[derive(Default)]
pub(crate) struct Scripts(BTreeMap<String, Script>);

/// One line.
struct Script {
    /// The answers of each step; a scenario is one step.
    servers: Vec<Server>,
    /// The step that is going on.
    step: usize,
    /// What arrived in each step.
    arrivals: Vec<Played>,
}

/// What arrived in one step, in order.
pub(crate) type Played = Vec<ObservedRequest>;

impl Scripts {
    /// Play a line from its beginning.
    pub(crate) fn play(&mut self, line: &OwnedLine) {
        let servers = steps_of(line);
        let arrivals = vec![Vec::new(); servers.len()];
        let script = Script {
            servers,
            step: 0,
            arrivals,
        };
        self.0.insert(line.id.clone(), script);
    }

    /// Play a line no more; what arrived in each of its steps.
    pub(crate) fn end(&mut self, id: &str) -> Vec<Played> {
        self.0
            .remove(id)
            .map(|script| script.arrivals)
            .unwrap_or_default()
    }

    /// A step of a line begins.
    pub(super) fn begin_step(&mut self, id: &str, step: usize) {
        if let Some(script) = self.0.get_mut(id) {
            script.step = step;
        }
    }

    /// What arrived for a line.
    pub(super) fn arrivals(&self, id: &str) -> &[Played] {
        self.0.get(id).map_or(&[], |script| &script.arrivals)
    }

    /// Note a request. `None`: its path is no scenario's. `Some(None)`: nothing answers it.
    pub(super) fn arrived(&mut self, head: &Head) -> Option<Option<Answer>> {
        let (id, hop) = place(&head.target)?;
        let Some(script) = self.0.get_mut(id) else {
            return Some(None);
        };
        let observed = observe(head, hop);
        let answers = script
            .servers
            .get(script.step)
            .and_then(|server| server.answers(hop));
        let answer = answers.and_then(|(preflight, actual)| match observed.kind {
            RequestKind::Preflight => preflight.cloned(),
            RequestKind::Actual => actual.cloned(),
        });
        if let Some(arrivals) = script.arrivals.get_mut(script.step) {
            arrivals.push(observed);
        }
        Some(answer)
    }
}

/// The id and hop of a path `/s/<id>/<hop>`; a hop that is no number counts as 0.
fn place(target: &str) -> Option<(&str, usize)> {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let mut segments = path.strip_prefix("/s/")?.split('/');
    let id = segments.next()?;
    let hop = segments.next()?.parse().unwrap_or(0);
    Some((id, hop))
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_path_names_a_line_and_a_hop() {
        assert_eq!(place("/s/m1/2?x#y"), Some(("m1", 2)));
        assert_eq!(place("/s/m1/x/9"), Some(("m1", 0)));
        assert_eq!(place("/s/m1"), None);
        assert_eq!(place("/ctl/next"), None);
    }
}
