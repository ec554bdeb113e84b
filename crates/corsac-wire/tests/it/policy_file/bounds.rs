//! Files that are too large, too deep, or not text.

use corsac_wire::policy_file;

#[test]
fn a_file_of_more_than_16_mebibytes_is_refused_unread() {
    let source = "# ".repeat(9 << 20);
    let errors = policy_file::read(&source, "corsac.toml").unwrap_err();
    assert_eq!(
        errors.to_string(),
        "error[file-too-large]: the file has more than 16777216 bytes\n--> corsac.toml\n \
         = help: a policy file lists origins, methods and header names; is this the right file?\n\n\
         error: `corsac.toml` is refused: 1 error"
    );
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("{ a = ", " }")] {
        let depth = 100_000;
        let source = format!(
            "version = 1\npolicy = {}1{}\n",
            open.repeat(depth),
            close.repeat(depth)
        );
        let errors = policy_file::read(&source, "corsac.toml").unwrap_err();
        assert!(
            errors.reports().all(|report| report.name() == "invalid-toml"),
            "{open}"
        );
    }
    let source = format!("version = 1\n{} = 1\n", vec!["a"; 100_000].join("."));
    assert!(policy_file::read(&source, "corsac.toml").is_err());
}

#[test]
fn a_file_full_of_mistakes_prints_the_first_fifty() {
    let source = format!(
        "version = 1\n{}",
        (0..40_000).map(|i| format!("zz{i} = {i}\n")).collect::<String>()
    );
    let errors = policy_file::read(&source, "corsac.toml").unwrap_err();
    assert_eq!(
        errors.reports().filter(|report| report.is_error()).count(),
        40_000
    );
    let text = errors.to_string();
    assert!(
        text.ends_with("40000 errors and 1 warning; the first 50 are shown"),
        "{text}"
    );
}

#[test]
fn a_long_line_is_named_but_not_quoted() {
    let source = format!("version = 1\nname = \"{}\"\n", "x".repeat(100_000));
    let text = policy_file::read(&source, "corsac.toml").unwrap_err().to_string();
    assert!(text.len() < 1000, "{text}");
    assert!(text.contains("--> corsac.toml:2:1"), "{text}");
}

#[test]
fn a_long_value_is_cut_where_it_is_repeated() {
    let origin = format!("https://{}/", "x".repeat(100_000));
    let source = format!(
        "version = 1\n[[policy]]\nname = \"a\"\npaths = [\"/\"]\nallow_origins = [\n\"{origin}\",\n]\n"
    );
    let text = policy_file::read(&source, "corsac.toml").unwrap_err().to_string();
    assert!(text.len() < 1500, "{text}");
}

#[test]
fn bytes_that_are_not_utf_8_are_shown() {
    let errors = policy_file::read_bytes(b"version = 1\nname = \"caf\xe9\"\n", "corsac.toml").unwrap_err();
    let report = errors.reports().next().unwrap();
    assert_eq!((report.name(), report.line()), ("invalid-utf-8", 2));
}
