#!/usr/bin/env bash
# How fast `findings` is beside what else reads such text, and beside the limits of the machine: ratios of one run.
#
#   benches/compare.sh [FOLDER]
#
# FOLDER holds letters as .txt and, for the comparison with pdftotext, .pdf; without it the fixtures are read. What is
# compared with is installed under target/compare, by pip and cargo, and skipped with a line where that fails. The
# programs compared with get their sentences ready split; findings splits its own.
#
# PEERS=no leaves them out, SCALE=no the long runs (a million documents, 100 MB).
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath "${1:-fixtures/letters}")
work=$PWD/target/compare
mkdir -p "$work"
features="--no-default-features --features cli,pdf"

say() { printf '\n== %s\n' "$*"; }
skip() { printf 'skipped: %s\n' "$*"; }

# shellcheck disable=SC2086
cargo build --release --locked --quiet $features
findings=$PWD/target/release/findings
"$findings" --version
date -u '+%Y-%m-%d'
grep -m1 'model name' /proc/cpuinfo 2>/dev/null || uname -m

say "reading beside a bare scan; ten times the cues; growth"
# shellcheck disable=SC2086
cargo bench --locked --quiet $features --bench ratios -- "$folder" | tee "$work/ratios.txt" ||
  echo "something grows out of proportion"
own=$(awk '/text to labels  / {print $(NF-1)}' "$work/ratios.txt")

if [ "${PEERS:-yes}" = yes ]; then
  say "beside other tools, one thread, sentences ready split for them"
  mkdir -p "$work/texts"
  find "$work/texts" -type f -delete
  find "$folder" -maxdepth 1 -name '*.txt' -exec cp {} "$work/texts/" \;
  "$findings" tag --format jsonl "$work/texts" |
    python3 -c 'import json, sys
for line in sys.stdin: print(json.loads(line)["text"])' >"$work/once.txt"
  while [ ! -f "$work/sentences.txt" ] || [ "$(wc -c <"$work/sentences.txt")" -lt 400000 ]; do
    cat "$work/once.txt" >>"$work/sentences.txt"
  done
  printf 'findings\t%s\n' "$own" >"$work/rates.tsv"
  if [ ! -x "$work/venv/bin/python" ]; then
    python3 -m venv "$work/venv" && "$work/venv/bin/pip" install --quiet -r benches/peers/requirements.txt ||
      skip "not everything for Python could be installed"
  fi
  [ -x "$work/venv/bin/python" ] && "$work/venv/bin/python" benches/peers/peers.py "$work/sentences.txt" >>"$work/rates.tsv" ||
    skip "VADER and ConText in Python"
  cargo build --release --quiet --manifest-path benches/peers/Cargo.toml --target-dir "$work/peers" &&
    "$work/peers/release/findings-peers" "$work/sentences.txt" >>"$work/rates.tsv" ||
    skip "vader-sentimental"
  awk -F'\t' 'NR==1 {own=$2} {printf "%-28s %9.3f MB/s   findings is %6.1f times as fast\n", $1, $2, own/$2}' "$work/rates.tsv"
fi

say "start: one letter, whole process, beside true"
letter=$(find "$folder" -maxdepth 1 -name '*.txt' | sort | head -1)
python3 - "$findings" "$letter" <<'PYTHON'
import os, statistics, subprocess, sys, time
findings, letter = sys.argv[1:]
calls = {"true": ["true"], "findings --version": [findings, "--version"],
         "findings tag": [findings, "tag", "--format", "jsonl", letter]}
times = {name: [] for name in calls}
for _ in range(60):
    for name, call in calls.items():
        begun = time.perf_counter()
        subprocess.run(call, stdout=subprocess.DEVNULL, check=True)
        times[name].append((time.perf_counter() - begun) * 1000)
base = statistics.median(times["true"])
for name, all_ in times.items():
    median = statistics.median(all_)
    print(f"  {name:20} {median:6.1f} ms at the median, {median - base:+5.1f} ms; least {min(all_):5.1f} ms")
PYTHON

say "PDF: text and labels of all in one process beside pdftotext alone on each"
if command -v pdftotext >/dev/null && [ -n "$(find "$folder" -maxdepth 1 -name '*.pdf')" ]; then
  python3 - "$findings" "$folder" <<'PYTHON'
import glob, os, resource, subprocess, sys
findings, folder = sys.argv[1:]
files = sorted(glob.glob(os.path.join(folder, "*.pdf")))
def cpu(calls):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for call in calls:
        subprocess.run(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
own = min(cpu([[findings, "tag", "--format", "jsonl", *files]]) for _ in range(3))
other = min(cpu([["pdftotext", file, "-"] for file in files]) for _ in range(3))
print(f"  {len(files)} files: findings {own:.2f} s of CPU, pdftotext {other:.2f} s: {own / other:.2f} times")
PYTHON
else
  skip "no pdftotext or no .pdf in $folder"
fi

if [ "${SCALE:-yes}" = yes ]; then
  say "scale: JSON Lines, memory and two jobs beside one; one long text"
  python3 - "$findings" "$work" "$letter" <<'PYTHON'
import json, os, subprocess, sys, time
findings, work, letter = sys.argv[1:]
with open(letter, encoding="utf-8") as file:
    paragraphs = [p for p in file.read().split("\n\n") if len(p) > 80]
def run(call):
    begun = time.perf_counter()
    child = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - begun, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime, child.returncode
def stream(count):
    path = os.path.join(work, "stream.jsonl")
    with open(path, "w", encoding="utf-8") as file:
        for n in range(count):
            file.write(json.dumps({"id": f"d{n}", "text": paragraphs[n % len(paragraphs)]}) + "\n")
    return path
for count in (100_000, 1_000_000):
    path = stream(count)
    for jobs in ("2", "1") if count == 1_000_000 else ("2",):
        clock, memory, cpu, code = run([findings, "tag", "-j", jobs, "--input-format", "jsonl", "--format", "jsonl", path])
        print(f"  {count:9} documents, {jobs} jobs: {clock:6.1f} s, {cpu:6.1f} s of CPU, {memory:5.0f} MB at most, exit {code}", flush=True)
    os.remove(path)
for size in (10_000_000, 100_000_000):
    path = os.path.join(work, "long.txt")
    with open(path, "w", encoding="utf-8") as file:
        written = 0
        while written < size:
            for paragraph in paragraphs:
                written += file.write(paragraph + "\n\n")
    clock, memory, cpu, code = run([findings, "tag", "--format", "jsonl", path])
    print(f"  one text of {size / 1e6:.0f} MB: {clock:6.1f} s, {memory:5.0f} MB at most, exit {code}", flush=True)
    os.remove(path)
PYTHON
fi
