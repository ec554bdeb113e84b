//! Cookie dates, <https://www.rfc-editor.org/rfc/rfc6265bis#section-5.1.1>: day, month, year and time
//! in any order between delimiters.

/// Seconds since 1970.
pub(super) fn cookie_date(text: &[u8]) -> Option<i64> {
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    for token in text.split(|&byte| is_delimiter(byte)) {
        // "If the found-time flag is not set and the token matches the time production", and so on: a
        // token is taken for the first thing it can be.
        if time.is_none()
            && let Some(found) = time_of(token)
        {
            time = Some(found);
        } else if day.is_none()
            && let Some((found, _)) = number(token, 1, 2)
        {
            day = Some(found);
        } else if month.is_none()
            && let Some(found) = month_of(token)
        {
            month = Some(found);
        } else if year.is_none()
            && let Some((found, _)) = number(token, 2, 4)
        {
            year = Some(found);
        }
    }
    let (hour, minute, second) = time?;
    let (day, month) = (day?, month?);
    let year = match year? {
        year @ 70..=99 => year + 1900,
        year @ 0..=69 => year + 2000,
        year => year,
    };
    let is_possible = (1..=days_in(month, year)).contains(&day)
        && year >= 1601
        && hour <= 23
        && minute <= 59
        && second <= 59;
    let days = days_before(year, month) + day - 1;
    is_possible.then_some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

/// `%x09 / %x20-2F / %x3B-40 / %x5B-60 / %x7B-7E`
fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'\t' | b' '..=b'/' | b';'..=b'@' | b'['..=b'`' | b'{'..=b'~')
}

/// `hms-time [ non-digit *OCTET ]`
fn time_of(token: &[u8]) -> Option<(i64, i64, i64)> {
    let mut fields = token.splitn(3, |&byte| byte == b':');
    let exactly = |field: &[u8]| number(field, 1, 2).filter(|(_, length)| *length == field.len());
    let (hour, _) = exactly(fields.next()?)?;
    let (minute, _) = exactly(fields.next()?)?;
    let (second, _) = number(fields.next()?, 1, 2)?;
    Some((hour, minute, second))
}

/// So many digits, and then anything but a digit; the number, and how many digits it has.
fn number(token: &[u8], min: usize, max: usize) -> Option<(i64, usize)> {
    let length = token.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(min..=max).contains(&length) {
        return None;
    }
    let digits = std::str::from_utf8(token.get(..length)?).ok()?;
    Some((digits.parse().ok()?, length))
}

/// 1 to 12, by the first three letters.
fn month_of(token: &[u8]) -> Option<i64> {
    let name = token.get(..3)?.to_ascii_lowercase();
    let position = MONTHS.iter().position(|month| month.as_bytes() == name)?;
    i64::try_from(position + 1).ok()
}

fn days_in(month: i64, year: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days from 1970 to the first of the month.
fn days_before(year: i64, month: i64) -> i64 {
    let before = year - 1;
    let of_years = before * 365 + before / 4 - before / 100 + before / 400;
    let of_months: i64 = (1..month).map(|month| days_in(month, year)).sum();
    of_years + of_months - DAYS_BEFORE_1970
}

/// Of the years 1 to 1969.
const DAYS_BEFORE_1970: i64 = 719_162;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

#[cfg(test)]
mod tests {
    use super::cookie_date;

    #[test]
    fn dates_of_many_servers_are_read() {
        for (text, seconds) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Wed, 25 Nov 2026 14:20:30 GMT", 1_795_616_430),
            ("Wednesday, 25-Nov-26 14:20:30 GMT", 1_795_616_430),
            ("Wed Nov 25 14:20:30 2026", 1_795_616_430),
            ("2026 november 25th 14:20:30utc", 1_795_616_430),
            ("29 Feb 2024 00:00:00", 1_709_164_800),
            ("Thu, 31 Dec 69 23:59:59 GMT", 3_155_759_999),
            ("1 jan 1601 0:0:0", -11_644_473_600),
        ] {
            assert_eq!(cookie_date(text.as_bytes()), Some(seconds), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "0",
            "tomorrow",
            "25 Nov 2026",
            "25 Nov 2026 24:00:00",
            "25 Nov 2026 23:60:00",
            "29 Feb 2025 00:00:00",
            "32 Jan 2026 00:00:00",
            "1 Jan 1600 00:00:00",
            "1 Jan 20266 00:00:00",
        ] {
            assert_eq!(cookie_date(text.as_bytes()), None, "{text}");
        }
    }
}
