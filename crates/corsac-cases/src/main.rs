//! Runs vector files: `cargo run -p corsac-cases -- FILE.json…`.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use corsac_cases::{Report, read_vectors};

fn main() -> ExitCode {
    let paths: Vec<_> = std::env::args_os().skip(1).collect();
    let wants_help = paths.iter().any(|path| path == "--help" || path == "-h");
    let mut stdout = BufWriter::new(io::stdout().lock());
    let mut stderr = io::stderr().lock();
    if paths.is_empty() || wants_help {
        let (output, code): (&mut dyn Write, _) = if wants_help {
            (&mut stdout, ExitCode::SUCCESS)
        } else {
            (&mut stderr, ExitCode::from(UNREADABLE))
        };
        return written(output.write_all(HELP.as_bytes()), code);
    }
    let mut report = Report::default();
    let mut unreadable = false;
    for path in &paths {
        match read_vectors(Path::new(path)) {
            Ok(vectors) => report.run(&vectors),
            Err(error) => {
                unreadable = true;
                let _ = writeln!(stderr, "error: {error}");
            }
        }
    }
    let code = if unreadable {
        UNREADABLE
    } else {
        u8::from(!report.failures.is_empty())
    };
    written(print(&mut stdout, &report), ExitCode::from(code))
}

fn print(output: &mut impl Write, report: &Report) -> io::Result<()> {
    for failure in &report.failures {
        writeln!(output, "{failure}")?;
    }
    writeln!(output, "{report}")?;
    output.flush()
}

/// The exit code, unless nobody reads the output any more.
fn written(result: io::Result<()>, code: ExitCode) -> ExitCode {
    match result {
        Ok(()) => code,
        Err(_) => ExitCode::from(UNREADABLE),
    }
}

const HELP: &str = "\
Run files of test vectors (cases/README.md describes the format).

Usage: corsac-cases FILE.json...

Prints each vector that fails (id, operation, expected, got), then `N passed, N failed`.
Exit code: 0 when all passed, 1 when any failed, 2 when a file could not be read.

Example: cargo run -p corsac-cases -- cases/vectors/*.json
";

const UNREADABLE: u8 = 2;
