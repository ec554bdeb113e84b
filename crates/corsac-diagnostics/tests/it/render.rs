//! Diagnostics as people see them in a terminal.

use corsac_diagnostics::{Console, Diagnostic, Styles, render};
use expect_test::expect_file;

use crate::case;

#[test]
fn a_diagnostic_reads_like_a_compilers() {
    let case = case::all()
        .into_iter()
        .find(|case| case.name() == "missing-allow-origin")
        .unwrap();
    let diagnostic = case.run("answers").diagnostic.unwrap();
    expect_file!["rendered.txt"].assert_eq(&render(&diagnostic, &Styles::plain(), 100));
}

#[test]
fn narrow_terminals_get_shorter_lines_but_whole_words() {
    for case in case::all() {
        let diagnostic = case.run("answers").diagnostic.unwrap();
        let wide = render(&diagnostic, &Styles::plain(), 10_000);
        let narrow = render(&diagnostic, &Styles::plain(), 1);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&wide), words(&narrow));
    }
}

#[test]
fn colours_surround_the_text_and_do_not_change_it() {
    for case in case::all() {
        let diagnostic = case.run("answers").diagnostic.unwrap();
        let colored = render(&diagnostic, &Styles::colored(), 100);
        assert!(colored.starts_with("\u{1b}["));
        let plain = anstream::adapter::strip_str(&colored).to_string();
        assert_eq!(plain, render(&diagnostic, &Styles::plain(), 100));
    }
}

#[test]
fn what_a_server_sent_cannot_steer_the_terminal() {
    let hostile = String::from("a\u{1b}]0;title\u{7}b\u{202e}c\r\nd");
    let diagnostic = Diagnostic {
        name: "name",
        title: hostile.clone(),
        meaning: hostile.clone(),
        cause: hostile.clone(),
        fix: hostile.clone(),
        reference: "https://fetch.spec.whatwg.org/",
        console: Console {
            chromium: vec![hostile.clone()],
            firefox: vec![hostile.clone()],
            webkit: vec![hostile],
        },
    };
    let text = render(&diagnostic, &Styles::plain(), 80);
    assert!(
        !text
            .chars()
            .any(|character| character.is_control() && character != '\n')
    );
    assert!(!text.contains('\u{202e}'));
    assert_eq!(text.matches("\\u{1b}").count(), 7);
}
