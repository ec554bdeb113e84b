//! A policy given as flags: what it becomes, and what is said about every mistake.

use corsac::{AllowOrigins, Csrf, MaxAge, Mode, PolicyDraft};
use corsac_wire::policy_flags::PolicyFlags;
use expect_test::{Expect, expect};

#[test]
fn flags_are_the_policy_that_the_file_would_be() {
    let flags = PolicyFlags {
        paths: owned(&["/api/*"]),
        allow_origins: owned(&["https://app.example", "https://*.preview.example"]),
        allow_credentials: true,
        allow_methods: owned(&["PUT,DELETE", "PATCH"]),
        allow_headers: owned(&["Content-Type, X-Token"]),
        expose_headers: owned(&["X-Request-Id"]),
        max_age: Some("10m".to_owned()),
        ..PolicyFlags::default()
    };
    let (table, warnings) = flags.read("command line").unwrap();
    assert_eq!(warnings, []);
    let expected = PolicyDraft {
        paths: owned(&["/api/*"]),
        allow_origins: AllowOrigins::from_iter(["https://app.example", "https://*.preview.example"]),
        allow_credentials: true,
        allow_methods: owned(&["PUT", "DELETE", "PATCH"]),
        allow_headers: owned(&["Content-Type", "X-Token"]),
        expose_headers: owned(&["X-Request-Id"]),
        max_age: MaxAge::Seconds(600),
        ..PolicyDraft::new("command line")
    };
    assert_eq!(table.to_drafts(), [expected]);
}

#[test]
fn a_single_star_is_every_origin_and_no_path_is_every_path() {
    let (table, _) = with_origins(&["*"]).read("command line").unwrap();
    let expected = PolicyDraft {
        allow_origins: AllowOrigins::Any,
        ..PolicyDraft::new("command line")
    };
    assert_eq!(table.to_drafts(), [expected]);
}

#[test]
fn max_age_is_seconds_a_duration_or_off() {
    for (text, max_age) in [
        ("600", MaxAge::Seconds(600)),
        ("2h", MaxAge::Seconds(7200)),
        ("off", MaxAge::Off),
    ] {
        let flags = PolicyFlags {
            max_age: Some(text.to_owned()),
            ..with_origins(&["https://app.example"])
        };
        let (table, _) = flags.read("command line").unwrap();
        let max_ages: Vec<MaxAge> = table.to_drafts().iter().map(|draft| draft.max_age).collect();
        assert_eq!(max_ages, [max_age], "{text}");
    }
}

