//! A check report for people: what was sent and received, the verdict, what to change, what else was
//! seen. Made from the same [`Report`] as the JSON.

mod exchange;
mod text;

use corsac_wire::check_report::{
    AccessReport, CheckStep, ConsoleReport, DiagnosticReport, FindingReport, FindingSeverity, OpenVerdict,
    OtherVerdict, Page, ProbeReport, Report, UserAgentReport, Verdict,
};
use corsac_wire::outcome_trace::TraceStep;

use exchange::Shown;
use text::{BAD, DIM, GOOD, HEADING, NOTE, Text};

/// The report as text with colours; `anstream` takes them out where they are not wanted.
pub(super) fn render(report: &Report, verbose: bool) -> String {
    let mut text = Text::default();
    asked(&mut text, report);
    steps(&mut text, report, verbose);
    match &report.access {
        Some(access) => self::access(&mut text, access),
        None => verdict(&mut text, report),
    }
    if let Some(page) = &report.page {
        self::page(&mut text, page);
    }
    for (index, diagnostic) in report.diagnostics.iter().enumerate() {
        self::diagnostic(&mut text, diagnostic, index > 0);
    }
    console(&mut text, report);
    other_browsers(&mut text, report);
    for finding in &report.findings {
        self::finding(&mut text, finding);
    }
    probes(&mut text, &report.probes);
    text.into_string()
}

fn asked(text: &mut Text, report: &Report) {
    let asked = &report.asked;
    text.line(&[(HEADING, &format!("{} {}", asked.method, asked.url))]);
    let what = asked.kind.map(|kind| format!(" by {kind}")).unwrap_or_default();
    text.line(&[(
        DIM,
        &format!(
            "from {}{what}, mode {}, credentials {}, redirect {}, as {}",
            asked.origin, asked.mode, asked.credentials, asked.redirect, asked.user_agent
        ),
    )]);
}

fn steps(text: &mut Text, report: &Report, verbose: bool) {
    let mut number = 0;
    let mut preflight_because = None;
    let shown = match report.access {
        _ if verbose => Shown::All,
        // What an element sends is told by these headers.
        Some(_) => Shown::WithMetadata,
        None => Shown::Decisive,
    };
    // Said after the checks that the answer passed before.
    let mut decided_here = false;
    let say_decided = |text: &mut Text, decided: bool| {
        if decided {
            text.line(&[(BAD, "     ✗ decided here")]);
        }
    };
    for (index, step) in report.steps.iter().enumerate() {
        let decided = report
            .blocked
            .as_ref()
            .is_some_and(|blocked| blocked.step == Some(index));
        match step {
            CheckStep::Exchange(exchange) => {
                say_decided(text, decided_here);
                number += 1;
                text.blank();
                exchange::show(text, exchange, number, preflight_because.take(), shown);
                decided_here = decided && exchange.response.is_some();
            }
            CheckStep::Trace(TraceStep::PreflightNeeded {
                method,
                header_names,
                use_cors_preflight_flag,
            }) => {
                preflight_because = Some(because(method.as_deref(), header_names, *use_cors_preflight_flag))
            }
            CheckStep::Trace(step) => trace_step(text, step),
        }
    }
    say_decided(text, decided_here);
}

fn because(method: Option<&str>, header_names: &[String], flag: bool) -> String {
    let mut causes: Vec<String> = method
        .map(|method| format!("method {method}"))
        .into_iter()
        .collect();
    if !header_names.is_empty() {
        causes.push(format!("header {}", header_names.join(", ")));
    }
    if flag {
        causes.push("upload listeners".to_owned());
    }
    causes.join(" and ")
}

