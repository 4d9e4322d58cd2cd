use super::*;
use crate::rules::RuleFile;
use crate::source::Source;

/// Rules small enough to count by hand.
fn rules() -> Rules {
    let files = [
        (
            "themes/plans.toml",
            "name = \"Plans\"\nabout = \"Plans.\"\nnames = [\"plans\", \"pathway plans\", \"unicorn*\"]\n\
             near_strength = [\"smart\"]\nexempt = [\"plans to\"]\n",
        ),
        (
            "themes/visits.toml",
            "name = \"Visits\"\nabout = \"Visits.\"\nnames = [\"visit*\"]\nconcern = [\"missed visits\"]\n",
        ),
        (
            "words/good.toml",
            "role = \"strength\"\nabout = \"Praise.\"\ncues = [\"good\", \"timely\", \"good enough\"]\n",
        ),
        (
            "words/bad.toml",
            "role = \"concern\"\nabout = \"Criticism.\"\ncues = [\"weak\", \"late\", \"not good enough\"]\n",
        ),
        (
            "words/not.toml",
            "role = \"negate\"\nabout = \"Not.\"\ncues = [\"not\"]\n",
        ),
        (
            "words/since.toml",
            "role = \"past\"\nabout = \"Past.\"\ncues = [\"in 2019\"]\n",
        ),
        ("english.toml", "contrast = [\"but\"]\n"),
    ];
    // Every file but that of English has to have an example; what it says is not looked at here.
    let example = |name: &str| {
        if name == "english.toml" {
            ""
        } else {
            "[[example]]\ntext = \"Plans.\"\npolarity = \"neutral\"\n"
        }
    };
    let file = |(name, text): (&str, &str)| RuleFile::new(name, format!("{text}{}", example(name)));
    Rules::from_files(files.into_iter().map(file).collect()).unwrap_or_else(|error| panic!("{error}"))
}

fn stats(documents: &[(&str, &str)], gold: &[Gold]) -> Stats {
    let rules = rules();
    let mut collector = Collector::new(&rules, 2);
    for (name, text) in documents {
        let reading = rules.read(&Source::from_text(*name, *text)).unwrap();
        let own: Vec<Gold> = gold.iter().filter(|gold| gold.doc == *name).cloned().collect();
        let tally = collector.tally(&rules, &reading, &own);
        collector.add(tally);
    }
    collector.finish()
}

fn cue<'a>(stats: &'a Stats, id: &str) -> &'a Figures {
    let known = || stats.cues.iter().map(|cue| cue.id.as_str()).collect::<Vec<_>>();
    match stats.cues.iter().find(|cue| cue.id == id) {
        Some(cue) => &cue.figures,
        None => panic!("no cue {id} among {:?}", known()),
    }
}

fn list<'a>(stats: &'a Stats, id: &str) -> &'a ListStats {
    stats.lists.iter().find(|list| list.id == id).unwrap()
}

fn texts<'a>(stats: &'a Stats, places: &[usize]) -> Vec<&'a str> {
    places
        .iter()
        .map(|place| stats.sentences[*place].text.as_str())
        .collect()
}

/// Gold labels of a document's sentences, `labels` as `theme:polarity` with spaces between.
fn gold(doc: &str, sentences: &[(&str, Polarity, &str)]) -> Vec<Gold> {
    let mut at = 0;
    let mut all = Vec::new();
    for (text, polarity, labels) in sentences {
        let line = serde_json::json!({
            "id": format!("{doc}#{at}"), "doc": doc, "start": at, "end": at + text.chars().count(), "text": text,
            "polarity": polarity,
            "labels": labels.split_whitespace().map(|label| label.split(':').collect::<Vec<_>>()).collect::<Vec<_>>(),
        });
        all.extend(crate::gold::from_bytes("gold", line.to_string().as_bytes()).unwrap());
        at += text.chars().count() + 1;
    }
    all
}

