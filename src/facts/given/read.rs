//! What the cells of a facts file say.

use super::{Cell, Change};
use crate::codebook::{Fact, Judgement, Kind};
use crate::rules::near;

/// The word that empties a fact.
const NONE: &str = "none";

/// What a cell says, or what is wrong with it.
pub(super) fn change(cell: Cell) -> Result<Change, String> {
    let text = cell.text.trim().to_owned();
    let some = (text != NONE).then_some(text.as_str());
    let date = || some.map(day).transpose();
    let Some(fact) = Fact::from_name(&cell.column) else {
        let prefix = format!("{}.", Fact::Judgements);
        if let Some(area) = cell.column.strip_prefix(&prefix) {
            let value = some.map(|name| one_of(name, Judgement::from_name(name), Judgement::ALL));
            return Ok(Change::Judgement(area.to_owned(), value.transpose()?));
        }
        return match Fact::ALL.iter().find(|fact| near(fact.name(), &cell.column)) {
            Some(fact) => Err(format!(
                "there is no fact `{}`: did you mean `{fact}`?",
                cell.column
            )),
            None => Ok(Change::Extra(cell.column, cell.value)),
        };
    };
    Ok(match fact {
        Fact::Kind => Change::Kind(
            some.map(|name| one_of(name, Kind::from_name(name), Kind::ALL))
                .transpose()?,
        ),
        Fact::Authority => Change::Authority(some.map(str::to_owned)),
        Fact::InspectionStart => Change::Start(date()?),
        Fact::InspectionEnd => Change::End(date()?),
        Fact::Published => Change::Published(date()?),
        Fact::VisitNumber => Change::VisitNumber(some.map(number).transpose()?),
        Fact::LeadInspector => Change::LeadInspector(some.map(str::to_owned)),
        Fact::Judgements => {
            return Err(format!(
                "write each judgement by itself, such as `{fact}.overall`"
            ));
        }
    })
}

fn day(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse()
        .map_err(|_| format!("`{text}` is no date: write year, month and day as in 2024-03-05"))
}

fn number(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| format!("`{text}` is no number of a visit: write 1, 2 and so on"))
}

fn one_of<T: std::fmt::Display>(name: &str, value: Option<T>, all: &[T]) -> Result<T, String> {
    value.ok_or_else(|| {
        let all: Vec<String> = all.iter().map(ToString::to_string).collect();
        format!("`{name}` is not one of {}", all.join(", "))
    })
}
