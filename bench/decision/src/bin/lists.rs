//! What a long list of origins costs to build and to keep.

use std::time::{Duration, Instant};

use corsac::{OriginEntry, Policy, PolicyDraft};

const COUNT: usize = 100_000;

fn main() {
    println!("| list of {COUNT} | build, ms (least of 5) | kept, bytes per entry |");
    println!("|---|---|---|");
    for (name, prefix) in [
        ("exact origins", "https://"),
        ("sub-domain patterns", "https://*."),
    ] {
        let draft = PolicyDraft {
            allow_origins: (0..COUNT)
                .map(|number| OriginEntry::from(format!("{prefix}tenant-{number}.customers.example")))
                .collect(),
            ..PolicyDraft::new("bench")
        };
        let mut least = Duration::MAX;
        let mut policy = None;
        for _ in 0..5 {
            let draft = draft.clone();
            let start = Instant::now();
            policy = Some(Policy::build(draft).unwrap());
            least = least.min(start.elapsed());
        }
        // Dropping one frees what it keeps.
        let freed = allocation_counter::measure(|| drop(policy.take()));
        let kept = -freed.bytes_current as f64 / COUNT as f64;
        println!("| {name} | {:.1} | {kept:.1} |", least.as_secs_f64() * 1000.0);
    }
}
