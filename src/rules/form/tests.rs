//! Files put in form.

use super::*;

fn formed(name: &str, text: &str) -> String {
    let once = in_form(&RuleFile::new(name, text)).unwrap();
    assert_eq!(in_form(&RuleFile::new(name, &once)).unwrap(), once, "not stable");
    once
}

#[test]
fn spaces_commas_and_breaks_are_put_in_order() {
    let text = "\n\n# About plans.\nname='Plans'   # so called\n  about  =  \"All plans.\"\n\n\n\nnames = [ \"plan*\" ,\"care plans\"]\nhints=[\n\"a\", \"b\"  # two\n, # odd\n\n\n\n# three\n   'c'\n]\n# first\n[[ example ]]\ntext = \"x\"\n[[example]]   # more\ntext = \"y\"\n";
    assert_eq!(
        formed("themes/plans.toml", text),
        "# About plans.\nname = 'Plans'   # so called\nabout = \"All plans.\"\n\nnames = [\"plan*\", \"care plans\"]\nhints = [\n  \"a\",\n  \"b\",  # two\n  # odd\n\n  # three\n  'c',\n]\n\n# first\n[[example]]\ntext = \"x\"\n\n[[example]]   # more\ntext = \"y\"\n"
    );
}

#[test]
fn lists_of_letters_and_english_keep_their_lines() {
    let text = "verbs = [\"is\",\"are\",\n\n  \"has\", \"have\"]\n";
    assert_eq!(
        formed("english.toml", text),
        "verbs = [\n  \"is\", \"are\",\n\n  \"has\", \"have\",\n]\n"
    );
    assert_eq!(
        formed("words/verbs.toml", text),
        "verbs = [\n  \"is\",\n  \"are\",\n\n  \"has\",\n  \"have\",\n]\n"
    );
}

#[test]
fn a_list_that_is_too_long_for_a_line_is_broken_up() {
    let long = format!("\"{}\"", "a".repeat(56));
    let text = format!("names = [{long}, {long}]\n");
    assert_eq!(
        formed("letters/x.toml", &text),
        format!("names = [\n  {long},\n  {long},\n]\n")
    );
    // One long entry cannot be mended by breaking.
    let one = format!("names = [\"{}\"]\n", "a".repeat(200));
    assert_eq!(formed("letters/x.toml", &one), one);
}

#[test]
fn everything_that_toml_knows_stays() {
    let text = "a . \"b c\" = 1979-05-27 07:32:00Z\nd = \"\"\"two\n   lines  \n\"\"\"\ne = {x=1,y = [ 1,2 ]}\nf = [[1,\n2],{ z = 1.5 }]\ng = [ ]\nh = [ # in\n]\r\ni = -inf\r\n";
    assert_eq!(
        formed("letters/x.toml", text),
        "a.\"b c\" = 1979-05-27 07:32:00Z\nd = \"\"\"two\n   lines  \n\"\"\"\ne = { x = 1, y = [1, 2] }\nf = [\n  [\n    1,\n    2,\n  ], { z = 1.5 },\n]\ng = []\nh = [\n  # in\n]\ni = -inf\n"
    );
}

#[test]
fn what_is_not_toml_is_told_and_not_touched() {
    let error = in_form(&RuleFile::new("themes/x.toml", "names = [\"a\"\nb = 1\n")).unwrap_err();
    assert!(error.to_string().contains("themes/x.toml:"), "{error}");
}

#[test]
fn the_built_in_files_keep_their_meaning_and_comments() {
    for (name, text) in super::super::BUILT_IN {
        formed(name, text);
    }
}
