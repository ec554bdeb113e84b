//! Scenario and sequence lines for `corsac simulate`: one outcome that is JSON, or one error, for
//! each user agent.
#![no_main]

use corsac_fetch::UserAgent;
use corsac_wire::simulate::{Options, simulate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|line: &[u8]| {
    for user_agent in [
        UserAgent::Standard,
        UserAgent::Chromium,
        UserAgent::Firefox,
        UserAgent::WebKit,
    ] {
        let options = Options {
            user_agent,
            trace: true,
        };
        match simulate(line, options) {
            Ok(simulated) => {
                let json = serde_json::to_string(&simulated.outcome).expect("an outcome is JSON");
                assert!(!json.contains('\n'), "one outcome is one line");
            }
            Err(error) => assert!(!error.message().is_empty()),
        }
    }
});
