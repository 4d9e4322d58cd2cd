//! Coefficients of agreement on values that have no order (nominal data).

/// What the coefficients are made of: sums over units, so that sums of two sets of units add up.
///
/// Units may be rated by any number of raters; values are numbered from 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Sums {
    raters: usize,
    values: usize,
    /// Units with a rating.
    rated: f64,
    /// Units with two ratings or more.
    paired: f64,
    /// Over paired units: share of pairs of raters that agree.
    agreeing: f64,
    /// Over rated units, by value: share of ratings.
    shares: Vec<f64>,
    /// Over paired units, by value and value: Krippendorff's coincidences.
    coincidences: Vec<f64>,
    /// By pair of raters, by value of the one and value of the other: units.
    pairs: Vec<f64>,
}

impl Sums {
    /// No units, of so many raters and values.
    pub fn new(raters: usize, values: usize) -> Self {
        Self {
            raters,
            values,
            rated: 0.0,
            paired: 0.0,
            agreeing: 0.0,
            shares: vec![0.0; values],
            coincidences: vec![0.0; values * values],
            pairs: vec![0.0; raters * raters.saturating_sub(1) / 2 * values * values],
        }
    }

    /// The pairs of raters, in the order of [`Sums::kappa_of`].
    pub fn pairs(raters: usize) -> impl Iterator<Item = (usize, usize)> {
        (0..raters).flat_map(move |one| (one + 1..raters).map(move |other| (one, other)))
    }

    /// Adds a unit: the value that each rater gives it. Values that there are not, and raters too many, are passed over.
    pub fn unit(&mut self, ratings: &[Option<usize>]) {
        let ratings: Vec<Option<usize>> = ratings
            .iter()
            .take(self.raters)
            .map(|rating| rating.filter(|value| *value < self.values))
            .collect();
        let given: Vec<usize> = ratings.iter().flatten().copied().collect();
        if given.is_empty() {
            return;
        }
        self.rated += 1.0;
        for &value in &given {
            self.shares[value] += 1.0 / given.len() as f64;
        }
        if given.len() < 2 {
            return;
        }
        self.paired += 1.0;
        let others = (given.len() - 1) as f64;
        let mut same = 0.0;
        for (n, &one) in given.iter().enumerate() {
            for (m, &other) in given.iter().enumerate() {
                if n != m {
                    self.coincidences[one * self.values + other] += 1.0 / others;
                    same += f64::from(u8::from(one == other));
                }
            }
        }
        self.agreeing += same / (others * given.len() as f64);
        for (n, (one, other)) in Self::pairs(self.raters).enumerate() {
            if let (Some(Some(one)), Some(Some(other))) = (ratings.get(one), ratings.get(other)) {
                self.pairs[(n * self.values + one) * self.values + other] += 1.0;
            }
        }
    }

    /// Adds other units, so many times.
    pub fn add(&mut self, other: &Self, times: u32) {
        if other.rated == 0.0 {
            return;
        }
        let times = f64::from(times);
        self.rated += other.rated * times;
        self.paired += other.paired * times;
        self.agreeing += other.agreeing * times;
        for (sums, others) in [
            (&mut self.shares, &other.shares),
            (&mut self.coincidences, &other.coincidences),
            (&mut self.pairs, &other.pairs),
        ] {
            for (sum, other) in sums.iter_mut().zip(others) {
                *sum += other * times;
            }
        }
    }

    /// No units, of as many raters and values as these.
    pub fn nothing(&self) -> Self {
        Self::new(self.raters, self.values)
    }

    /// How many pairs of raters there are.
    pub fn all_pairs(&self) -> usize {
        Self::pairs(self.raters).count()
    }

    /// Units that two raters or more rated.
    pub fn units(&self) -> f64 {
        self.paired
    }

    /// Share of pairs of raters that agree, averaged over units; for two raters the share of units on which they agree.
    /// `None` without units that two rated.
    pub fn agreement(&self) -> Option<f64> {
        (self.paired > 0.0).then(|| self.agreeing / self.paired)
    }

    /// Units by what the one and the other of a pair of raters say of them, row by row.
    pub fn table(&self, pair: usize) -> &[f64] {
        let size = self.values * self.values;
        self.pairs.get(pair * size..(pair + 1) * size).unwrap_or_default()
    }

    /// Cohen's kappa of a pair of raters: (observed − expected) / (1 − expected), expected from each rater's own shares of
    /// values. `None` where both always give the same one value, or have no unit in common.
    ///
    /// Cohen 1960, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20.
    pub fn kappa_of(&self, pair: usize) -> Option<f64> {
        let table = self.table(pair);
        let all: f64 = table.iter().sum();
        let cell = |one: usize, other: usize| table[one * self.values + other];
        let same: f64 = (0..self.values).map(|value| cell(value, value)).sum();
        let by_chance: f64 = (0..self.values)
            .map(|value| {
                let one: f64 = (0..self.values).map(|other| cell(value, other)).sum();
                let other: f64 = (0..self.values).map(|one| cell(one, value)).sum();
                one * other
            })
            .sum();
        // Counts are whole numbers, so that this is exactly 0 where all units are of one value.
        let room = all * all - by_chance;
        (all > 0.0 && room > 0.0).then(|| (same * all - by_chance) / room)
    }

    /// Cohen's kappa; for more than two raters the mean of that of all pairs where it is defined (Light 1971).
    pub fn kappa(&self) -> Option<f64> {
        let all: Vec<f64> = (0..self.all_pairs())
            .filter_map(|pair| self.kappa_of(pair))
            .collect();
        (!all.is_empty()).then(|| all.iter().sum::<f64>() / all.len() as f64)
    }

    /// Krippendorff's alpha for nominal data: 1 − observed / expected disagreement. Units that one rater rated are of
    /// no account. `None` where all ratings are of one value.
    ///
    /// Krippendorff 2011, "Computing Krippendorff's alpha-reliability".
    pub fn alpha(&self) -> Option<f64> {
        let of: Vec<f64> = self
            .coincidences
            .chunks(self.values.max(1))
            .map(|row| row.iter().sum())
            .collect();
        let all: f64 = of.iter().sum();
        let same: f64 = (0..self.values)
            .map(|value| self.coincidences[value * self.values + value])
            .sum();
        let expected = all * all - of.iter().map(|n| n * n).sum::<f64>();
        // Sums of shares are not whole numbers; nothing real is so small.
        (expected > 1e-9 * all * all && all > 0.0).then(|| 1.0 - (all - 1.0) * (all - same) / expected)
    }

    /// Gwet's AC1: as kappa, with an expectation that a value which nearly all units have does not blow up: the mean
    /// over values of share × (1 − share), times the number of values / (number − 1). `None` without units that
    /// two rated.
    ///
    /// Gwet 2008, "Computing inter-rater reliability and its variance in the presence of high agreement", British Journal of
    /// Mathematical and Statistical Psychology 61. Units that one rater rated count for the shares, as in his handbook.
    pub fn ac1(&self) -> Option<f64> {
        let observed = self.agreement()?;
        if self.values < 2 {
            return None;
        }
        let expected = self
            .shares
            .iter()
            .map(|share| share / self.rated)
            .map(|share| share * (1.0 - share))
            .sum::<f64>()
            / (self.values - 1) as f64;
        Some((observed - expected) / (1.0 - expected))
    }
}
