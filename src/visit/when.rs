//! The dates of a visit as people write them.

use jiff::civil::Date;

use super::Visit;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Visit {
    /// The dates in words: `5 March 2024`, `5–6 March 2024`, `30 January – 3 February 2024`, `March 2024` where only the
    /// month is known (a visit from the first to the last day of a month), `dates unknown`.
    pub fn when(&self) -> String {
        let Some((start, end)) = self.dates() else {
            return "dates unknown".to_owned();
        };
        let month = |date: Date| MONTHS[usize::from(date.month().unsigned_abs()).saturating_sub(1) % 12];
        let day = |date: Date| format!("{} {}", date.day(), month(date));
        let year = end.year();
        if whole_month(start, end) {
            format!("{} {year}", month(start))
        } else if start == end {
            format!("{} {year}", day(start))
        } else if start.year() != year {
            format!("{} {} – {} {year}", day(start), start.year(), day(end))
        } else if start.month() == end.month() {
            format!("{}–{} {year}", start.day(), day(end))
        } else {
            format!("{} – {} {year}", day(start), day(end))
        }
    }

    /// The same for a narrow column: `5 Mar 2024`, the first day alone; `Mar 2024`; `no date`.
    pub fn when_short(&self) -> String {
        let Some((start, end)) = self.dates() else {
            return "no date".to_owned();
        };
        let month = MONTHS[usize::from(start.month().unsigned_abs()).saturating_sub(1) % 12];
        let month = month.get(..3).unwrap_or(month);
        if whole_month(start, end) {
            format!("{month} {}", start.year())
        } else {
            format!("{} {month} {}", start.day(), start.year())
        }
    }

    /// Authority and dates in words; the document's name where neither is known.
    pub fn title(&self) -> String {
        let document = || self.documents.first().map_or("", |document| &document.document);
        match (&self.authority, &self.start) {
            (Some(authority), _) => format!("{authority}, {}", self.when()),
            (None, Some(_)) => format!("{}, {}", document(), self.when()),
            (None, None) => document().to_owned(),
        }
    }

    fn dates(&self) -> Option<(Date, Date)> {
        let start: Date = self.start.as_ref()?.parse().ok()?;
        let end = self.end.as_ref().and_then(|end| end.parse().ok());
        Some((start, end.unwrap_or(start).max(start)))
    }
}

fn whole_month(start: Date, end: Date) -> bool {
    start == start.first_of_month() && end == start.last_of_month()
}

#[cfg(test)]
mod tests {
    use crate::rules::Rules;
    use crate::visit::{Labelled, Options, visits};

    #[test]
    fn dates_are_written_as_people_do() {
        let rules = Rules::from_files(Vec::new()).expect("no rules are rules");
        for (start, end, long, short) in [
            ("2024-03-05", "2024-03-05", "5 March 2024", "5 Mar 2024"),
            ("2024-03-05", "", "5 March 2024", "5 Mar 2024"),
            ("2024-03-05", "2024-03-06", "5–6 March 2024", "5 Mar 2024"),
            (
                "2024-01-30",
                "2024-02-03",
                "30 January – 3 February 2024",
                "30 Jan 2024",
            ),
            (
                "2013-11-19",
                "2014-01-30",
                "19 November 2013 – 30 January 2014",
                "19 Nov 2013",
            ),
            ("2024-02-01", "2024-02-29", "February 2024", "Feb 2024"),
            ("", "", "dates unknown", "no date"),
        ] {
            let mut labelled = Labelled::default();
            labelled.facts.inspection_start = start.parse().ok();
            labelled.facts.inspection_end = end.parse().ok();
            let visits = visits(&rules, vec![labelled], &Options::default());
            assert_eq!(
                (visits[0].when().as_str(), visits[0].when_short().as_str()),
                (long, short)
            );
        }
    }
}
