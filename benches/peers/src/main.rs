//! VADER in Rust on sentences ready split, one a line: prints its name and MB/s.

use std::time::{Duration, Instant};
use std::{env, fs, hint, process};

use vader_sentimental::SentimentIntensityAnalyzer;

fn main() {
    let Some(path) = env::args().nth(1) else {
        eprintln!("usage: findings-peers FILE");
        process::exit(2);
    };
    let text = fs::read_to_string(&path).unwrap_or_else(|error| {
        eprintln!("cannot read {path}: {error}");
        process::exit(2);
    });
    let lines: Vec<&str> = text.lines().collect();
    let analyzer = SentimentIntensityAnalyzer::new();
    let (begun, mut best) = (Instant::now(), f64::INFINITY);
    while begun.elapsed() < Duration::from_secs(2) {
        let from = own_time();
        let clock = Instant::now();
        for line in &lines {
            hint::black_box(analyzer.polarity_scores(line));
        }
        let seconds = match (from, own_time()) {
            (Some(from), Some(upto)) if upto > from => (upto - from) as f64 / 1e9,
            _ => clock.elapsed().as_secs_f64(),
        };
        best = best.min(seconds);
    }
    println!("vader-sentimental (Rust)\t{:.4}", text.len() as f64 / best / 1e6);
}

/// Nanoseconds for which this thread has run, where Linux tells.
fn own_time() -> Option<u64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok()
}
