//! Origins near a given one: what an attacker registers, and what a careless comparison lets through.

/// Texts near a serialised origin, none of them the origin itself.
///
/// Most are serialised origins that a browser can send; the others no browser sends, but anybody
/// with a socket can.
///
/// ```
/// use corsac_cases::hostile_origins::neighbours;
///
/// let near = neighbours("https://app.example");
/// assert!(near.contains(&"https://app.example.evil.test".to_owned()));
/// assert!(near.contains(&"http://app.example".to_owned()));
/// assert!(!near.contains(&"https://app.example".to_owned()));
/// ```
#[must_use]
pub fn neighbours(origin: &str) -> Vec<String> {
    let (scheme, authority) = origin.split_once("://").unwrap_or(("https", origin));
    let (host, port) = split_port(authority);
    let at = |scheme: &str, host: &str, port: &str| format!("{scheme}://{host}{port}");
    let parent = host.split_once('.').map_or("", |(_, parent)| parent);
    let mut near = Vec::new();
    for other_host in [
        // A name that starts or ends like it.
        format!("{host}.evil.test"),
        format!("{host}evil.test"),
        format!("{host}-evil.test"),
        format!("x{host}"),
        format!("x-{host}"),
        format!("evil.test.{host}"),
        // One label more, two, one less, another one.
        format!("a.{host}"),
        format!("b.a.{host}"),
        parent.to_owned(),
        format!("evil.{parent}"),
        // The same name, or nearly, in another spelling.
        format!("{host}."),
        host.replace('.', ""),
        host.replace('.', "x"),
        host.replacen('.', "-", 1),
        format!("xn--{host}"),
        format!("{host}_"),
        format!("-{host}"),
        // What hosts may have and names do not.
        format!("a!.{host}"),
        format!("{}.{host}", "a".repeat(64)),
        format!("{}{host}", "a.".repeat(120)),
        // No origins at all.
        host.to_ascii_uppercase(),
        format!(".{host}"),
        format!("a..{host}"),
        format!("user@{host}"),
        format!("{host}@evil.test"),
        format!("evil.test/.{host}"),
        format!("evil.test?.{host}"),
        format!("evil.test#.{host}"),
        format!("evil.test\\.{host}"),
        format!("evil.test:1.{host}"),
        format!("{host}%00.evil.test"),
        format!("{host} evil.test"),
        format!("\"><x>.{host}"),
        format!("é.{host}"),
        format!("[{host}]"),
        "localhost".to_owned(),
        "127.0.0.1".to_owned(),
        "[::1]".to_owned(),
    ] {
        near.push(at(scheme, &other_host, port));
    }
    for other_port in [
        "", ":*", ":", ":0", ":1", ":80", ":443", ":8443", ":08443", ":65535", ":65536", ":8443x",
    ] {
        near.push(at(scheme, host, other_port));
        near.push(at(scheme, host, &format!("{port}{other_port}")));
    }
    for other_scheme in [
        "http",
        "https",
        "ws",
        "wss",
        "ftp",
        "HTTPS",
        "chrome-extension",
        "xhttps",
        "",
    ] {
        near.push(at(other_scheme, host, port));
    }
    near.extend([
        format!("{origin}/"),
        format!("{origin}/path"),
        format!("{origin}?"),
        format!("{origin}#"),
        format!(" {origin}"),
        format!("{origin} "),
        format!("{origin},{origin}"),
        format!("{origin} https://evil.test"),
        format!("{origin}\0"),
        authority.to_owned(),
        "https://evil.test".to_owned(),
        "null".to_owned(),
        "*".to_owned(),
        String::new(),
    ]);
    near.retain(|text| text != origin);
    near.sort_unstable();
    near.dedup();
    near
}

/// Host, and port with its colon; the colons of an IPv6 address are inside brackets.
fn split_port(authority: &str) -> (&str, &str) {
    let brackets = authority.rfind(']').unwrap_or(0);
    match authority.rfind(':') {
        Some(colon) if colon >= brackets => authority.split_at(colon),
        _ => (authority, ""),
    }
}
