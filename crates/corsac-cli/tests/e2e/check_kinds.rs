//! Flags of `corsac check` that `--as` settles are refused, with the reason.

use crate::command::corsac;

#[test]
fn a_flag_that_would_do_nothing_is_refused_with_the_reason() {
    for (arguments, reason) in [
        (
            "--as image --mode cors",
            "`--mode` is fetch()'s; with `--as image`",
        ),
        (
            "--as xhr --redirect manual",
            "`--redirect` is fetch()'s; with `--as xhr`",
        ),
        (
            "--as script --credentials include",
            "`--crossorigin use-credentials` asks for them",
        ),
        (
            "--as iframe --credentials omit",
            "what goes along follows from that",
        ),
        ("--as font -H x-a:1", "with `--as font` a page cannot set headers"),
        ("--as image --data x", "with `--as image` there is no body"),
        ("--as iframe --crossorigin anonymous", "there is no `crossorigin`"),
    ] {
        let url = ["check", "http://127.0.0.1:1/", "--origin", "http://app.example"];
        let arguments: Vec<&str> = url.into_iter().chain(arguments.split(' ')).collect();
        is_refused(&arguments, reason);
    }
    let page = ["--origin", "http://app.example"];
    is_refused(
        &[
            &["check", "PUT", "http://127.0.0.1:1/", "--as", "form"],
            &page[..],
        ]
        .concat(),
        "a form's method is GET or POST, not `PUT`",
    );
    is_refused(
        &[
            &["check", "GET", "http://127.0.0.1:1/", "--as", "image"],
            &page[..],
        ]
        .concat(),
        "the method follows from that",
    );
    is_refused(
        &[&["check", "ws://127.0.0.1:1/"], &page[..]].concat(),
        "`ws` URLs are for `--as websocket`",
    );
}

fn is_refused(arguments: &[&str], reason: &str) {
    let output = corsac(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(reason), "{arguments:?}: {said}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
}
