"""VADER and medspaCy ConText on sentences ready split, one a line: prints the name and MB/s of each that is installed.

    python peers.py FILE

ConText has no words of praise and blame of its own; it is given VADER's whose strength is 1 or more, as targets. Time is
the process's own; the fastest of three rounds counts. ConText reads as many lines as make 40,000 bytes, which take it most of a
second.
"""

import sys
import time


def rate(name, read, lines):
    size = sum(len(line.encode()) + 1 for line in lines)
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        for line in lines:
            read(line)
        best = min(best, time.process_time() - begun)
    print(f"{name}\t{size / best / 1e6:.4f}", flush=True)


def main(path):
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file]
    few, size = [], 0
    for line in lines:
        if size >= 40_000:
            break
        few.append(line)
        size += len(line.encode()) + 1
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError as error:
        print(f"skipped VADER (Python): {error}", file=sys.stderr)
        return
    vader = SentimentIntensityAnalyzer()
    rate("VADER (Python)", vader.polarity_scores, lines)
    try:
        import spacy
        from medspacy.context import ConText
        from medspacy.target_matcher import TargetMatcher, TargetRule
    except ImportError as error:
        print(f"skipped medspaCy ConText: {error}", file=sys.stderr)
        return
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    matcher = pipeline.add_pipe("medspacy_target_matcher")
    matcher.add(
        [
            TargetRule(word, "PRAISE" if strength > 0 else "BLAME")
            for word, strength in vader.lexicon.items()
            if abs(strength) >= 1 and word.isalpha()
        ]
    )
    pipeline.add_pipe("medspacy_context")
    assert ConText and TargetMatcher
    rate("medspaCy ConText", pipeline, few)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
