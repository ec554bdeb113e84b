//! Counts allocations and bytes per answer.

use bench_decision::scenario::Scenario;
use bench_decision::subjects;

fn main() {
    for (subject, list, mut service) in subjects() {
        for scenario in Scenario::ALL {
            drop(service.call(scenario.request()));
            let request = scenario.request();
            let counted = allocation_counter::measure(|| drop(service.call(request)));
            let (count, bytes) = (counted.count_total, counted.bytes_total);
            println!("{subject}|{}|{}|{count}|{bytes}", list.name(), scenario.name());
        }
    }
}
