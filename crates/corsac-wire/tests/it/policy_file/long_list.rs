//! A long list with a few mistakes in it.

use std::fmt::Write as _;

use corsac_wire::policy_file;

#[test]
fn ten_mistakes_among_a_hundred_thousand_origins_are_ten_errors_in_order() {
    let mut source =
        String::from("version = 1\n[[policy]]\nname = \"a\"\npaths = [\"/*\"]\nallow_origins = [\n");
    for number in 0..100_000 {
        let slash = if number % 10_000 == 5_000 { "/" } else { "" };
        let _ = writeln!(source, "  \"https://tenant-{number}.example.com{slash}\",");
    }
    source.push_str("]\n");
    let errors = policy_file::read(&source, "corsac.toml").unwrap_err();
    let found: Vec<_> = errors
        .reports()
        .map(|report| (report.is_error(), report.name(), report.line()))
        .collect();
    let expected: Vec<_> = (0..10)
        .map(|mistake| (true, "origin-path", 6 + 5_000 + 10_000 * mistake))
        .collect();
    assert_eq!(found, expected);
}
