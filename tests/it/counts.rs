//! What holds of the labels of every row, held of every document.

use findings::codebook::Polarity;

use crate::documents;
use crate::laws::counts::hold;

#[test]
fn of_every_document() {
    let mut mixed = 0;
    for path in documents::all() {
        let (_, rows) = documents::read(&path);
        hold(documents::rules(), &documents::stem(&path), &rows);
        mixed += rows.iter().filter(|row| row.polarity == Polarity::Mixed).count();
    }
    assert!(mixed > 0, "no sentence is mixed, so nothing was shown of those");
}

#[test]
fn ids_name_one_row_each() {
    for document in documents::read_all() {
        let mut ids: Vec<&str> = document.rows.iter().map(|row| row.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(
            ids.len(),
            document.rows.len(),
            "{}: an id stands twice",
            document.name
        );
    }
}
