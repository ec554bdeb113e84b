//! `corsac-cases` as a command: what it prints and how it exits.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// What a run gave: exit code, standard output, standard error.
fn run(files: &[(&str, &str)]) -> (i32, String, String) {
    let thread = std::thread::current();
    let name = thread.name().unwrap().replace("::", "-");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_corsac-cases"));
    command.current_dir(&folder);
    for (name, text) in files {
        if !text.is_empty() {
            fs::write(folder.join(name), text).unwrap();
        }
        command.arg(name);
    }
    let output = command.output().unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn a_wrong_expectation_is_printed_and_exits_with_1() {
    let vectors = r#"[
{"id":"a-1","input":{"op":"classify_method","method":"get"},"expect":{"valid":true,"forbidden":false,"normalized":"GET","cors_safelisted":true,"fetch_api":"accepted"}},
{"id":"a-2","input":{"op":"forbidden_request_header","name":"Via","value":"x"},"expect":{"forbidden":false}}
]"#;
    let (code, stdout, stderr) = run(&[("wrong.json", vectors)]);
    assert_eq!(
        stdout,
        "a-2 forbidden_request_header: expected {\"forbidden\":false}, got {\"forbidden\":true}\n1 passed, 1 failed\n"
    );
    assert_eq!((code, stderr.as_str()), (1, ""));
}

#[test]
fn a_malformed_vector_fails_and_the_rest_go_on() {
    let vectors = r#"[
7,
{"id":"b-1","expect":{}},
{"id":"b-2","input":{"method":"GET"},"expect":{}},
{"id":"b-3","input":{"op":"no_such_operation"},"expect":{}},
{"id":"b-4","input":{"op":"classify_method"},"expect":{}},
{"id":"b-5","input":{"op":"classify_method","method":"\u0100"},"expect":{}},
{"id":"b-6","input":{"op":"compare_origins","a":"x","b":"y"},"expect":{}},
{"id":"b-7","input":{"op":"forbidden_request_header","name":"Via","value":"x"},"expect":{"forbidden":true}}
]"#;
    let (code, stdout, stderr) = run(&[("malformed.json", vectors)]);
    assert_eq!(
        stdout,
        "vector 1 ?: malformed vector: invalid type: integer `7`, expected struct Vector\n\
         b-1 ?: malformed vector: missing field `input`\n\
         b-2 ?: malformed vector: input.op is not a string\n\
         b-3 no_such_operation: unknown operation\n\
         b-4 classify_method: malformed vector: missing field `method`\n\
         b-5 classify_method: malformed vector: `\u{100}` has a character above U+00FF\n\
         b-6 compare_origins: malformed vector: URL `x`: relative URL without a base\n\
         1 passed, 7 failed\n"
    );
    assert_eq!((code, stderr.as_str()), (1, ""));
}

#[test]
fn an_unreadable_file_is_named_with_the_place_and_exits_with_2() {
    let good = r#"[{"id":"c-1","input":{"op":"forbidden_request_header","name":"Via","value":"x"},"expect":{"forbidden":true}}]"#;
    let (code, stdout, stderr) = run(&[
        ("cut.json", "[\n{\"id\":"),
        ("object.json", "{}"),
        ("absent.json", ""),
        ("good.json", good),
    ]);
    assert_eq!(stdout, "1 passed, 0 failed\n");
    let lines: Vec<&str> = stderr.lines().collect();
    assert_eq!(
        lines[..2],
        [
            "error: cut.json: EOF while parsing a value at line 2 column 6",
            "error: object.json: not a JSON array of vectors"
        ]
    );
    assert!(lines[2].starts_with("error: absent.json: "));
    assert_eq!((lines.len(), code), (3, 2));
}

#[test]
fn without_files_it_prints_its_usage_and_exits_with_2() {
    let (code, stdout, stderr) = run(&[]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("Usage: corsac-cases FILE.json..."));
}
