use super::*;
use crate::gold::from_bytes;

fn near(found: Option<f64>, published: f64, decimals: i32) {
    let found = found.unwrap_or_else(|| panic!("undefined, not {published}"));
    assert!(
        (found - published).abs() <= 0.5 * 10_f64.powi(-decimals) + 1e-12,
        "{found}, not {published}"
    );
}

/// Units from what each rater says of them in turn: a digit for the value, from 1, or `.` for none.
fn sums(raters: &[&str], values: usize) -> Sums {
    let ratings: Vec<Vec<Option<usize>>> = raters
        .iter()
        .map(|rater| {
            let digits = rater.chars().filter(|c| !c.is_whitespace());
            digits.map(|c| Some(c.to_digit(10)? as usize - 1)).collect()
        })
        .collect();
    let mut sums = Sums::new(raters.len(), values);
    for n in 0..ratings[0].len() {
        sums.unit(&ratings.iter().map(|rater| rater[n]).collect::<Vec<_>>());
    }
    sums
}

/// Units of two raters from a table of counts.
fn table<const N: usize>(counts: [[usize; N]; N]) -> Sums {
    let mut sums = Sums::new(2, N);
    for (one, row) in counts.iter().enumerate() {
        for (other, count) in row.iter().enumerate() {
            (0..*count).for_each(|_| sums.unit(&[Some(one), Some(other)]));
        }
    }
    sums
}

#[test]
fn kappa_of_cohen() {
    // Cohen 1960, table 2: 200 cases, three diagnoses; kappa .492. By hand: observed 140/200 = .70; expected
    // (120 × 100 + 60 × 60 + 20 × 40) / 200² = .41; .29 / .59 = .4915.
    let sums = table([[88, 14, 18], [10, 40, 10], [2, 6, 12]]);
    near(sums.agreement(), 0.70, 2);
    near(sums.kappa(), 0.492, 3);
    near(sums.kappa(), 0.29 / 0.59, 12);
}

#[test]
fn kappa_of_feinstein_and_cicchetti() {
    // Feinstein and Cicchetti 1990, "High agreement but low kappa: I", Journal of Clinical Epidemiology 43: two tables of
    // 85 % agreement, kappa .70 and .32.
    let even = table([[40, 9], [6, 45]]);
    let uneven = table([[80, 10], [5, 5]]);
    near(even.agreement(), 0.85, 2);
    near(uneven.agreement(), 0.85, 2);
    near(even.kappa(), 0.70, 2);
    near(uneven.kappa(), 0.32, 2);
    // AC1 does not sink. By hand: shares 175/200 and 25/200, expected 2 × .875 × .125 = .21875.
    near(uneven.ac1(), (0.85 - 0.21875) / (1.0 - 0.21875), 12);
}

#[test]
fn alpha_of_krippendorff_two_observers() {
    // Krippendorff 2011, example A: binary data, two observers, ten units; alpha .095. By hand: 4 units of disagreement,
    // 14 ratings of the one value and 6 of the other; 1 - 19 × 4 / (14 × 6) = .0952.
    let sums = sums(&["1211111121", "2221121111"], 2);
    near(sums.alpha(), 0.095, 3);
    near(sums.alpha(), 1.0 - 19.0 * 4.0 / 84.0, 12);
}

#[test]
fn alpha_of_krippendorff_and_ac1_of_gwet_with_missing_ratings() {
    // Krippendorff 2011, example C: four observers, twelve units, five values, some missing; alpha for nominal data .743.
    // Gwet uses the same ratings in his Handbook of Inter-Rater Reliability (cac.raw4raters of the R package irrCAC):
    // agreement .81818, expected .19032, AC1 .77544.
    let sums = sums(
        &["123321412...", "123322412 5.3", ".33323422 51.", "123324412 51."],
        5,
    );
    near(sums.alpha(), 0.743, 3);
    near(sums.agreement(), 0.81818, 5);
    near(sums.ac1(), 0.77544, 5);
}

#[test]
fn a_value_that_nearly_all_units_have_leaves_ac1_high_and_kappa_low() {
    // 118 units both have, 5 the one alone, 2 the other alone, 0 neither: 94 % agreement. By hand: kappa expects
    // (123 × 120 + 2 × 5) / 125² = .9453; AC1 expects 2 × (243/250) × (7/250) = .0544.
    let sums = table([[118, 5], [2, 0]]);
    near(sums.agreement(), 0.944, 3);
    near(
        sums.kappa(),
        (0.944 - 14770.0 / 15625.0) / (1.0 - 14770.0 / 15625.0),
        9,
    );
    let expected = 2.0 * (243.0 / 250.0) * (7.0 / 250.0);
    near(sums.ac1(), (0.944 - expected) / (1.0 - expected), 9);
    assert!(sums.kappa() < Some(0.0) && sums.ac1() > Some(0.94));
}

#[test]
fn alpha_of_two_without_missing_ratings_is_nearly_kappa() {
    // For two raters alpha is Scott's pi with a correction for small samples: 1 - (1 - pi) (2n - 1) / 2n.
    let sums = table([[88, 14, 18], [10, 40, 10], [2, 6, 12]]);
    let shares = [220.0 / 400.0, 120.0 / 400.0, 60.0 / 400.0];
    let expected: f64 = shares.iter().map(|share| share * share).sum();
    let pi = (0.70 - expected) / (1.0 - expected);
    near(sums.alpha(), 1.0 - (1.0 - pi) * 399.0 / 400.0, 12);
}

