//! Prints the tables of `bench/RESULTS.md`: every subject in every scenario, and how ours stands to
//! its aims. Built with the feature `peers`; needs `valgrind`.

use bench_decision::bars::{BARS, other, ours};
use bench_decision::counts::Counts;
use bench_decision::inner::Inner;
use bench_decision::scenario::Scenario;
use bench_decision::subjects::{BARE, Selection};

fn main() {
    let counts = Counts::measure(Selection::All);
    aims(&counts);
    everything(&counts);
}

fn aims(counts: &Counts) {
    println!(
        "| list | request | instructions (aim) | x lower bound (aim) | x tower-http (aim) | allocations |"
    );
    println!("|---|---|---|---|---|---|");
    for bar in BARS {
        let count = ours(counts, "tower", bar.list, bar.scenario);
        let times = |middleware| count.instructions / other(counts, middleware, bar.list, bar.scenario);
        println!(
            "| {} | {} | {:.0} ({:.0}) | {:.2} ({}) | {:.2} ({}) | {} ({} B) |",
            bar.list.name(),
            bar.scenario.name(),
            count.instructions,
            bar.instructions,
            times("lower bound"),
            bar.times_lower_bound,
            times("tower-http"),
            bar.times_tower_http,
            count.allocations,
            count.bytes,
        );
    }
    println!();
}

/// Instructions, and allocations in brackets.
fn everything(counts: &Counts) {
    let names = Scenario::ALL.map(Scenario::name);
    println!("| middleware | list | {} |", names.join(" | "));
    println!("|---|---|{}", "---|".repeat(names.len()));
    for entry in Selection::All.entries() {
        if entry.middleware == BARE {
            continue;
        }
        let cells = Scenario::ALL.map(|scenario| match counts.get(&entry.name(), scenario) {
            Some(count) => format!("{:.0} ({})", count.instructions, count.allocations),
            None => String::new(),
        });
        let in_axum = if entry.framework == "axum" { " in axum" } else { "" };
        println!(
            "| {}{in_axum} | {}{} | {} |",
            entry.middleware,
            entry.list.name(),
            if entry.inner == Inner::Three {
                ", inner sets 3 headers"
            } else {
                ""
            },
            cells.join(" | ")
        );
    }
}
