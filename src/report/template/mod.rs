//! Reports in the user's own form: a template over visits, comparisons, findings and facts.
//!
//! In: a [`Template`] and a [`Bundle`]. Out: text. Decides nothing about what was found; which variables there are stands
//! in `docs/templates.md`, and a test keeps that page true.
//!
//! What a template writes is made safe for the kind of file that its name ends in: HTML is escaped, signs of Markdown get
//! a backslash, JSON gets literals; control characters become pictures of themselves everywhere. So the words of a letter
//! stay words, unless the template itself asks otherwise (`|safe`).

mod filters;
mod view;

use std::path::{Path, PathBuf};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{
    AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior, escape_formatter, path_loader,
};

use super::markdown::cell;
use super::{Bundle, visible_text};
use crate::error::{Error, Mistake};
use crate::rules::RuleFile;
use crate::span::Span;

/// Templates that come with the program, in the order in which help lists them.
pub const SHIPPED: &[Shipped] = &[
    Shipped {
        name: "board-paper",
        file: "board-paper.md",
        about: "a paper for a board, in Markdown",
        source: include_str!("../../../templates/board-paper.md"),
    },
    Shipped {
        name: "briefing",
        file: "briefing.html",
        about: "a briefing of one page for each authority, in HTML",
        source: include_str!("../../../templates/briefing.html"),
    },
];

/// A template that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// The name by which a user asks for it.
    pub name: &'static str,
    /// Its file in `templates/`; the ending says what is made of it.
    pub file: &'static str,
    /// What it makes, in a few words.
    pub about: &'static str,
    /// The template.
    pub source: &'static str,
}

/// A template that has been read.
#[derive(Clone, Debug)]
pub struct Template {
    file: String,
    source: String,
    /// Where templates that it includes are looked for; none for a shipped one, which includes none.
    folder: Option<PathBuf>,
}

impl Template {
    /// The shipped template of that name, or the template in the file of that name. What it includes is looked for in its
    /// folder.
    ///
    /// # Errors
    /// [`Error::Read`] where the file cannot be read as UTF-8.
    pub fn open(name: &Path) -> Result<Self, Error> {
        if let Some(shipped) = SHIPPED.iter().find(|shipped| Path::new(shipped.name) == name) {
            return Ok(Self::from(shipped));
        }
        let source = std::fs::read_to_string(name).map_err(|source| Error::Read {
            path: name.to_owned(),
            source,
        })?;
        Ok(Self {
            file: name.to_string_lossy().into_owned(),
            source,
            folder: Some(name.parent().unwrap_or(Path::new("")).to_owned()),
        })
    }

    /// What the template makes of a run: the same bytes for the same run.
    ///
    /// # Errors
    /// [`Error::Template`] for the first mistake: a template is not gone through further once it cannot go on.
    pub fn render(&self, bundle: &Bundle<'_>) -> Result<String, Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        // Without it an error does not name the variable.
        environment.set_debug(true);
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build();
        environment.set_syntax(syntax.expect("the delimiters are the usual ones"));
        environment.set_auto_escape_callback(escaping);
        environment.set_formatter(write);
        filters::add(&mut environment, bundle.page.rules);
        if let Some(folder) = &self.folder {
            environment.set_loader(path_loader(folder));
        }
        environment
            .add_template_owned(self.file.clone(), self.source.clone())
            .and_then(|()| {
                environment
                    .get_template(&self.file)?
                    .render(view::context(bundle))
            })
            .map_err(|error| self.mistake(&error))
    }

    fn mistake(&self, error: &minijinja::Error) -> Error {
        // The innermost error tells what and where; those around it are the templates that include it.
        let mut innermost = error;
        let mut cause = std::error::Error::source(error);
        let mut message = said(innermost);
        while let Some(inner) = cause {
            match inner.downcast_ref::<minijinja::Error>() {
                Some(inner) => {
                    innermost = inner;
                    message = said(inner);
                }
                None => message = format!("{message}: {inner}"),
            }
            cause = inner.source();
        }
        let file = match innermost.name() {
            Some(name) if name != self.file => {
                let folder = self.folder.as_deref().unwrap_or(Path::new(""));
                folder.join(name).to_string_lossy().into_owned()
            }
            _ => self.file.clone(),
        };
        let source = innermost.template_source().unwrap_or(&self.source);
        let at = innermost
            .range()
            .unwrap_or_else(|| line(source, innermost.line()));
        let file = RuleFile::new(file, source.to_owned());
        Error::Template {
            mistake: Box::new(Mistake::new(&file, Span::new(at.start, at.end), message)),
        }
    }
}

