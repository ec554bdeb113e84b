//! Bytes of a stranger, printed: one line of printable ASCII from which the bytes can be read back.

use corsac::{CorsRequest, LogSafe, Policy, PolicyDraft, RequestTarget};

#[test]
fn each_byte_is_printed_in_its_own_way() {
    for byte in 0..=u8::MAX {
        let expected = match byte {
            b'\r' => r"\r".to_owned(),
            b'\n' => r"\n".to_owned(),
            b'\t' => r"\t".to_owned(),
            b'\\' => r"\\".to_owned(),
            b' '..=b'~' => char::from(byte).to_string(),
            _ => format!(r"\x{byte:02x}"),
        };
        assert_eq!(LogSafe(&[byte]).to_string(), expected);
    }
}

#[test]
fn a_line_and_a_terminal_sequence_stay_in_the_line() {
    let origin = b"https://a.example\r\n2026-01-01 allowed\x1b[2J\xff\\n";
    assert_eq!(
        LogSafe(origin).to_string(),
        r"https://a.example\r\n2026-01-01 allowed\x1b[2J\xff\\n",
    );
}

#[test]
fn a_name_that_a_preflight_asks_for_is_cut_and_quoted() {
    let draft = PolicyDraft {
        allow_origins: ["https://app.example"].into_iter().collect(),
        ..PolicyDraft::new("app")
    };
    let (policy, _) = Policy::build(draft).unwrap();
    let reason = |name: &str| {
        let headers = [
            ("Origin", "https://app.example"),
            ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", name),
        ];
        let request = CorsRequest::classify(b"OPTIONS", RequestTarget::path("/"), headers.as_slice());
        policy.decide(&request).reason
    };
    assert_eq!(format!("{:?}", reason("x-evil")), r#"HeaderNotListed("x-evil")"#);
    let (most, more) = ("x".repeat(38), "x".repeat(39));
    assert_eq!(
        reason(&most).to_string(),
        format!("the policy does not list the header `{most}`")
    );
    assert_eq!(
        reason(&more).to_string(),
        format!("the policy does not list the header `{most}…`")
    );
}
