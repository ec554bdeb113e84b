//! What the demo prints. Colours go through `anstream`, which takes them out where they are not
//! wanted.

use std::fmt::Write as _;
use std::net::SocketAddr;

use anstyle::{AnsiColor, Effects, Style};
use corsac::{CorsRequest, Decision, PolicyTable, RequestTarget};
use corsac_client::{Exchange, Fetched};
use corsac_diagnostics::render::printable;
use corsac_diagnostics::{Context, Diagnostic, explain, refusal_fix};
use corsac_fetch::{FilteredResponse, HeaderList, HttpRequestKind, OutcomeKind};

use super::gateway_log::LogReader;
use super::scene::{APP, Scene};

/// What was started.
pub(super) fn opening(api: SocketAddr, gateway: SocketAddr, policy: &str) -> String {
    format!(
        "{BOLD}Corsac: who may read what, decided in one place{BOLD:#}\n\n  \
         {NOTE}sample API{NOTE:#}  http://{api}, knows nothing of CORS\n  \
         {NOTE}gateway{NOTE:#}     http://{gateway}, stands in front of it with this policy:\n\n\
         {}\n\
         Four requests now, made as a browser makes them.\n",
        indented(policy)
    )
}

/// A request, what went over the wire, what the gateway logged of it, and what the page gets.
pub(super) fn scene(
    number: usize,
    scene: &Scene,
    fetched: &Fetched,
    log: &LogReader,
    policies: &PolicyTable,
) -> String {
    let mut text = format!(
        "\n{BOLD}{number}. {}{BOLD:#}\n   {DIM}on a page of {}{DIM:#}\n   {DIM}{}{DIM:#}\n",
        scene.title,
        scene.client.origin,
        printable(&scene.call)
    );
    for exchange in &fetched.exchanges {
        self::exchange(&mut text, exchange, log);
    }
    match &fetched.outcome.kind {
        OutcomeKind::Shared(response) | OutcomeKind::Opaque(response) => readable(&mut text, response),
        OutcomeKind::Blocked { reason, .. } => {
            let context = Context::new(&scene.init, &scene.client, &fetched.outcome);
            let decision = fetched
                .exchanges
                .last()
                .map(|exchange| decision(policies, exchange));
            blocked(
                &mut text,
                &explain(reason, &context),
                decision.as_ref(),
                &context.request_origin(),
            );
        }
    }
    if !scene.went_well(&fetched.outcome.kind) {
        line(&mut text, BAD, "!", "this is not how it should go");
    }
    text
}

/// The browser knows only which header it missed. When the gateway refused, the policy says why.
fn blocked(text: &mut String, diagnostic: &Diagnostic, decision: Option<&Decision<Vec<u8>>>, origin: &str) {
    line(text, BAD, "✗ blocked:", &diagnostic.title);
    let refusal = decision.and_then(|decision| Some((decision, refusal_fix(&decision.reason, origin)?)));
    match refusal {
        Some((decision, fix)) => {
            let why = format!("the gateway gave no permission: {}", decision.reason);
            field(text, "why", &why);
            field(text, "fix", &fix);
        }
        None => {
            field(text, "why", &diagnostic.cause);
            field(text, "fix", &diagnostic.fix);
        }
    }
    for console in diagnostic.console.chromium.iter().take(1) {
        field(text, "Chromium", console.trim_end());
    }
}

/// The decision in full, of which the log has the text: the same function over the same policy and
/// the bytes that were sent.
fn decision(policies: &PolicyTable, exchange: &Exchange) -> Decision<Vec<u8>> {
    let headers: Vec<(&[u8], Vec<u8>)> = exchange
        .headers
        .iter()
        .map(|(name, value)| (name, value.to_vec()))
        .collect();
    let target = RequestTarget::path(exchange.url.path());
    let request = CorsRequest::classify(&exchange.method, target, headers.as_slice());
    policies.decide(&request)
}

