//! Arbitrary requests and answers through `corsac-fetch`: it ends, preflights carry no credentials,
//! and nothing is shared that a second reading of the CORS check refuses.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(sentence) = corsac_cases::arbitrary_exchange::run(bytes) {
        panic!("{sentence}");
    }
});
