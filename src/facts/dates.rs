//! Dates from words.
//!
//! In: a stretch such as "29 January to 9 February 2018". Out: its first and last day, and where they stand in the
//! stretch. Gives nothing where a day, month or year is missing or days do not come in order: a wrong date is worse than
//! none. Not decided here: what happened on these days.

use std::ops::Range;

use jiff::civil::Date;

use crate::rules::FactRules;

/// The longest inspection that is believed, in days from its first block to its last: inspectors have come back after
/// three months.
const LONGEST: i32 = 200;

/// First and last day, and the bytes of the stretch that tell them.
pub(super) type Found = (Date, Date, Range<usize>);

/// The first and last day of which a stretch tells.
pub(super) fn dates(rules: &FactRules, stretch: &str) -> Option<Found> {
    let marks = marks(rules, stretch);
    let month_first = matches!(
        (
            marks.first().map(|mark| mark.what),
            marks.get(1).map(|mark| mark.what)
        ),
        (Some(What::Month(_)), Some(What::Day(_)))
    );
    let days = if month_first {
        forwards(&marks)
    } else {
        backwards(&marks)
    }?;
    let (first, last) = (days.first()?, days.last()?);
    let in_order = days.windows(2).all(|pair| pair[0].0 <= pair[1].0);
    let length = first.0.until(last.0).ok()?.get_days();
    (in_order && length <= LONGEST).then_some((first.0, last.0, first.1.start..last.1.end))
}

/// A date of one day only.
pub(super) fn date(rules: &FactRules, stretch: &str) -> Option<(Date, Range<usize>)> {
    let (first, last, place) = dates(rules, stretch)?;
    (first == last).then_some((first, place))
}

/// A number or month of a stretch.
struct Mark {
    what: What,
    place: Range<usize>,
}

#[derive(Clone, Copy)]
enum What {
    Day(i8),
    Month(i8),
    Year(i16),
    /// Written in figures.
    Whole(Date),
}

fn marks(rules: &FactRules, stretch: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(c) = stretch[at..].chars().next() {
        if !c.is_alphanumeric() {
            at += c.len_utf8();
            continue;
        }
        let word = |extra: fn(char) -> bool| {
            let rest = &stretch[at..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && !extra(c));
            &rest[..end.unwrap_or(rest.len())]
        };
        let figures = word(|c| matches!(c, '/' | '-'));
        if let Some(date) = figures_date(figures) {
            marks.push(Mark {
                what: What::Whole(date),
                place: at..at + figures.len(),
            });
            at += figures.len();
            continue;
        }
        let word = word(|_| false);
        if let Some(what) = mark(rules, word) {
            marks.push(Mark {
                what,
                place: at..at + word.len(),
            });
        }
        at += word.len();
    }
    marks
}

fn mark(rules: &FactRules, word: &str) -> Option<What> {
    let lower = word.to_lowercase();
    if let Some(month) = rules.months.get(&lower) {
        return Some(What::Month(*month));
    }
    let digits = &lower[..lower.bytes().take_while(u8::is_ascii_digit).count()];
    match digits.len() {
        4 if digits == lower => digits.parse().ok().map(What::Year),
        1 | 2 => digits.parse().ok().map(What::Day),
        _ => None,
    }
}

