//! `findings explain`: why a sentence has its labels, and why not others.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use findings::explain::{Explanation, explain, left_out};
use findings::report::{explained, visible_line};
use findings::{Reading, Rules, Source};

use super::inputs::Input;
use super::outcome::{Outcome, Stop};
use super::output::Output;
use super::{Arguments, contained, messages};

/// Say why a sentence has its labels, and why not others: every cue in it and what became of it
///
/// With --text one sentence or paragraph of your own; else sentences of a document, which --sentence, --paragraph and --theme
/// choose.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit codes: 0 explained; 2 nothing explained: a document that cannot be read, a text that gives no sentence, or a \
                  sentence or theme that there is not."
)]
pub(crate) struct Explain {
    /// The document; - for standard input
    #[arg(required_unless_present = "text", conflicts_with = "text")]
    file: Option<PathBuf>,
    /// Explain this text
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    /// The heading under which the text stands: headings such as "What needs to improve" decide much
    #[arg(long, value_name = "HEADING", requires = "text")]
    section: Option<String>,
    /// Only this sentence, by its number in the document
    #[arg(long, value_name = "N")]
    sentence: Option<u32>,
    /// Only the paragraph with this number, as the letter prints it
    #[arg(long, value_name = "P")]
    paragraph: Option<String>,
    /// Only what concerns this theme: sentences that have it or hold a cue of it
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,
    /// How it looks
    #[arg(short, long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// Plain words
    Text,
    /// One JSON object a sentence, on a line of its own
    Json,
}

impl Explain {
    pub(crate) fn run(&self, rules: impl FnOnce() -> Result<Rules, Stop>) -> Result<Outcome, Stop> {
        let rules = rules()?;
        if let Some(theme) = &self.theme
            && !rules.themes().any(|known| known.id == *theme)
        {
            let known: Vec<&str> = rules.themes().map(|theme| theme.id.as_str()).collect();
            let message = format!("there is no theme {theme}: the themes are {}", known.join(", "));
            return Err(Arguments::wrong_call(Some("explain"), message));
        }
        let reading = contained::read(&rules, &self.source()?)?;
        for warning in &reading.warnings {
            messages::warning(&reading.document, warning);
        }
        let all = explain(&rules, &reading, self.theme.as_deref());
        let chosen: Vec<&Explanation> = all.iter().filter(|one| self.chooses(one)).collect();
        if chosen.is_empty() {
            return Err(Stop::Other(self.nothing(&rules, &reading, all.len())));
        }
        let mut output = Output::open(None, matches!(self.format, Form::Text))?;
        for one in chosen {
            output.write(|out| match self.format {
                Form::Text => explained(one, self.theme.as_deref(), out),
                Form::Json => {
                    serde_json::to_writer(&mut *out, one)?;
                    writeln!(out)
                }
            })?;
        }
        output.finish()?;
        Ok(Outcome::Done)
    }

    fn source(&self) -> Result<Source, Stop> {
        match (&self.text, &self.file) {
            (Some(text), _) => {
                let document = match &self.section {
                    Some(section) => format!("{section}\n\n{text}\n"),
                    None => format!("{text}\n"),
                };
                Ok(Source::from_text("text", document))
            }
            (None, Some(file)) if file.is_dir() => Err(Stop::Other(format!(
                "{} is a folder; name one document",
                file.display()
            ))),
            (None, file) => Ok(Input::from(file.clone().unwrap_or_default()).open()?),
        }
    }

    fn chooses(&self, one: &Explanation) -> bool {
        let row = &one.sentence;
        let theme = |theme: &String| {
            let id = Some(theme.as_str());
            row.labels.iter().any(|label| label.theme == *theme)
                || one.cues.iter().any(|cue| cue.theme.as_deref() == id)
        };
        self.sentence.is_none_or(|n| n == row.sentence)
            && self.paragraph.as_ref().is_none_or(|p| row.paragraph.as_ref() == Some(p))
            // One text is always explained: that nothing in it names the theme is the answer.
            && (self.text.is_some() || self.sentence.is_some() || self.theme.as_ref().is_none_or(theme))
    }

    /// Why no sentence is chosen: the text asked for gives none, or there is none of that number.
    fn nothing(&self, rules: &Rules, reading: &Reading, count: usize) -> String {
        let document = &reading.document;
        let mut left_out = left_out(rules, reading);
        if self.text.is_some() {
            left_out.retain(|one| self.section.as_ref() != Some(&one.text));
        } else {
            left_out.retain(|one| self.paragraph.is_some() && one.paragraph == self.paragraph);
        }
        if let Some(one) = left_out.first() {
            let under = one
                .section
                .as_ref()
                .map_or_else(String::new, |section| format!(" under “{section}”"));
            return format!(
                "“{}” of {document}{under} gives no sentence: {}",
                visible_line(&one.text),
                one.reason.meaning()
            );
        }
        if count == 0 {
            return format!(
                "{document} holds no sentence that gives a row; see `findings text --stage sections`"
            );
        }
        let theme = self.theme.as_ref().map_or_else(String::new, |theme| {
            format!("; one that holds nothing of {theme} is explained where --sentence names it")
        });
        format!(
            "no sentence of {document} is chosen: it has {count} sentences, numbered from 1; `findings tag` shows them with their paragraphs{theme}"
        )
    }
}
