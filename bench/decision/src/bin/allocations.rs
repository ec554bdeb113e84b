//! Counts allocations and bytes of one answer: `allocations [ours]`.

use bench_decision::scenario::Scenario;
use bench_decision::subjects::Selection;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    for mut entry in Selection::of_arguments(&arguments).entries() {
        for scenario in Scenario::ALL {
            entry.subject.answer(scenario);
            let name = entry.name();
            entry.subject.run(scenario, &mut |run| {
                let counted = allocation_counter::measure(run);
                let (count, bytes) = (counted.count_total, counted.bytes_total);
                println!("{name}\t{}\t{count}\t{bytes}", scenario.name());
            });
        }
    }
}
