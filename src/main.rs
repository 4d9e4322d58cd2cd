//! The program `findings`.

fn main() {}