#[test]
fn a_trailing_slash_is_corrected() {
    refused(
        &with_origins(&["http://localhost:5176/"]),
        &expect![[r#"
            error[origin-path]: origin `http://localhost:5176/` has a path
              --allow-origin http://localhost:5176/
                             ^^^^^^^^^^^^^^^^^^^^^^
              an origin is scheme, host and port; browsers send no path, not even a slash
              fix: write `--allow-origin http://localhost:5176`

            error: the policy is refused: 1 error
        "#]],
    );
}

#[test]
fn guards_and_report_only_are_switches() {
    let flags = PolicyFlags {
        csrf: true,
        websocket: true,
        report_only: true,
        ..with_origins(&["https://app.example"])
    };
    let (table, warnings) = flags.read("command line").unwrap();
    assert_eq!(warnings, []);
    let expected = PolicyDraft {
        allow_origins: AllowOrigins::from_iter(["https://app.example"]),
        csrf: Csrf::Enforce {
            exempt_paths: Vec::new(),
        },
        websocket: true,
        mode: Mode::ReportOnly,
        ..PolicyDraft::new("command line")
    };
    assert_eq!(table.to_drafts(), [expected]);
}

#[test]
fn every_mistake_is_told_with_its_flag_and_value() {
    refused(
        &PolicyFlags {
            paths: owned(&["api"]),
            allow_origins: owned(&["*", "https://App.example", "http://app.example", "null"]),
            allow_credentials: true,
            allow_methods: owned(&["PUT DELETE", "*"]),
            allow_headers: owned(&["Origin", "Access-Control-Allow-Origin"]),
            expose_headers: owned(&["Set-Cookie", "X:"]),
            max_age: Some("2 hours".to_owned()),
            ..PolicyFlags::default()
        },
        &expect![[r#"
            error[path-not-absolute]: path `api` does not start with `/`
              --path api
                     ^^^
              paths are matched from the root of the server
              fix: start the path with `/`

            error[origin-any-in-list]: `*` is one of several origins
              --allow-origin '*'
                             ^^^
              `*` allows every site, so it must be the whole value, where nobody overlooks it
              fix: remove it; if every site may read these answers, give `--allow-origin '*'` alone

            error[origin-upper-case]: origin `https://App.example` has upper-case letters
              --allow-origin https://App.example
                             ^^^^^^^^^^^^^^^^^^^
              browsers send origins in lower case, and origins are compared byte by byte
              fix: write `--allow-origin https://app.example`

            error[origin-insecure-with-credentials]: origin `http://app.example` is not encrypted, and credentials are allowed
              --allow-origin http://app.example
                             ^^^^^^^^^^^^^^^^^^
              anyone on the network path can pose as an `http` site and read with the user's cookies
              fix: use `https`; if it must be `http` for now, a policy file (`--config`) can say so, with the reason

            error[origin-null]: `null` is not one origin
              --allow-origin null
                             ^^^^
              every site can make pages whose origin is `null`, with a sandboxed frame for instance, so allowing it allows every site
              fix: serve the page from a real origin and list that; a policy file (`--config`) has a switch for the rest

            error[method-not-token]: `PUT DELETE` is not a method
              --allow-method 'PUT DELETE'
                             ^^^^^^^^^^^^
              a method is a token (letters, digits and some signs); one bad item makes browsers reject the whole list
              fix: write one method per item: `--allow-method PUT,DELETE`

            error[method-wildcard-with-credentials]: `*` is not a wildcard for methods when credentials are allowed
              --allow-method '*'
                             ^^^
              for a request with credentials, browsers read `*` as a method named `*`
              fix: list the methods that pages need

            error[header-forbidden]: no page can set the request header `Origin`
              --allow-header Origin
                             ^^^^^^
              the browser sets it itself or never sends it, so it is never asked for in a preflight
              fix: remove it

            error[header-is-cors-response]: `Access-Control-Allow-Origin` is a response header of CORS
              --allow-header Access-Control-Allow-Origin
                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              `--allow-header` lists headers of requests; servers set this one in answers
              fix: remove it: the policy sends it by itself

            error[exposed-header-forbidden]: no page can read `Set-Cookie`
              --expose-header Set-Cookie
                              ^^^^^^^^^^
              browsers hide cookies from `fetch()` and `XMLHttpRequest`, whatever a server says
              fix: remove it; to hand the page a value, use a header of its own or the body

            error[exposed-header-not-token]: `X:` is not a header name
              --expose-header X:
                              ^^
              a name is a token (letters, digits and some signs); one bad item makes browsers ignore the whole list
              fix: write one name per item, without a colon: `--expose-header X-Request-Id,ETag`

            error[invalid-duration]: duration `2 hours` has an unknown unit
              --max-age '2 hours'
                        ^^^^^^^^^
              a duration is a whole number with `s`, `m`, `h` or `d` behind it, or seconds
              fix: write `--max-age 2h`, or `--max-age off` for answers that are not to be remembered

            error: the policy is refused: 12 errors
        "#]],
    );
}

#[test]
fn every_origin_with_credentials_is_refused() {
    let flags = PolicyFlags {
        allow_credentials: true,
        ..with_origins(&["*"])
    };
    refused(
        &flags,
        &expect![[r#"
        error[any-origin-with-credentials]: every origin is allowed, with credentials
          --allow-origin '*'
                         ^^^
          browsers refuse `*` for requests with credentials, and no policy may let every site read with the user's cookies
          fix: list the origins that need cookies, or remove `--allow-credentials`

        error: the policy is refused: 1 error
    "#]],
    );
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    refused(
        &with_origins(&["https://a\u{1b}[2J.example"]),
        &expect![[r#"
        error[origin-forbidden-character]: origin `https://a\u{1b}[2J.example` has white space or a control character
          --allow-origin 'https://a\u{1b}[2J.example'
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          no origin has such a character
          fix: write one origin per item, without spaces

        error: the policy is refused: 1 error
    "#]],
    );
}

#[test]
fn warnings_come_with_the_policy() {
    let flags = PolicyFlags {
        allow_methods: owned(&["GET"]),
        max_age: Some("1d".to_owned()),
        ..with_origins(&["https://app.example"])
    };
    let (_, warnings) = flags.read("command line").unwrap();
    let text: String = warnings.iter().map(ToString::to_string).collect();
    expect![[r#"
        warning[method-safelisted]: `GET` needs no listing
          --allow-method GET
                         ^^^
          browsers send `GET`, `HEAD` and `POST` without asking for the method
          fix: remove it
        warning[max-age-above-chromium]: most browsers remember a preflight for a shorter time
          --max-age 1d
                    ^^
          Chromium cuts the time at 7200 seconds, WebKit at 600; only Firefox goes to 86400
          fix: nothing breaks: those browsers ask again earlier
    "#]]
    .assert_eq(&text);
}

#[test]
fn colours_change_nothing_but_colours() {
    let errors = with_origins(&["http://localhost:5176/"]).read("x").unwrap_err();
    let styled = errors.styled().to_string();
    assert!(styled.contains('\u{1b}'));
    assert_eq!(
        anstream::adapter::strip_str(&styled).to_string(),
        errors.to_string()
    );
}

fn refused(flags: &PolicyFlags, expected: &Expect) {
    expected.assert_eq(&flags.read("command line").unwrap_err().to_string());
}

fn with_origins(origins: &[&str]) -> PolicyFlags {
    PolicyFlags {
        allow_origins: owned(origins),
        ..PolicyFlags::default()
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
