//! For people who write rules: a summary, then lists, cues and candidates, each table with its legend.
//!
//! What comes from documents is made safe to show. Colour is always written; the one who owns the terminal takes it out
//! where it is not wanted.

use std::io::{self, Write};

use anstyle::Style;

use super::{CueStats, Evaluative, Figures, ListStats, Spoken, Stats};
use crate::codebook::{Change, Polarity, Speaker, Time};
use crate::report::visible_line;

const HEADING: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// How much of the statistics is shown.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// Lines of each table.
    pub top: usize,
    /// Sentences under each cue.
    pub sentences: usize,
    /// Only the cues that were never seen.
    pub unused: bool,
}

/// Writes statistics for reading. This form may change in any release.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_text(stats: &Stats, options: &TextOptions, out: &mut dyn Write) -> io::Result<()> {
    summary(stats, out)?;
    if options.unused {
        return unused(&stats.cues, out);
    }
    lists(stats, options, out)?;
    cues(stats, options, out)?;
    candidates(stats, options, out)
}

fn summary(stats: &Stats, out: &mut dyn Write) -> io::Result<()> {
    let all = &stats.summary;
    writeln!(
        out,
        "{HEADING}{} on {}, {}{HEADING:#} {DIM}(rules {}){DIM:#}",
        count(all.cues, "cue"),
        count(all.documents, "document"),
        count(all.sentences, "sentence"),
        stats.rules
    )?;
    writeln!(
        out,
        "  {} seen, {} dead (never seen); of those seen, {} silenced each time, {} spoke but decided nothing",
        all.hit, all.dead, all.always_silenced, all.idle
    )?;
    write!(out, "  {} made by cues", count(all.labels, "label"))?;
    if all.sentences_in_gold > 0 {
        write!(
            out,
            "; gold has {} of the sentences, with {} made by cues: {} right, {} wrong",
            all.sentences_in_gold,
            count(all.labels_in_gold, "label"),
            all.labels_right,
            all.labels_in_gold - all.labels_right
        )?;
    }
    writeln!(out)?;
    write!(
        out,
        "  sentences that look evaluative but in which no cue judges: {}",
        all.candidates
    )?;
    if all.sentences_in_gold > 0 {
        write!(out, "; the rules get {} of them wrong", all.candidates_wrong)?;
    }
    writeln!(out, "\n")
}

/// Only the cues that were never seen, list by list.
fn unused(cues: &[CueStats], out: &mut dyn Write) -> io::Result<()> {
    let mut dead: Vec<&CueStats> = cues.iter().filter(|cue| cue.figures.hits == 0).collect();
    dead.sort_by(|a, b| (&a.list, &a.id).cmp(&(&b.list, &b.id)));
    for list in dead.chunk_by(|a, b| a.list == b.list) {
        writeln!(
            out,
            "{HEADING}{}{HEADING:#} {DIM}({}){DIM:#}",
            list[0].list,
            list.len()
        )?;
        for cue in list {
            writeln!(out, "  {}", visible_line(&cue.id))?;
        }
    }
    Ok(())
}

/// Heads of the columns that lists and cues share.
fn heads(gold: bool) -> Vec<&'static str> {
    let mut heads = Vec::new();
    if gold {
        heads.extend(["wrong", "in gold", "precision", "recall"]);
    }
    heads.extend(["decided", "hits", "silenced", "overlap", "conflict"]);
    heads
}

fn numbers(figures: &Figures) -> Vec<String> {
    let share = |share: Option<f64>| share.map_or_else(|| "-".to_owned(), |share| format!("{share:.2}"));
    let mut cells = Vec::new();
    if let Some(gold) = &figures.gold {
        cells.extend([
            gold.wrong.to_string(),
            gold.decided.to_string(),
            share(gold.precision),
            share(gold.recall),
        ]);
    }
    cells.extend(
        [
            figures.decided,
            figures.hits,
            figures.silenced,
            figures.overlap,
            figures.conflict,
        ]
        .map(|count| count.to_string()),
    );
    cells
}

fn legend(gold: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = Vec::new();
    if gold {
        lines.extend([
            "wrong: of the decisions in gold, those wrong in what the cue is there for (a name: the theme; a word that",
            "judges: the polarity); precision: the rest of them as a share; recall: share of gold's labels of its kind that",
            "it made, for a cue in the sentences where it stands, for a list in all.",
        ]);
    }
    lines.extend([
        "decided: labels in whose evidence it stands; hits: times seen; silenced: of those, by a longer cue or exemption;",
        "overlap, conflict: sentences in which another cue says the same, the opposite of the same theme.",
    ]);
    for line in lines {
        writeln!(out, "  {DIM}{line}{DIM:#}")?;
    }
    Ok(())
}

fn lists(stats: &Stats, options: &TextOptions, out: &mut dyn Write) -> io::Result<()> {
    let gold = stats.summary.sentences_in_gold > 0;
    let seen: Vec<&ListStats> = stats.lists.iter().filter(|list| list.figures.hits > 0).collect();
    title("Lists of cues, worst first", seen.len(), options.top, out)?;
    legend(gold, out)?;
    let mut head = heads(gold);
    head.extend(["dead", "cues", "list"]);
    let rows: Vec<Vec<String>> = seen
        .iter()
        .take(options.top)
        .map(|list| {
            let mut cells = numbers(&list.figures);
            cells.extend([list.dead.to_string(), list.cues.to_string(), list.id.clone()]);
            cells
        })
        .collect();
    table(&head, &rows, out, |_, _| Ok(()))?;
    writeln!(out)
}

