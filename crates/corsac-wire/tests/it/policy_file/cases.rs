//! Every file of `cases/policy-file` is read, and all that is printed is compared.

use std::fs;
use std::path::{Path, PathBuf};

use corsac_wire::policy_file;
use expect_test::expect_file;

#[test]
fn every_policy_file_gets_the_reports_that_its_case_shows() {
    for path in cases() {
        let source = fs::read_to_string(&path).unwrap();
        expect_file![path.with_extension("txt")].assert_eq(&reports(&source, &file_name(&path)));
    }
}

#[test]
fn crlf_line_ends_change_no_report() {
    for path in cases() {
        let name = file_name(&path);
        let source = fs::read_to_string(&path).unwrap();
        // In the syntax case the carriage return is itself part of what is wrong.
        if name != "syntax.toml" {
            assert_eq!(
                reports(&source.replace('\n', "\r\n"), &name),
                reports(&source, &name),
                "{name}"
            );
        }
    }
}

#[test]
fn a_byte_order_mark_changes_no_report() {
    for path in cases() {
        let name = file_name(&path);
        let source = fs::read_to_string(&path).unwrap();
        assert_eq!(
            reports(&format!("\u{feff}{source}"), &name),
            reports(&source, &name),
            "{name}"
        );
    }
}

#[test]
fn colours_change_nothing_but_colours() {
    for path in cases() {
        let source = fs::read_to_string(&path).unwrap();
        match policy_file::read(&source, &file_name(&path)) {
            Ok((_, warnings)) => {
                for warning in warnings {
                    let styled = warning.styled().to_string();
                    assert!(styled.contains("\u{1b}[1m\u{1b}[33mwarning"), "{styled}");
                    assert_eq!(
                        anstream::adapter::strip_str(&styled).to_string(),
                        warning.to_string()
                    );
                }
            }
            Err(errors) => {
                let styled = errors.styled().to_string();
                assert!(styled.contains("\u{1b}[1m\u{1b}[91merror"), "{styled}");
                assert_eq!(
                    anstream::adapter::strip_str(&styled).to_string(),
                    errors.to_string()
                );
            }
        }
    }
}

#[test]
fn nothing_that_a_file_says_reaches_the_terminal_as_a_control_character() {
    for path in cases() {
        let source = fs::read_to_string(&path).unwrap();
        let text = reports(&source, &file_name(&path));
        assert!(
            !text
                .chars()
                .any(|character| character.is_control() && character != '\n' || character == '\u{202e}'),
            "{}",
            path.display()
        );
    }
}

fn reports(source: &str, file_name: &str) -> String {
    match policy_file::read(source, file_name) {
        Ok((table, warnings)) => {
            let mut text = String::new();
            for warning in warnings {
                text.push_str(&format!("{warning}\n\n"));
            }
            text.push_str(&format!("accepted: {} policies\n", table.policies().len()));
            text
        }
        Err(errors) => format!("{errors}\n"),
    }
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/policy-file");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    cases.sort();
    assert!(cases.len() > 15, "the cases are missing");
    cases
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