fn trace_step(text: &mut Text, step: &TraceStep) {
    let passed = match step {
        TraceStep::PreflightPassed { max_age: 0 } => "preflight passed, not to be remembered".to_owned(),
        TraceStep::PreflightPassed { max_age } => {
            format!("preflight passed, may be remembered for {max_age} s")
        }
        TraceStep::PreflightCached => "preflight passed before, and remembered".to_owned(),
        TraceStep::CorsCheckPassed => "CORS check passed".to_owned(),
        TraceStep::Redirected { url } => {
            text.line(&[(NOTE, &format!("     → redirected to {url}"))]);
            return;
        }
        TraceStep::Upgraded { url } => {
            text.line(&[(NOTE, &format!("     → upgraded to {url}"))]);
            return;
        }
        TraceStep::Profile { name } => {
            text.line(&[(
                NOTE,
                &format!("     · this browser differs from the standard: {name}"),
            )]);
            return;
        }
        // Told with the exchange, or with the verdict.
        TraceStep::PreflightNeeded { .. }
        | TraceStep::Sent { .. }
        | TraceStep::Received { .. }
        | TraceStep::Failed { .. }
        | TraceStep::Blocked { .. } => return,
    };
    text.line(&[(GOOD, &format!("     ✓ {passed}"))]);
}

fn verdict(text: &mut Text, report: &Report) {
    text.blank();
    text.line(&[match report.verdict {
        Verdict::Readable => (GOOD, "✓ the page can read the response"),
        Verdict::Opaque => (
            NOTE,
            "○ the page gets an opaque response: no status, no headers, no body to read",
        ),
        Verdict::Blocked => (
            BAD,
            "✗ blocked: the page gets a TypeError, and nothing of the response",
        ),
        Verdict::NotReached => (
            BAD,
            "✗ no usable answer: the page gets a TypeError that does not say why",
        ),
    }]);
}

fn access(text: &mut Text, access: &AccessReport) {
    text.blank();
    let (style, mark) = match (access.loads, access.content) {
        (false, _) => (BAD, "✗"),
        (true, "readable") => (GOOD, "✓"),
        (true, _) => (NOTE, "○"),
    };
    text.line(&[(style, &format!("{mark} {}", access.title))]);
    text.field("page", access.meaning);
    text.field("decided", access.cause);
}

fn page(text: &mut Text, page: &Page) {
    text.field("type", page.response_type);
    if page.response_type.starts_with("opaque") {
        return;
    }
    text.field("status", &page.status.to_string());
    if page.redirected {
        text.field("url", &page.url);
    }
    let names: Vec<&str> = page.headers.iter().map(|(name, _)| name.as_str()).collect();
    text.field("readable", &list(&names));
    let missed: Vec<&str> = page
        .hidden_headers
        .iter()
        .map(String::as_str)
        .filter(|name| !name.starts_with("access-control-") && !NOT_MISSED.contains(name))
        .collect();
    if !missed.is_empty() {
        text.field(
            "hidden",
            &format!("{} (not in Access-Control-Expose-Headers)", list(&missed)),
        );
    }
}

fn list(names: &[&str]) -> String {
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}

fn diagnostic(text: &mut Text, diagnostic: &DiagnosticReport, also: bool) {
    text.blank();
    let label = if also { "also" } else { "error" };
    text.line(&[
        (BAD, &format!("{label}[{}]", diagnostic.name)),
        (HEADING, &format!(": {}", diagnostic.title)),
    ]);
    // What a second failure means is told by its title; what was seen and how to mend it is not.
    if !also {
        text.field("meaning", &diagnostic.meaning);
    }
    text.field("cause", &diagnostic.cause);
    text.field("fix", &diagnostic.fix);
    if !also {
        text.field("see", diagnostic.reference);
    }
}

fn console(text: &mut Text, report: &Report) {
    let chosen = match report.asked.user_agent {
        "chromium" => "Chromium's console",
        "firefox" => "Firefox's console",
        "webkit" => "WebKit's console",
        // The standard has no console; people know the failure by what their browser printed.
        _ => {
            if let Some(first) = report.diagnostics.first() {
                all_consoles(text, &first.console, &report.user_agents);
            }
            return;
        }
    };
    if report.console.is_empty() {
        return;
    }
    text.blank();
    text.line(&[(HEADING, chosen)]);
    for line in &report.console {
        text.line(&[(DIM, &format!("  {}", line.trim_end()))]);
    }
}

