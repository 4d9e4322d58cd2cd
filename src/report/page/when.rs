//! Dates as people write them. In: ISO 8601, or as much of it as is known. Out: words; what is no date stays as it is.

use jiff::civil::Date;

use crate::visit::MONTHS;

struct Known<'a> {
    year: &'a str,
    month: Option<&'static str>,
    day: Option<u8>,
}

fn parse(text: &str) -> Option<Known<'_>> {
    let mut parts = text.split('-');
    let year = parts
        .next()
        .filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let month = parts.next().map(|month| {
        let place = month.parse::<usize>().ok()?.checked_sub(1)?;
        MONTHS.get(place).copied()
    });
    let day = parts.next().map(|day| day.parse::<u8>().ok());
    if month == Some(None) || day == Some(None) || parts.next().is_some() {
        return None;
    }
    Some(Known {
        year,
        month: month.flatten(),
        day: day.flatten(),
    })
}

impl Known<'_> {
    fn words(&self) -> String {
        match (self.day, self.month) {
            (Some(day), Some(month)) => format!("{day} {month} {}", self.year),
            (_, Some(month)) => format!("{month} {}", self.year),
            _ => self.year.to_owned(),
        }
    }
}

/// "5 March 2024".
pub(in crate::report) fn date(text: &str) -> String {
    parse(text).map_or_else(|| text.to_owned(), |date| date.words())
}

/// "5 to 6 March 2024".
pub(in crate::report) fn span(start: Option<&str>, end: Option<&str>) -> Option<String> {
    let (from, to) = match (start, end) {
        (None, None) => return None,
        (Some(one), None) | (None, Some(one)) => return Some(date(one)),
        (Some(from), Some(to)) if from == to => return Some(date(from)),
        (Some(from), Some(to)) => (from, to),
    };
    if let Some(month) = whole_month(from, to) {
        return Some(month);
    }
    let (Some(first), Some(last)) = (parse(from), parse(to)) else {
        return Some(format!("{} to {}", date(from), date(to)));
    };
    let begins = match (first.day, first.month) {
        (Some(day), month) if first.year == last.year && month == last.month => day.to_string(),
        (Some(day), Some(month)) if first.year == last.year => format!("{day} {month}"),
        _ => first.words(),
    };
    Some(format!("{begins} to {}", last.words()))
}

/// "March 2024" for its first to its last day, which is how a facts file says that no more is known.
fn whole_month(from: &str, to: &str) -> Option<String> {
    let (first, last): (Date, Date) = (from.parse().ok()?, to.parse().ok()?);
    (first.day() == 1 && last == first.last_of_month()).then(|| date(&from[..7]))
}

/// "Mar 2024": for the head of a column.
pub(in crate::report) fn short(start: Option<&str>) -> Option<String> {
    let start = start?;
    Some(match parse(start) {
        Some(Known {
            year,
            month: Some(month),
            ..
        }) => format!("{} {year}", month.get(..3).unwrap_or(month)),
        _ => start.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_say_nothing_twice() {
        let cases = [
            (Some("2024-03-05"), Some("2024-03-06"), "5 to 6 March 2024"),
            (
                Some("2024-02-27"),
                Some("2024-03-04"),
                "27 February to 4 March 2024",
            ),
            (
                Some("2023-12-18"),
                Some("2024-01-12"),
                "18 December 2023 to 12 January 2024",
            ),
            (Some("2024-03-05"), Some("2024-03-05"), "5 March 2024"),
            (Some("2023-09"), None, "September 2023"),
            (Some("2024-02-01"), Some("2024-02-29"), "February 2024"),
            (Some("2023-02-01"), Some("2023-02-27"), "1 to 27 February 2023"),
            (Some("2023"), None, "2023"),
            (Some("spring"), Some("2024-13-01"), "spring to 2024-13-01"),
        ];
        for (start, end, words) in cases {
            assert_eq!(span(start, end).as_deref(), Some(words));
        }
        assert_eq!(span(None, None), None);
    }

    #[test]
    fn heads_of_columns_are_short() {
        assert_eq!(short(Some("2024-03-05")).as_deref(), Some("Mar 2024"));
        assert_eq!(short(Some("2024")).as_deref(), Some("2024"));
        assert_eq!(short(None), None);
    }
}
