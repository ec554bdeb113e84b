//! What an answer may cost at most, above the framework's bare service.

use crate::counts::{Count, Counts};
use crate::inner::Inner;
use crate::policies::List;
use crate::scenario::Scenario;
use crate::subjects::name;

/// The aim for a scenario.
pub struct Bar {
    pub list: List,
    pub scenario: Scenario,
    pub instructions: f64,
    pub times_lower_bound: f64,
    pub times_tower_http: f64,
}

const fn bar(list: List, scenario: Scenario, [instructions, bound, tower_http]: [f64; 3]) -> Bar {
    Bar {
        list,
        scenario,
        instructions,
        times_lower_bound: bound,
        times_tower_http: tower_http,
    }
}

/// For ten origins, and for one pattern.
pub const BARS: [Bar; 6] = [
    bar(List::Ten, Scenario::NoOrigin, [950.0, 1.25, 0.17]),
    bar(List::Ten, Scenario::ActualAllowed, [2150.0, 1.3, 0.32]),
    bar(List::Ten, Scenario::ActualRefused, [1200.0, 1.35, 0.21]),
    bar(List::Ten, Scenario::PreflightAllowed, [3600.0, 1.5, 0.63]),
    bar(List::Ten, Scenario::PreflightRefused, [1600.0, 1.5, 0.3]),
    bar(List::Subdomains, Scenario::ActualAllowed, [2600.0, 1.3, 0.37]),
];

/// What a hostile request may cost, seen from a preflight that is refused.
pub const HOSTILE: f64 = 1.25;

/// What 100,000 origins may cost, seen from ten.
pub const LONG_LIST: f64 = 1.05;

/// Ours in a scenario.
pub fn ours(counts: &Counts, framework: &str, list: List, scenario: Scenario) -> Count {
    let name = name(framework, "corsac-tower", list, Inner::None);
    counts
        .get(&name, scenario)
        .unwrap_or_else(|| panic!("{name} is not measured"))
}

/// How many instructions another middleware takes.
pub fn other(counts: &Counts, middleware: &str, list: List, scenario: Scenario) -> f64 {
    let name = name("tower", middleware, list, Inner::None);
    counts
        .get(&name, scenario)
        .unwrap_or_else(|| panic!("{name} is not measured"))
        .instructions
}
