//! Every example in `rules/` holds.

use findings::Rules;
use findings::examples::failures;

#[test]
fn the_built_in_rules_are_without_mistakes() {
    if let Err(error) = Rules::built_in_checked() {
        panic!("{error}");
    }
}

#[test]
fn every_example_holds() {
    let rules = Rules::built_in();
    assert!(!rules.examples().is_empty(), "no example was run");
    let all = failures(&rules);
    let wrong: Vec<String> = all.iter().filter(|failure| !failure.todo).map(ToString::to_string).collect();
    println!("{} examples, {} of them still to do", rules.examples().len(), all.iter().filter(|f| f.todo).count());
    assert!(wrong.is_empty(), "{} examples do not hold:\n{}", wrong.len(), wrong.join("\n"));
}
