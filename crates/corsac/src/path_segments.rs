//! A path, segment by segment, in canonical form: percent-encoding undone, dot segments and empty
//! segments resolved, case kept. Nothing is allocated.
//!
//! Servers differ in whether an encoded slash, a backslash or a `;` ends a segment. A path can be
//! read both ways; the policy table refuses one that comes under different policies.

/// How a server reads the bytes that servers differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Only `/` ends a segment.
    Strict,
    /// `%2F`, `\` and `%5C` end a segment too, and what follows `;` is a parameter, not a name.
    Lenient,
}

/// One step down, or up, from the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// Into the child with this name, which [`Segment`] compares decoded. The last one may be empty:
    /// `/api/` has two.
    Down(Segment<'a>),
    /// To the parent: `..`.
    Up,
}

/// A segment as written, percent-encoding and all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment<'a>(&'a [u8]);

/// The steps of a path that starts with `/`.
pub(crate) struct Steps<'a> {
    rest: Option<&'a [u8]>,
    reading: Reading,
}

impl<'a> Steps<'a> {
    /// `None` when the path does not start with `/`.
    pub(crate) fn new(path: &'a [u8], reading: Reading) -> Option<Self> {
        let rest = Some(path.strip_prefix(b"/")?);
        Some(Self { rest, reading })
    }

    /// The next segment as written, and whether it is the last.
    fn next_segment(&mut self) -> Option<(Segment<'a>, bool)> {
        let rest = self.rest?;
        let (segment, after) = match separator(rest, self.reading) {
            Some((start, length)) => (rest.get(..start)?, rest.get(start + length..)),
            None => (rest, None),
        };
        self.rest = after;
        let name = match self.reading {
            Reading::Strict => segment,
            Reading::Lenient => segment.get(..parameters_start(segment))?,
        };
        Some((Segment(name), after.is_none()))
    }
}

impl<'a> Iterator for Steps<'a> {
    type Item = Step<'a>;

    fn next(&mut self) -> Option<Step<'a>> {
        loop {
            let (segment, is_last) = self.next_segment()?;
            if segment.is(b"..") {
                // "/a/b/.." is "/a/": an empty segment follows.
                if is_last {
                    self.rest = Some(b"");
                }
                return Some(Step::Up);
            }
            let is_nothing = segment.0.is_empty() || segment.is(b".");
            match (is_nothing, is_last) {
                (true, true) => return Some(Step::Down(Segment(b""))),
                (true, false) => {}
                (false, _) => return Some(Step::Down(segment)),
            }
        }
    }
}

impl<'a> Segment<'a> {
    /// Its bytes, percent-decoded once. A `%` without two hexadecimal digits stands for itself.
    pub(crate) fn decoded(self) -> impl Iterator<Item = u8> + 'a {
        let mut rest = self.0;
        core::iter::from_fn(move || {
            let (byte, after) = match rest {
                [b'%', high, low, after @ ..] => match (hex(*high), hex(*low)) {
                    (Some(high), Some(low)) => (high << 4 | low, after),
                    _ => (b'%', rest.get(1..)?),
                },
                [byte, after @ ..] => (*byte, after),
                [] => return None,
            };
            rest = after;
            Some(byte)
        })
    }

    fn is(self, name: &[u8]) -> bool {
        self.0.len() >= name.len() && self.decoded().eq(name.iter().copied())
    }
}

/// Whether servers may read this path in different ways.
pub(crate) fn is_ambiguous(path: &[u8]) -> bool {
    path.iter().enumerate().any(|(at, &byte)| match byte {
        b'\\' | b';' => true,
        b'%' => matches!(escape(path, at), Some(b'/' | b'\\' | b';')),
        _ => false,
    })
}

/// Whether a server may have to clean this path: it has a dot segment, or an empty one that is not the
/// last. The lenient reading finds those of the strict one too, and more.
pub(crate) fn has_dot_or_empty_segments(path: &[u8]) -> bool {
    let Some(mut steps) = Steps::new(path, Reading::Lenient) else {
        return false;
    };
    core::iter::from_fn(|| steps.next_segment())
        .any(|(segment, is_last)| segment.is(b".") || segment.is(b"..") || (segment.0.is_empty() && !is_last))
}

/// The byte that the escape at this position stands for.
pub(crate) fn escape(path: &[u8], at: usize) -> Option<u8> {
    match path.get(at..at + 3)? {
        [b'%', high, low] => Some(hex(*high)? << 4 | hex(*low)?),
        _ => None,
    }
}

/// Where the first separator starts, and its length.
fn separator(bytes: &[u8], reading: Reading) -> Option<(usize, usize)> {
    if reading == Reading::Strict {
        return bytes
            .iter()
            .position(|&byte| byte == b'/')
            .map(|start| (start, 1));
    }
    bytes.iter().enumerate().find_map(|(at, &byte)| match byte {
        b'/' | b'\\' => Some((at, 1)),
        b'%' if matches!(escape(bytes, at), Some(b'/' | b'\\')) => Some((at, 3)),
        _ => None,
    })
}

/// Where the parameters of a segment start, or its end.
fn parameters_start(segment: &[u8]) -> usize {
    let start = segment
        .iter()
        .enumerate()
        .position(|(at, &byte)| byte == b';' || escape(segment, at) == Some(b';'));
    start.unwrap_or(segment.len())
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}
