//! What CONTRIBUTING.md tells authors of rules to write works as written: each block that names a file is put there,
//! and the rules that come of it are without mistakes and hold their examples.

use std::fs;
use std::path::Path;

use findings::Rules;
use findings::examples::failures;
use findings::rules::RuleFile;

/// A block of CONTRIBUTING.md: which file, where in it, and what.
struct Block {
    file: String,
    place: Place,
    text: String,
}

#[derive(Clone, PartialEq)]
enum Place {
    /// The file is new.
    New,
    /// Behind what the file holds.
    End,
    /// In the list of that name.
    List(String),
}

fn blocks() -> Vec<Block> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("CONTRIBUTING.md");
    let text = fs::read_to_string(file).unwrap();
    text.split("```toml\n# rules/")
        .skip(1)
        .map(|rest| {
            let (head, rest) = rest.split_once('\n').unwrap();
            let (file, place) = match head.split_once(", ") {
                None => (head, Place::New),
                Some((file, "at the end")) => (file, Place::End),
                Some((file, place)) => (file, Place::List(place.strip_prefix("in ").unwrap().to_owned())),
            };
            Block {
                file: file.to_owned(),
                place,
                text: rest.split_once("```").unwrap().0.to_owned(),
            }
        })
        .collect()
}

fn built_in() -> Vec<RuleFile> {
    Rules::built_in().files().to_vec()
}

fn follow(files: &mut Vec<RuleFile>, block: &Block) {
    let known = files.iter_mut().find(|file| file.name == block.file);
    match (&block.place, known) {
        (Place::New, None) => files.push(RuleFile::new(&block.file, &block.text)),
        (Place::End, Some(file)) => file.text = format!("{}\n{}", file.text, block.text),
        (Place::List(list), Some(file)) => {
            let head = format!("\n{list} = [\n");
            assert!(file.text.contains(&head), "{} has no list {list}", file.name);
            file.text = file.text.replacen(&head, &format!("{head}{}", block.text), 1);
        }
        (Place::New, Some(_)) => panic!("{} is there already", block.file),
        (_, None) => panic!("{} is not there", block.file),
    }
}

/// The examples of the blocks that do not hold under the rules in these files.
fn broken(files: Vec<RuleFile>, blocks: &[Block]) -> Vec<String> {
    // Standing text is held against its examples when rules are loaded.
    let rules = match Rules::from_files(files) {
        Ok(rules) => rules,
        Err(error) => return vec![error.to_string()],
    };
    let ours = |snippet: &str| {
        let line = snippet.lines().find_map(|line| line.split_once("| text = "));
        line.is_some_and(|(_, text)| blocks.iter().any(|block| block.text.contains(text)))
    };
    failures(&rules)
        .into_iter()
        .filter(|failure| ours(&failure.mistake.snippet))
        .map(|failure| failure.to_string())
        .collect()
}

#[test]
fn every_recipe_holds() {
    let mut files = built_in();
    let before = Rules::built_in().examples().len();
    let blocks = blocks();
    assert!(blocks.len() >= 6, "only {} recipes were found", blocks.len());
    blocks.iter().for_each(|block| follow(&mut files, block));
    let after = Rules::from_files(files.clone()).unwrap().examples().len();
    assert!(after >= before + 5, "the recipes brought no examples");
    let broken = broken(files, &blocks);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_recipe_tells_what_holds_without_it() {
    // A cue or heading whose example holds anyway shows nothing to whoever follows the recipe.
    let blocks = blocks();
    let gives_rules =
        |block: &&Block| matches!(block.place, Place::List(_)) || block.file.starts_with("letters/");
    let mut left_out = 0;
    for (index, block) in blocks.iter().enumerate().filter(|(_, block)| gives_rules(block)) {
        let mut files = built_in();
        let others = blocks.iter().enumerate().filter(|(other, _)| *other != index);
        others.for_each(|(_, other)| follow(&mut files, other));
        assert!(
            !broken(files, &blocks).is_empty(),
            "the block for {} changes nothing",
            block.file
        );
        left_out += 1;
    }
    assert_eq!(left_out, 4);
}
