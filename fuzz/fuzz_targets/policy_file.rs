//! Policy files: whatever is read is refused with errors that can be printed, or survives being
//! written and read again.
#![no_main]

use corsac_wire::policy_file;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match policy_file::read_bytes(bytes, "corsac.toml") {
        Err(errors) => {
            assert!(
                errors.reports().any(policy_file::Report::is_error),
                "there is an error to show"
            );
            assert!(!errors.to_string().is_empty());
        }
        Ok((table, warnings)) => {
            assert!(
                !warnings.iter().any(policy_file::Report::is_error),
                "an error is not a warning"
            );
            let drafts: Vec<_> = table.policies().iter().map(corsac::Policy::to_draft).collect();
            let written = policy_file::write(&drafts);
            let again = policy_file::read(&written, "written.toml");
            let (again, _) = again.unwrap_or_else(|errors| panic!("cannot read again:\n{written}\n{errors}"));
            assert_eq!(again, table, "{written}");
        }
    }
});
