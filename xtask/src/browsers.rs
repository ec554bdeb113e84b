//! `cargo xtask browsers`: install the browsers that are missing, and let `corsac-browsers` run
//! scenarios in them.

use crate::packages::{self, Program};
use crate::shell;

/// Run scenarios in real browsers and compare them with what Corsac says (`--help` for more).
#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Args {
    /// Options of `corsac-browsers`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<String>,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    if !args
        .options
        .iter()
        .any(|option| option == "--help" || option == "-h")
    {
        packages::install("runs in browsers", &programs(&args.options))?;
    }
    let run = ["run", "--locked", "--quiet", "-p", "corsac-browsers", "--"];
    shell::run(shell::command("cargo", &run).args(&args.options))
}

/// What the browsers that are asked for need; without `--browser`, all of them.
fn programs(options: &[String]) -> Vec<Program> {
    let is_asked_for = |browser: &str| {
        let mut values = options.iter().zip(options.iter().skip(1));
        let is_this = values.any(|(option, value)| option == "--browser" && value == browser);
        let with_sign = format!("--browser={browser}");
        is_this || options.contains(&with_sign)
    };
    let is_any = BROWSERS.iter().any(|(browser, _)| is_asked_for(browser));
    BROWSERS
        .iter()
        .filter(|(browser, _)| !is_any || is_asked_for(browser))
        .flat_map(|(_, programs)| *programs)
        .chain(&NAMESPACES)
        .copied()
        .collect()
}

/// For each browser, its programs.
const BROWSERS: [(&str, &[Program]); 3] = [
    ("chromium", &[Program::new("chromium", "chromium")]),
    ("firefox", &[Program::new("firefox-esr", "firefox-esr")]),
    (
        "webkit",
        &[
            Program::new("webkit2gtk-4.1/MiniBrowser", "libwebkit2gtk-4.1-0"),
            Program::new("Xvfb", "xvfb"),
        ],
    ),
];

/// Each browser runs in namespaces of its own.
const NAMESPACES: [Program; 2] = [
    Program::new("ip", "iproute2"),
    Program::new("unshare", "util-linux"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_browsers_that_are_asked_for_are_installed() {
        let count = |options: &[&str]| {
            let options: Vec<String> = options.iter().map(|&option| option.to_owned()).collect();
            programs(&options).len()
        };
        assert_eq!(count(&[]), 6);
        assert_eq!(count(&["--seed", "7"]), 6);
        assert_eq!(count(&["--browser", "firefox"]), 3);
        assert_eq!(count(&["--browser=webkit", "--browser", "chromium"]), 5);
    }
}