#[test]
fn hits_silencers_and_dead_cues() {
    let stats = stats(
        &[("a", "Pathway plans are not good enough. Plans are good.")],
        &[],
    );
    let plans = cue(&stats, "plans/plans");
    assert_eq!((plans.hits, plans.silenced, plans.sentences), (2, 1, 1));
    let by = |figures: &Figures| {
        figures
            .silenced_by
            .iter()
            .map(|by| (by.id.clone(), by.times))
            .collect::<Vec<_>>()
    };
    assert_eq!(by(plans), [("plans/pathway-plans".to_owned(), 1)]);
    assert_eq!(cue(&stats, "plans/pathway-plans").silences, 1);
    // "good" and "good enough" both lie in "not good enough", and so does "not".
    assert_eq!(cue(&stats, "bad/not-good-enough").silences, 3);
    assert_eq!(
        by(cue(&stats, "not/not")),
        [("bad/not-good-enough".to_owned(), 1)]
    );
    assert_eq!(
        texts(&stats, &plans.behind.silenced),
        ["Pathway plans are not good enough."]
    );
    assert_eq!(texts(&stats, &plans.behind.sentences), ["Plans are good."]);
    let names = list(&stats, "plans.names");
    assert_eq!((names.cues, names.dead, names.figures.hits), (3, 1, 3));
    assert_eq!(cue(&stats, "plans/unicorn*").hits, 0);
    let summary = &stats.summary;
    assert_eq!((summary.hit, summary.dead, summary.cues), (6, 10, 16));
    assert_eq!(summary.always_silenced, 2);
}

#[test]
fn labels_decided_overlap_and_conflict() {
    let stats = stats(
        &[(
            "a",
            "Plans are good and timely. Visits are late and timely. Plans are good, but plans are weak.",
        )],
        &[],
    );
    let timely = cue(&stats, "good/timely");
    // "late" outweighs "timely" in the second sentence.
    assert_eq!((timely.decided, timely.overlap, timely.conflict), (1, 1, 1));
    let good = cue(&stats, "good/good");
    assert_eq!((good.decided, good.overlap, good.conflict), (2, 1, 1));
    let weak = cue(&stats, "bad/weak");
    assert_eq!((weak.decided, weak.overlap, weak.conflict), (1, 0, 1));
    let late = cue(&stats, "bad/late");
    assert_eq!((late.decided, late.conflict), (1, 1));
    assert_eq!(
        texts(&stats, &late.behind.conflict),
        ["Visits are late and timely."]
    );
    // Two labels, each with "plans" in its evidence, in the last sentence.
    assert_eq!(cue(&stats, "plans/plans").decided, 3);
    assert_eq!(list(&stats, "good.cues").figures.overlap, 1);
}

#[test]
fn a_word_near_a_theme_speaks_only_beside_it() {
    let stats = stats(&[("a", "Plans are smart. Visits are smart.")], &[]);
    let smart = cue(&stats, "plans/smart");
    assert_eq!((smart.hits, smart.sentences, smart.decided), (2, 1, 1));
}

#[test]
fn gold_says_what_each_cue_gets_wrong() {
    let sentences = [
        // The theme is wrong and the polarity right: a fault of the name alone.
        ("Plans are weak.", Polarity::Concern, "visits:concern"),
        // The polarity is wrong: a fault of the word alone.
        ("Plans are weak.", Polarity::Strength, "plans:strength"),
        ("Plans are weak.", Polarity::Concern, "plans:concern"),
        // Both at once.
        ("Plans are weak.", Polarity::Neutral, ""),
    ];
    let text = sentences.map(|sentence| sentence.0).join(" ");
    let stats = stats(&[("a", &text)], &gold("a", &sentences));
    let plans = cue(&stats, "plans/plans").gold.clone().unwrap();
    let weak = cue(&stats, "bad/weak").gold.clone().unwrap();
    for figures in [&plans, &weak] {
        assert_eq!((figures.decided, figures.right), (4, 1));
        assert_eq!((figures.wrong_theme, figures.wrong_polarity), (2, 2));
    }
    assert_eq!((plans.wrong, plans.precision), (2, Some(0.5)));
    assert_eq!((weak.wrong, weak.precision), (2, Some(0.5)));
    assert_eq!((plans.wanted, plans.found), (2, 2));
    // Two concerns in gold, one of them with another theme.
    assert_eq!((weak.wanted, weak.found), (2, 1));
    assert_eq!(weak.polarity_agrees, Some(0.5));
    assert_eq!(plans.polarity_agrees, None);
    assert_eq!((stats.summary.labels_in_gold, stats.summary.labels_right), (4, 1));
    // Two are kept, the first two.
    let wrong = &cue(&stats, "bad/weak").behind.wrong;
    assert_eq!(wrong.len(), 2);
    assert_eq!(stats.sentences[wrong[0]].gold.as_ref().unwrap().id, "a#16");
}