/// The consoles of the browsers that block the request, too.
fn all_consoles(text: &mut Text, console: &ConsoleReport, user_agents: &[UserAgentReport]) {
    let lets_pass = |name: &str| {
        user_agents.iter().any(|other| {
            other.user_agent == name
                && matches!(
                    other.verdict,
                    OtherVerdict::Done(Verdict::Readable | Verdict::Opaque)
                        | OtherVerdict::Open(OpenVerdict::GoesOn)
                )
        })
    };
    let consoles = [
        ("Chromium", "chromium", &console.chromium),
        ("Firefox", "firefox", &console.firefox),
        ("WebKit", "webkit", &console.webkit),
    ]
    .map(|(browser, name, lines)| (browser, lines, lets_pass(name)));
    if consoles.iter().all(|(_, _, lets_pass)| *lets_pass) {
        return;
    }
    text.blank();
    text.line(&[(HEADING, "Browsers' consoles")]);
    for (browser, lines, _) in consoles.iter().filter(|(_, _, lets_pass)| !lets_pass) {
        for (index, line) in lines.iter().enumerate() {
            let label = if index == 0 { browser } else { "" };
            text.line(&[(NOTE, &format!("  {label:<10}")), (DIM, line.trim_end())]);
        }
    }
}

/// A line about the other user agents, when one of them decides otherwise.
fn other_browsers(text: &mut Text, report: &Report) {
    let otherwise: Vec<String> = report
        .user_agents
        .iter()
        .filter(|other| other.verdict != OtherVerdict::Done(report.verdict))
        .map(|other| {
            let verdict = match other.verdict {
                OtherVerdict::Done(Verdict::Readable) => "can read it",
                OtherVerdict::Done(Verdict::Opaque) => "gets an opaque response",
                OtherVerdict::Done(Verdict::Blocked) => "blocks it",
                OtherVerdict::Done(Verdict::NotReached) => "gets no answer",
                OtherVerdict::Open(OpenVerdict::GoesOn) => "takes this answer and goes on",
                OtherVerdict::Open(OpenVerdict::Unknown) => "sends other requests (try --user-agent)",
            };
            let name = match other.user_agent {
                "standard" => "the standard, read literally,",
                "chromium" => "Chromium",
                "firefox" => "Firefox",
                "webkit" => "WebKit",
                other => other,
            };
            match &other.reason {
                Some(reason) => format!("{name} {verdict} ({})", reason.code),
                None => format!("{name} {verdict}"),
            }
        })
        .collect();
    if !otherwise.is_empty() {
        text.blank();
        text.line(&[
            (HEADING, "Browsers differ"),
            (NOTE, &format!(": {}", otherwise.join("; "))),
        ]);
    }
}

fn finding(text: &mut Text, finding: &FindingReport) {
    text.blank();
    let (style, label) = match finding.severity {
        FindingSeverity::Error => (BAD, "error"),
        FindingSeverity::Note => (NOTE, "note"),
    };
    text.line(&[
        (style, &format!("{label}[{}]", finding.name)),
        (HEADING, &format!(": {}", finding.title)),
    ]);
    text.field("observed", &finding.observed);
    text.field("meaning", &finding.meaning);
    text.field("fix", &finding.fix);
}

fn probes(text: &mut Text, probes: &[ProbeReport]) {
    if probes.is_empty() {
        return;
    }
    text.blank();
    text.line(&[
        (HEADING, "Probes"),
        (
            DIM,
            ": the same request from other origins, with credentials (--no-probe leaves them out)",
        ),
    ]);
    for probe in probes {
        let sent: Vec<String> = probe.exchanges.iter().map(exchange::in_a_word).collect();
        let grant = probe.grant.replace('-', " ");
        text.line(&[
            (NOTE, &format!("  {:<30}", probe.origin)),
            (DIM, &format!("{:<24}", sent.join(", "))),
            (if probe.grant == "refused" { GOOD } else { NOTE }, &grant),
        ]);
    }
}

/// Hidden from scripts, and no script looks for them.
const NOT_MISSED: [&str; 8] = [
    "connection",
    "date",
    "keep-alive",
    "server",
    "set-cookie",
    "set-cookie2",
    "transfer-encoding",
    "vary",
];