#[test]
fn what_cannot_be_told_from_chance_is_undefined() {
    let same = table([[50, 0], [0, 0]]);
    assert_eq!((same.kappa(), same.alpha()), (None, None));
    assert_eq!((same.agreement(), same.ac1()), (Some(1.0), Some(1.0)));
    let alone = sums(&["12..", "..12"], 2);
    assert_eq!(
        (alone.agreement(), alone.ac1(), alone.alpha(), alone.kappa()),
        (None, None, None, None)
    );
}

#[test]
fn kappa_of_three_is_the_mean_of_pairs_and_sums_add_up() {
    let three = sums(&["1122112211", "1122112222", "1212112211"], 2);
    let pairs: Vec<f64> = (0..3).map(|pair| three.kappa_of(pair).unwrap()).collect();
    near(three.kappa(), pairs.iter().sum::<f64>() / 3.0, 12);
    near(
        three.kappa_of(0),
        sums(&["1122112211", "1122112222"], 2).kappa().unwrap(),
        12,
    );
    let mut halves = sums(&["11221", "11221", "12121"], 2);
    halves.add(&sums(&["12211", "12222", "12211"], 2), 1);
    near(halves.alpha(), three.alpha().unwrap(), 12);
    near(halves.ac1(), three.ac1().unwrap(), 12);
}

fn rater(name: &str, table: &str) -> Rater {
    Rater {
        name: name.to_owned(),
        sentences: from_bytes(name, table.as_bytes()).unwrap_or_else(|error| panic!("{error}")),
    }
}

fn compare(raters: &[&str]) -> Agreement {
    let raters: Vec<Rater> = raters.iter().map(|table| rater("r", table)).collect();
    let draws = Draws { draws: 60, seed: 1 };
    agree(&raters, &["plans".to_owned()], draws).unwrap_or_else(|error| panic!("{error}"))
}

fn scale<'a>(found: &'a Agreement, measured: &Measured) -> &'a Scale {
    found
        .scales
        .iter()
        .find(|scale| scale.measured == *measured)
        .unwrap_or_else(|| panic!("no scale {measured:?}"))
}

const ONE: &str = "id,doc,polarity,labels
1,a,concern,plans:concern
2,a,strength,plans:strength supervision:strength
3,b,neutral,
4,b,mixed,plans:concern plans:strength
5,c,neutral,
";
const OTHER: &str = "id,doc,polarity,labels
1,a,concern,plans:concern
2,a,concern,plans:concern
3,b,neutral,
4,b,mixed,plans:strength
6,c,neutral,
";

#[test]
fn sentences_that_one_alone_labels_are_left_out() {
    let found = compare(&[ONE, OTHER]);
    assert_eq!((found.units, found.documents), (4, 2));
    assert_eq!(found.alone, [1, 1]);
    let polarity = scale(&found, &Measured::Polarity);
    assert_eq!((polarity.units, polarity.differing), (4, 1));
    assert_eq!(polarity.agreement.value, Some(0.75));
    assert_eq!(polarity.pairs[0].table[0], [0, 1, 0, 0]);
}

#[test]
fn a_theme_that_nobody_names_is_agreed_to_be_absent_and_has_no_polarity() {
    let found = compare(&[ONE, OTHER]);
    let present = scale(&found, &Measured::Theme("plans".to_owned()));
    assert_eq!((present.units, present.empty, present.differing), (4, Some(1), 0));
    assert_eq!(present.agreement.value, Some(1.0));
    let polarity = scale(&found, &Measured::ThemePolarity("plans".to_owned()));
    assert_eq!((polarity.units, polarity.empty, polarity.differing), (3, None, 2));
    let supervision = scale(&found, &Measured::ThemePolarity("supervision".to_owned()));
    assert_eq!((supervision.units, supervision.agreement.value), (0, None));
}

#[test]
fn disagreements_say_on_what() {
    let found = compare(&[ONE, OTHER]);
    let on: Vec<_> = found
        .disagreements
        .iter()
        .map(|unit| (unit.id.as_str(), unit.on.join(" ")))
        .collect();
    assert_eq!(
        on,
        [
            ("2", "polarity plans supervision".to_owned()),
            ("4", "plans".to_owned())
        ]
    );
}

#[test]
fn sentences_are_the_same_where_each_covers_more_than_half_of_the_other() {
    let one = "doc,start,end,text,polarity,labels\na,0,20,,neutral,\na,20,60,,concern,\na,70,80,,neutral,\n";
    let other =
        "doc,start,end,text,polarity,labels\na,2,20,,neutral,\na,20,39,,concern,\na,39,60,,strength,\n";
    let found = compare(&[one, other]);
    assert_eq!((found.matched_by, found.units), (MatchedBy::Place, 2));
    assert_eq!(found.alone, [1, 1]);
    assert_eq!(found.disagreements.len(), 1);
    assert_eq!(found.disagreements[0].place, Some(Place { start: 20, end: 60 }));
}

#[test]
fn more_than_two_raters_and_one_document() {
    let third = ONE.replace("5,c", "6,c").replace("1,a,concern", "1,a,mixed");
    let found = compare(
        &[ONE, OTHER, &third].map(|table| &*table.replace(",b,", ",a,").replace(",c,", ",a,").leak()),
    );
    assert_eq!(
        (found.units, found.documents, found.alone.clone()),
        (5, 1, vec![1, 0, 0])
    );
    assert_eq!(found.intervals.over, Over::Sentences);
    assert_eq!(scale(&found, &Measured::Polarity).pairs.len(), 3);
    assert_eq!(scale(&found, &Measured::Polarity).units, 5);
}

#[test]
fn nothing_in_common_is_an_error() {
    let raters = [
        rater("r", ONE),
        rater("s", &OTHER.replace(",a,", ",x,").replace(",b,", ",y,")),
    ];
    let said = agree(&raters, &[], Draws::default()).unwrap_err().to_string();
    assert!(said.contains("nothing matches"), "{said}");
}