#[test]
fn a_themes_own_criticism_answers_for_theme_and_polarity() {
    let sentences = [
        ("There are missed visits.", Polarity::Concern, "plans:concern"),
        ("There are missed visits.", Polarity::Strength, "visits:strength"),
        ("There are missed visits.", Polarity::Concern, "visits:concern"),
    ];
    let text = sentences.map(|sentence| sentence.0).join(" ");
    let stats = stats(&[("a", &text)], &gold("a", &sentences));
    let missed = cue(&stats, "visits/missed-visits").gold.clone().unwrap();
    assert_eq!(
        (missed.decided, missed.wrong, missed.wanted, missed.found),
        (3, 2, 1, 1)
    );
}

#[test]
fn words_of_time_decide_sentences() {
    let sentences = [("Plans were good in 2019.", Polarity::Strength, "plans:strength")];
    let mut gold = gold("a", &sentences);
    let text = sentences[0].0;
    let stats_now = stats(&[("a", text)], &gold);
    let since = cue(&stats_now, "since/in-2019");
    let figures = since.gold.clone().unwrap();
    assert_eq!((since.decided, figures.wrong, figures.recall), (1, 1, None));
    gold[0].time = crate::codebook::Time::Past;
    let stats_past = stats(&[("a", text)], &gold);
    let figures = cue(&stats_past, "since/in-2019").gold.clone().unwrap();
    assert_eq!(
        (figures.wrong, figures.precision, figures.recall),
        (0, Some(1.0), Some(1.0))
    );
}

#[test]
fn evaluative_sentences_that_no_cue_judges() {
    let sentences = [
        ("Plans are good.", Polarity::Strength, "plans:strength"),
        ("Plans delight families.", Polarity::Strength, "plans:strength"),
        ("Plans exist.", Polarity::Neutral, "plans:neutral"),
    ];
    let text = sentences.map(|sentence| sentence.0).join(" ");
    let with = stats(&[("a", &text)], &gold("a", &sentences));
    assert_eq!((with.summary.candidates, with.summary.candidates_wrong), (1, 1));
    assert_eq!(with.candidates[0].sentence.text, "Plans delight families.");
    // Without gold nothing under no heading looks evaluative.
    assert_eq!(stats(&[("a", &text)], &[]).summary.candidates, 0);
}

#[test]
fn worst_first_and_ties_by_id() {
    let sentences = [
        ("Plans are weak.", Polarity::Strength, "plans:strength"),
        ("Plans are late.", Polarity::Strength, "plans:strength"),
        ("Plans are late.", Polarity::Strength, "plans:strength"),
    ];
    let text = sentences.map(|sentence| sentence.0).join(" ");
    let stats = stats(&[("a", &text)], &gold("a", &sentences));
    let ids: Vec<&str> = stats.cues.iter().map(|cue| cue.id.as_str()).collect();
    assert_eq!(ids[..2], ["bad/late", "bad/weak"]);
    let rest = &ids[2..];
    assert!(rest.is_sorted(), "{rest:?}");
}

#[test]
fn sentences_behind_numbers_are_the_first_of_all_documents() {
    let documents = [
        ("a", "Plans are weak."),
        ("b", "Plans are late."),
        ("c", "Plans are good."),
    ];
    let stats = stats(&documents, &[]);
    let plans = cue(&stats, "plans/plans");
    assert_eq!(plans.decided, 3);
    assert_eq!(
        texts(&stats, &plans.behind.decided),
        ["Plans are weak.", "Plans are late."]
    );
    assert_eq!(
        list(&stats, "plans.names").figures.behind.decided,
        plans.behind.decided
    );
}

#[test]
fn cues_of_an_overlay_count_with_the_list_that_they_add_to() {
    let mut added = RuleFile::new(
        "themes/plans.toml",
        "names = [\"blueprints\"]\n[[example]]\ntext = \"Blueprints are weak.\"\nlabels = [\"plans:concern\"]\n",
    );
    added.overlay = Some(crate::rules::Overlay {
        nth: 1,
        folder: "own".to_owned(),
    });
    let mut files = rules().files().to_vec();
    files.push(added);
    let rules = Rules::from_files(files).unwrap_or_else(|error| panic!("{error}"));
    let mut collector = Collector::new(&rules, 1);
    let reading = rules
        .read(&Source::from_text("a", "Blueprints are weak. Plans are weak."))
        .unwrap();
    let tally = collector.tally(&rules, &reading, &[]);
    collector.add(tally);
    let stats = collector.finish();
    let lists: Vec<&ListStats> = stats
        .lists
        .iter()
        .filter(|list| list.id == "plans.names")
        .collect();
    assert_eq!(lists.len(), 1);
    assert_eq!((lists[0].cues, lists[0].figures.hits), (4, 2));
}