/// What to try next.
pub(super) fn closing(gateway: SocketAddr) -> String {
    format!(
        "\n{BOLD}Both stay up until Ctrl-C.{BOLD:#} Try:\n  \
         corsac check http://{gateway}/items --origin {APP}\n  \
         corsac check PUT http://{gateway}/items/1 --origin https://anywhere.example\n  \
         curl -i http://{gateway}/items -H 'Origin: {APP}'\n\n\
         {DIM}The gateway's log, a line for each cross-origin request:{DIM:#}\n"
    )
}

fn exchange(text: &mut String, exchange: &Exchange, log: &LogReader) {
    let kind = match exchange.kind {
        HttpRequestKind::Preflight => "preflight ",
        HttpRequestKind::Actual => "",
    };
    let method = String::from_utf8_lossy(&exchange.method);
    line(
        text,
        NOTE,
        "→",
        &format!("{kind}{method} {}", exchange.url.path()),
    );
    headers(text, &exchange.headers, &SHOWN_OF_REQUESTS);
    match &exchange.answer {
        Ok(answer) => {
            let logged = log.line().unwrap_or_default();
            line(
                text,
                NOTE,
                "←",
                &format!("{}   {}", answer.status, verdict(&logged)),
            );
            headers(text, &answer.headers, &SHOWN_OF_RESPONSES);
        }
        Err(failure) => line(text, NOTE, "←", &failure.detail),
    }
}

/// The first word of a log line and what is behind the request: `refused by the gateway: …`.
fn verdict(logged: &str) -> String {
    match (logged.split_once(' '), logged.split_once(": ")) {
        (Some((verdict, _)), Some((_, reason))) => format!("{verdict} by the gateway: {reason}"),
        _ => String::new(),
    }
}

fn headers(text: &mut String, headers: &HeaderList, shown: &[&str]) {
    for name in shown {
        if let Some(value) = headers.get(name) {
            let value = String::from_utf8_lossy(&value).into_owned();
            // Writing to a string does not fail.
            let _ = writeln!(text, "       {DIM}{name}: {}{DIM:#}", printable(&value));
        }
    }
}

fn readable(text: &mut String, response: &FilteredResponse) {
    line(
        text,
        GOOD,
        "✓ the page reads it:",
        &format!("status {}", response.status),
    );
    let names: Vec<String> = response
        .headers
        .iter()
        .map(|(name, _)| String::from_utf8_lossy(name).into_owned())
        .collect();
    field(text, "headers", &names.join(", "));
}

fn line(text: &mut String, style: Style, mark: &str, words: &str) {
    let _ = writeln!(text, "   {style}{mark}{style:#} {}", printable(words));
}

/// A label and a text wrapped beside it.
fn field(text: &mut String, label: &str, words: &str) {
    let words = printable(words);
    let options = textwrap::Options::new(WIDTH)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    for (index, part) in textwrap::wrap(&words, options).iter().enumerate() {
        let label = if index == 0 { label } else { "" };
        let _ = writeln!(text, "     {NOTE}{label:<10}{NOTE:#}{part}");
    }
}

fn indented(lines: &str) -> String {
    lines
        .lines()
        .fold(String::new(), |text, line| text + "  " + line + "\n")
}

/// What CORS is made of, in the order of the standard.
const SHOWN_OF_REQUESTS: [&str; 3] = [
    "Origin",
    "Access-Control-Request-Method",
    "Access-Control-Request-Headers",
];
const SHOWN_OF_RESPONSES: [&str; 6] = [
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers",
    "Access-Control-Expose-Headers",
    "Vary",
];

const BOLD: Style = Style::new().effects(Effects::BOLD);
const DIM: Style = Style::new().effects(Effects::DIMMED);
const GOOD: Style = AnsiColor::Green.on_default().effects(Effects::BOLD);
const BAD: Style = AnsiColor::BrightRed.on_default().effects(Effects::BOLD);
const NOTE: Style = AnsiColor::Cyan.on_default();

/// Of texts beside a label, so that lines end before column 100.
const WIDTH: usize = 84;