/// A date in figures: year first with hyphens, or day first with strokes, as in England.
fn figures_date(word: &str) -> Option<Date> {
    let parts: Vec<&str> = word.split(['/', '-']).collect();
    let [first, second, third] = parts[..] else {
        return None;
    };
    let (year, month, day) = match (first.len(), word.contains('/')) {
        (4, false) => (first, second, third),
        (1 | 2, true) if third.len() == 4 => (third, second, first),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

type Days = Vec<(Date, Range<usize>)>;

/// "28 June 2021 to 9 July 2021", "12 and 13 June 2024": what is missing behind a day stands further right.
///
/// Numbers behind the last month and year belong to something else and are left out.
fn backwards(marks: &[Mark]) -> Option<Days> {
    let mut days: Days = Vec::new();
    let (mut year, mut month): (Option<i16>, Option<i8>) = (None, None);
    // The month and year to which the days to the right belong, with where the last of their words ends.
    let mut end = None;
    for mark in marks.iter().rev() {
        match mark.what {
            What::Whole(date) => days.push((date, mark.place.clone())),
            What::Year(found) => {
                (year, month) = (Some(found), None);
                end = Some(mark.place.end);
            }
            What::Month(found) => {
                // "28 December to 10 January 2025" begins in the year before.
                if month.is_some_and(|month| found > month) {
                    year = year.map(|year| year - 1);
                }
                month = Some(found);
                end = end.or(Some(mark.place.end));
            }
            What::Day(_) if year.is_none() && month.is_none() => {}
            What::Day(day) => {
                let date = Date::new(year?, month?, day).ok()?;
                let last = end.take().unwrap_or(mark.place.end);
                days.push((date, mark.place.start..last));
            }
        }
    }
    days.reverse();
    Some(days)
}

/// "June 11 to 13, 2024", "September 30 to October 11, 2024".
fn forwards(marks: &[Mark]) -> Option<Days> {
    let mut days: Days = Vec::new();
    let mut month = None;
    for (nth, mark) in marks.iter().enumerate() {
        match mark.what {
            What::Month(found) => month = Some(found),
            What::Day(day) => {
                let year = marks[nth..].iter().find_map(|mark| match mark.what {
                    What::Year(year) => Some((year, mark.place.end)),
                    _ => None,
                });
                let (year, end) = year?;
                days.push((Date::new(year, month?, day).ok()?, mark.place.start..end));
            }
            What::Whole(_) => return None,
            What::Year(_) => {}
        }
    }
    if let Some(first) = days.first_mut() {
        first.1.start = marks.first()?.place.start;
    }
    Some(days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rules;

    fn found(stretch: &str) -> Option<String> {
        let rules = Rules::built_in();
        dates(rules.facts(), stretch).map(|(first, last, _)| format!("{first} {last}"))
    }

    #[test]
    fn dates_in_every_form() {
        for (stretch, wanted) in [
            ("11 June 2019", "2019-06-11 2019-06-11"),
            ("12 and 13 September 2023", "2023-09-12 2023-09-13"),
            ("12-16 June 2023", "2023-06-12 2023-06-16"),
            ("12–16 June 2023", "2023-06-12 2023-06-16"),
            ("3 to 14 June 2024", "2024-06-03 2024-06-14"),
            ("29 January to 9 February 2018", "2018-01-29 2018-02-09"),
            ("29 January 2018 to 9 February 2018", "2018-01-29 2018-02-09"),
            ("14 January 2014- 5 February 2014", "2014-01-14 2014-02-05"),
            ("11 April 2016 – 28 April 2016", "2016-04-11 2016-04-28"),
            (
                "30 September to 11 October 2024 and 13 to 16 January 2025",
                "2024-09-30 2025-01-16",
            ),
            (
                "19 November-11 December 2013 and 28 – 30 January 2014",
                "2013-11-19 2014-01-30",
            ),
            ("28 December to 10 January 2025", "2024-12-28 2025-01-10"),
            (
                "Monday 17th until Friday 28th September 2018",
                "2018-09-17 2018-09-28",
            ),
            ("the 2nd and 3rd of Sept. 2022", "2022-09-02 2022-09-03"),
            ("2, 3 and 9 May 2022", "2022-05-02 2022-05-09"),
            ("13th Dec 2023", "2023-12-13 2023-12-13"),
            ("June 11 to 13, 2024", "2024-06-11 2024-06-13"),
            ("September 30 to October 4, 2024", "2024-09-30 2024-10-04"),
            ("05/03/2024 to 06/03/2024", "2024-03-05 2024-03-06"),
            ("2024-03-05", "2024-03-05 2024-03-05"),
            ("3 to 14 June 2024 1", "2024-06-03 2024-06-14"),
        ] {
            assert_eq!(found(stretch).as_deref(), Some(wanted), "{stretch}");
        }
    }

    #[test]
    fn no_date_rather_than_a_wrong_one() {
        for stretch in [
            "12 and 13 June",
            "June 2024",
            "2024",
            "31 June 2024",
            "14 to 3 June 2024",
            "3 June 2019 to 14 June 2024",
            "12 2024",
            "",
        ] {
            assert_eq!(found(stretch), None, "{stretch}");
        }
    }
}
