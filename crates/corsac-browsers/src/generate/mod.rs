//! Scenarios from a seed.
//!
//! A scenario begins as an exchange that works. Its topic then changes it in the way that the topic
//! is about, mostly in one place, so that the request gets as far as that place; now and then a second
//! topic changes it once more. The same seed and number give the same scenario, whatever else is made.

mod bodies;
mod draft;
mod elements;
mod expose_headers;
mod grants;
mod local_network;
mod modes;
mod preflights;
mod random;
mod redirects;
mod referrers;
mod request_headers;
mod resource_policies;
mod sequences;
mod targets;
mod topic;

use corsac_fetch::UserAgent;
use corsac_wire::scenario::OwnedLine;

use draft::Draft;
use random::Random;
pub use topic::{Topic, Topics};

/// The scenario of this number.
///
/// The browser only decides what is left out because that browser cannot do it.
#[must_use]
pub fn scenario(seed: u64, index: u64, topics: &Topics, browser: UserAgent) -> OwnedLine {
    let mut random = Random::of_scenario(seed, index);
    let topic = random.weighted(&topics.weighted());
    let id = format!("g{seed}-{index:05}");
    if topic == Topic::Sequences {
        return sequences::line(id, seed, browser, &mut random);
    }
    let mut draft = Draft::new(id, browser, &mut random);
    vary(topic, &mut draft, &mut random);
    if topic.mixes() && random.chance(20) {
        let second = random.weighted(&topics.weighted());
        if second.mixes() && second != topic {
            vary(second, &mut draft, &mut random);
        }
    }
    draft.into_line(seed)
}

fn vary(topic: Topic, draft: &mut Draft, random: &mut Random) {
    match topic {
        Topic::Grants => grants::vary(draft, random),
        Topic::Preflights => preflights::vary(draft, random),
        Topic::RequestHeaders => request_headers::vary(draft, random),
        Topic::Modes => modes::vary(draft, random),
        Topic::Redirects => redirects::vary(draft, random),
        Topic::Referrers => referrers::vary(draft, random),
        Topic::Bodies => bodies::vary(draft, random),
        Topic::Targets => targets::vary(draft, random),
        Topic::ExposeHeaders => expose_headers::vary(draft, random),
        Topic::ResourcePolicies => resource_policies::vary(draft, random),
        Topic::Elements => elements::vary(draft, random),
        Topic::LocalNetwork => local_network::vary(draft, random),
        // These have no single request; `scenario` makes them.
        Topic::Sequences => {}
    }
}

#[cfg(test)]
mod tests {
    use corsac_wire::observed::ObservedLine;
    use corsac_wire::simulate::{Options, simulate};

    use super::*;

    #[test]
    fn a_scenario_depends_on_its_seed_and_number_alone() {
        let topics = Topics::default();
        let line = |seed, index| scenario(seed, index, &topics, UserAgent::Chromium);
        assert_eq!(line(1, 7), line(1, 7));
        assert_ne!(line(1, 7).request, line(1, 8).request);
        assert_ne!(line(1, 7).request, line(2, 7).request);
        assert_eq!(line(1, 7).id, "g1-00007");
    }

    /// A change of the generator changes what a seed stands for, in CI and in notes: it shows here.
    #[test]
    fn the_scenarios_of_a_seed_are_these() {
        let topics = Topics::default();
        let lines = (0..200).map(|index| scenario(1, index, &topics, UserAgent::Chromium).to_json());
        let sum = lines.flat_map(String::into_bytes).fold(FNV_BASIS, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(FNV_PRIME)
        });
        assert_eq!(format!("{sum:016x}"), "651d0ad0b2726684");
    }

    #[test]
    fn every_topic_makes_lines_that_the_browser_half_can_run() {
        for topic in Topic::ALL {
            for browser in BROWSERS {
                for index in 0..300 {
                    let mut line = scenario(3, index, &Topics::new(&[topic]), browser);
                    // What is recorded decides what listens.
                    let nothing = ObservedLine::Fetch(Box::default());
                    line.observed.insert(String::from("none"), nothing);
                    let json = line.to_json();
                    let options = Options {
                        user_agent: browser,
                        trace: false,
                    };
                    if let Err(error) = simulate(json.as_bytes(), options) {
                        panic!("{topic:?}: {error}: {json}");
                    }
                }
            }
        }
    }

    const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const FNV_PRIME: u64 = 0x0100_0000_01b3;

    const BROWSERS: [UserAgent; 3] = [UserAgent::Chromium, UserAgent::Firefox, UserAgent::WebKit];
}
