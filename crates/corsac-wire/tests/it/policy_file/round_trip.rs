//! `read(write(draft)) == draft`, for drafts that are right and drafts that are wrong.

use corsac::{AllowOrigins, Csrf, MaxAge, Mode, OriginEntry, PolicyDraft};
use corsac_wire::policy_file;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

proptest! {
    #[test]
    fn what_is_written_is_read_back_the_same(drafts in vec(draft(), 0..4)) {
        let written = policy_file::write(&drafts);
        let read = policy_file::read_drafts(&written, "corsac.toml");
        prop_assert_eq!(read.as_ref(), Ok(&drafts), "{}", written);
    }

    #[test]
    fn no_text_makes_reading_panic(source in "\\PC*") {
        let _ = policy_file::read(&source, "corsac.toml").map_err(|errors| errors.to_string());
    }

    #[test]
    fn no_text_in_the_shape_of_a_policy_makes_reading_panic(lines in vec(line(), 0..12)) {
        let source = lines.join("\n");
        let _ = policy_file::read(&source, "corsac.toml").map_err(|errors| errors.styled().to_string());
    }
}

fn draft() -> impl Strategy<Value = PolicyDraft> {
    let max_age = prop_oneof![
        Just(MaxAge::Default),
        Just(MaxAge::Off),
        any::<u32>().prop_map(MaxAge::Seconds),
        (0..1000_u32).prop_map(|hours| MaxAge::Seconds(hours * 3600)),
    ];
    let lists = (texts(), texts(), texts(), texts());
    (
        text(),
        allow_origins(),
        option::of(text()),
        any::<bool>(),
        lists,
        max_age,
        guards(),
    )
        .prop_map(
            |(name, allow_origins, null, allow_credentials, lists, max_age, guards)| PolicyDraft {
                name,
                hosts: guards.0,
                paths: lists.0,
                allow_origins,
                dangerously_allow_null_origin: null,
                allow_credentials,
                allow_methods: lists.1,
                allow_headers: lists.2,
                expose_headers: lists.3,
                max_age,
                csrf: guards.1,
                websocket: guards.2,
                mode: guards.3,
            },
        )
}

/// Hosts, and what is asked of requests besides CORS.
fn guards() -> impl Strategy<Value = (Vec<String>, Csrf, bool, Mode)> {
    let csrf = prop_oneof![
        Just(Csrf::Off),
        texts().prop_map(|exempt_paths| Csrf::Enforce { exempt_paths }),
    ];
    let mode = prop_oneof![Just(Mode::Enforce), Just(Mode::ReportOnly)];
    (texts(), csrf, any::<bool>(), mode)
}

fn allow_origins() -> impl Strategy<Value = AllowOrigins> {
    let entry = (text(), option::of(text()), option::of(text()), any::<bool>()).prop_map(
        |(pattern, dangerously_allow_insecure, dangerously_allow_public_suffix, allow_private_network)| {
            OriginEntry {
                pattern,
                dangerously_allow_insecure,
                dangerously_allow_public_suffix,
                allow_private_network,
            }
        },
    );
    prop_oneof![
        Just(AllowOrigins::Any),
        vec(entry, 0..6).prop_map(AllowOrigins::List)
    ]
}

/// Any characters at all: quotes, line ends, controls.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~]{0,30}", any::<String>()]
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..4)
}

/// Lines of a policy file with values of every type, some broken.
fn line() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        Just("version"),
        Just("policy"),
        Just("name"),
        Just("paths"),
        Just("allow_origins"),
        Just("allow_credentials"),
        Just("allow_methods"),
        Just("max_age"),
        Just("hosts"),
        Just("csrf"),
        Just("csrf_exempt_paths"),
        Just("websocket"),
        Just("mode"),
        Just("alow_origins"),
        Just("dangerously_allow_null_origin"),
    ];
    let value = prop_oneof![
        Just("1"),
        Just("true"),
        Just("\"*\""),
        Just("\"enforce\""),
        Just("\"report-only\""),
        Just("[\"https://a.example/\"]"),
        Just("[1, [2], {}]"),
        Just("{ origin = \"x\" }"),
        Just("[{ origin = \"é\u{301}\" }, \"\\u001b\"]"),
        Just("\"2h\""),
        Just("\"\"\"\n\n\"\"\""),
        Just("1979-05-27"),
        Just("1.5"),
        Just("\"unfinished"),
        Just("["),
    ];
    prop_oneof![
        3 => (key, value).prop_map(|(key, value)| format!("{key} = {value}")),
        1 => Just(String::from("[[policy]]")),
        1 => Just(String::from("[policy]")),
    ]
}