fn cues(stats: &Stats, options: &TextOptions, out: &mut dyn Write) -> io::Result<()> {
    let gold = stats.summary.sentences_in_gold > 0;
    let seen: Vec<&CueStats> = stats.cues.iter().filter(|cue| cue.figures.hits > 0).collect();
    title("Cues, worst first", seen.len(), options.top, out)?;
    writeln!(
        out,
        "  {DIM}Below a cue the first sentences in which it is {}.{DIM:#}",
        if gold { "wrong" } else { "in conflict" }
    )?;
    let mut head = heads(gold);
    head.push("cue");
    let rows: Vec<Vec<String>> = seen
        .iter()
        .take(options.top)
        .map(|cue| {
            let mut cells = numbers(&cue.figures);
            cells.push(format!("{} ({})", cue.id, cue.act));
            cells
        })
        .collect();
    table(&head, &rows, out, |n, out| {
        let figures = &seen[n].figures;
        if !figures.silenced_by.is_empty() {
            let by: Vec<String> = figures
                .silenced_by
                .iter()
                .map(|by| format!("{} {}", by.id, by.times))
                .collect();
            writeln!(
                out,
                "      {DIM}silenced by {}{DIM:#}",
                visible_line(&by.join(", "))
            )?;
        }
        let behind = if gold {
            &figures.behind.wrong
        } else {
            &figures.behind.conflict
        };
        for sentence in behind.iter().take(options.sentences) {
            if let Some(spoken) = stats.sentences.get(*sentence) {
                quote(spoken, out)?;
            }
        }
        Ok(())
    })?;
    writeln!(out)
}

fn candidates(stats: &Stats, options: &TextOptions, out: &mut dyn Write) -> io::Result<()> {
    let gold = stats.summary.sentences_in_gold > 0;
    let all = usize::try_from(stats.summary.candidates).unwrap_or(usize::MAX);
    title("Sentences in which no cue judges", all, options.top, out)?;
    let which = if gold {
        "Gold calls them strength, concern or mixed; those that the rules get wrong come first, then"
    } else {
        "They stand among findings, and are neutral or take their polarity from the section;"
    };
    writeln!(
        out,
        "  {DIM}{which} those first whose{DIM:#}\n  {DIM}words are most typical of sentences that cues judge (log-odds ratios added up; above 0: more at home there).{DIM:#}"
    )?;
    for Evaluative {
        sentence,
        score,
        words,
        ..
    } in stats.candidates.iter().take(options.top)
    {
        let words = words.iter().map(|word| format!("  {}", visible_line(word)));
        writeln!(out, "  {score:6.2}{}", words.collect::<String>())?;
        quote(sentence, out)?;
    }
    Ok(())
}

fn title(title: &str, all: usize, top: usize, out: &mut dyn Write) -> io::Result<()> {
    let shown = if all > top {
        format!("{top} of {all}")
    } else {
        all.to_string()
    };
    writeln!(out, "{HEADING}{title}{HEADING:#} {DIM}({shown}){DIM:#}")
}

/// A sentence behind a number, and what was said of it.
fn quote(spoken: &Spoken, out: &mut dyn Write) -> io::Result<()> {
    let by_rules = says(
        spoken.polarity,
        &spoken.labels,
        (spoken.source, spoken.time, spoken.change),
    );
    let mut aside = format!("{} {}; {by_rules}", spoken.document, spoken.id);
    if let Some(gold) = &spoken.gold {
        let frame = (gold.source, gold.time, gold.change);
        aside += &format!("; gold: {}", says(gold.polarity, &gold.labels, frame));
    }
    writeln!(
        out,
        "      \"{}\"\n        {DIM}{}{DIM:#}",
        visible_line(&spoken.text),
        visible_line(&aside)
    )
}

/// Polarity and labels of a sentence, and what is unusual about it.
fn says(polarity: Polarity, labels: &[String], (source, time, change): (Speaker, Time, Change)) -> String {
    let mut parts = vec![polarity.to_string()];
    if !labels.is_empty() {
        parts.push(labels.join(" "));
    }
    if source != Speaker::Inspector {
        parts.push(format!("{source} speaks"));
    }
    if time != Time::Current {
        parts.push(time.to_string());
    }
    if change != Change::None {
        parts.push(change.to_string());
    }
    parts.join(", ")
}

/// A table: numbers to the right, the last column to the left; `below` writes what stands under a line.
fn table(
    head: &[&str],
    rows: &[Vec<String>],
    out: &mut dyn Write,
    mut below: impl FnMut(usize, &mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let last = head.len().saturating_sub(1);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let widest = cells.map(|cell| cell.chars().count()).max();
        widest.unwrap_or(0).max(head[column].len())
    };
    let widths: Vec<usize> = (0..last).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut line = String::new();
        for (column, cell) in cells.enumerate() {
            match widths.get(column) {
                Some(width) => line += &format!("  {cell:>width$}"),
                None => line += &format!("  {}", visible_line(cell)),
            }
        }
        line
    };
    writeln!(out, "{DIM}{}{DIM:#}", line(&mut head.iter().copied()))?;
    for (n, row) in rows.iter().enumerate() {
        writeln!(out, "{}", line(&mut row.iter().map(String::as_str)))?;
        below(n, out)?;
    }
    Ok(())
}

fn count(number: u64, thing: &str) -> String {
    let end = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{end}")
}
