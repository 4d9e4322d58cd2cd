//! Sets of bytes that most of a text is held against, one byte after another: one look into a table for each,
//! however many there are in the set.

/// For each byte whether it is one of these.
pub(crate) const fn any_of(these: &[u8]) -> [bool; 256] {
    let mut all = [false; 256];
    let mut at = 0;
    while at < these.len() {
        all[these[at] as usize] = true;
        at += 1;
    }
    all
}
