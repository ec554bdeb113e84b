//! Text from a stranger, for a line of a log.

use core::fmt;

/// Bytes that a stranger sent, printed so that they cannot forge a line of a log or move a terminal's
/// cursor: everything but printable ASCII is escaped, and so is the backslash.
///
/// ```
/// use corsac::LogSafe;
///
/// let origin = b"https://a.example\r\n2026-01-01 allowed \x1b[2J";
/// assert_eq!(
///     LogSafe(origin).to_string(),
///     r"https://a.example\r\n2026-01-01 allowed \x1b[2J",
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogSafe<'a>(pub &'a [u8]);

impl fmt::Display for LogSafe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for &byte in self.0 {
            match byte {
                b'\\' => f.write_str("\\\\")?,
                b'\r' => f.write_str("\\r")?,
                b'\n' => f.write_str("\\n")?,
                b'\t' => f.write_str("\\t")?,
                b' '..=b'~' => fmt::Write::write_char(f, char::from(byte))?,
                _ => write!(f, "\\x{byte:02x}")?,
            }
        }
        Ok(())
    }
}