impl From<&Shipped> for Template {
    fn from(shipped: &Shipped) -> Self {
        Self {
            file: shipped.file.to_owned(),
            source: shipped.source.to_owned(),
            folder: None,
        }
    }
}

/// The bytes of a line, numbered from 1; the start of the file where there is no number.
fn line(source: &str, number: Option<usize>) -> std::ops::Range<usize> {
    let before = number.unwrap_or(1).saturating_sub(1);
    let start: usize = source.split_inclusive('\n').take(before).map(str::len).sum();
    let length = source[start..].lines().next().map_or(0, str::len);
    start..start + length
}

/// What went wrong and what to do.
fn said(error: &minijinja::Error) -> String {
    let what = match error.detail() {
        Some(detail) => detail.to_owned(),
        None => error.kind().to_string(),
    };
    let advice = match error.kind() {
        ErrorKind::UndefinedError => format!(
            "; there are {}; docs/templates.md lists what each of them holds",
            view::NAMES.join(", ")
        ),
        ErrorKind::UnknownFilter => format!(
            "; filters of this program: {}, beside those of MiniJinja",
            filters::NAMES.join(", ")
        ),
        ErrorKind::TemplateNotFound => {
            " in the folder of the template; names that lead out of it are not followed".to_owned()
        }
        _ => String::new(),
    };
    match error.kind() {
        // The words around a mistake of these kinds say nothing more.
        ErrorKind::SyntaxError | ErrorKind::UndefinedError | ErrorKind::TemplateNotFound => what + &advice,
        kind if error.detail().is_some() => format!("{kind}: {what}{advice}"),
        _ => what + &advice,
    }
}

/// How Markdown is called among the ways of escaping.
const MARKDOWN: &str = "markdown";

/// How a file is escaped, by the ending of its name; an ending that says only that it is a template is passed over.
fn escaping(name: &str) -> AutoEscape {
    let name = name.to_lowercase();
    let name = ["j2", "jinja", "jinja2"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending)?.strip_suffix('.'))
        .unwrap_or(&name);
    match name.rsplit('.').next().unwrap_or_default() {
        "html" | "htm" | "xhtml" | "xml" | "svg" => AutoEscape::Html,
        "md" | "markdown" | "qmd" | "rmd" => AutoEscape::Custom(MARKDOWN.into()),
        "json" => AutoEscape::Json,
        _ => AutoEscape::None,
    }
}

/// Writes a value: nothing for null, control characters as pictures of themselves, then the escaping of the file.
fn write(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    let escape = state.auto_escape().clone();
    if value.is_none() && escape != AutoEscape::Json {
        return Ok(());
    }
    if value.is_safe() || value.is_undefined() {
        // Of a way of escaping of our own the engine knows nothing, and there is nothing to escape.
        return match value.as_str() {
            Some(text) => out.write_str(text).map_err(unwritten),
            None => escape_formatter(out, state, value),
        };
    }
    match (escape, value.as_str()) {
        (AutoEscape::Custom(_), _) => out.write_str(&cell(&value.to_string())).map_err(unwritten),
        (_, Some(text)) => escape_formatter(out, state, &Value::from(visible_text(text))),
        (_, None) => escape_formatter(out, state, value),
    }
}

fn unwritten(error: std::fmt::Error) -> minijinja::Error {
    minijinja::Error::new(ErrorKind::WriteFailure, "cannot write").with_source(error)
}

#[cfg(all(test, feature = "schema"))]
mod page_tests;
#[cfg(test)]
mod tests;
