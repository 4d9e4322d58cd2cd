"""What labelling costs in one process, and what Spark adds: the figures of docs/scale.md.

    python bindings/python/measure.py [DOCUMENTS] [PROGRAM]

Needed: the package as a release build, `pip install -r bindings/python/tests/requirements.txt`, Java 17, Linux. DOCUMENTS (4000) are
made up of paragraphs of `fixtures/letters`, as long as those letters. PROGRAM is the program `findings`, as a release build, for
`rdd.pipe`. CPU seconds count all processes; wall seconds mean little on a machine that does other things too.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession

import findings
import findings.spark

LETTERS = Path(__file__).resolve().parents[2] / "fixtures/letters"
TICKS = os.sysconf("SC_CLK_TCK")


def made_up(count: int) -> pa.Table:
    letters = [path.read_text(encoding="utf-8") for path in sorted(LETTERS.glob("*.txt"))]
    paragraphs = [part for letter in letters for part in letter.split("\n\n") if part.strip()]
    each = len(paragraphs) // len(letters)
    chance = random.Random(7)
    texts = ["\n\n".join(chance.choices(paragraphs, k=each)) for _ in range(count)]
    return pa.table({"id": [f"d{n}" for n in range(count)], "text": texts})


class Spent:
    """CPU seconds of this process and of all that it starts, also of those that have ended: looked at ten times a second."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, str], float] = {}
        self.ours = {os.getpid()}
        threading.Thread(target=self.watch, daemon=True).start()

    def look(self) -> float:
        parents, seen = {}, {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            number = int(stat.parent.name)
            parents[number] = int(fields[1])
            seen[number] = (fields[19], sum(map(int, fields[11:13])) / TICKS)
        found = True
        while found:
            found = {number for number, parent in parents.items() if parent in self.ours} - self.ours
            self.ours |= found
        for number in self.ours & seen.keys():
            self.known[number, seen[number][0]] = seen[number][1]
        return sum(self.known.values())

    def watch(self) -> None:
        while True:
            self.look()
            time.sleep(0.1)


def measured(what: str, run, times: int = 3) -> float:
    walls, cpus = [], []
    for _ in range(times):
        wall, before = time.perf_counter(), SPENT.look()
        run()
        walls.append(time.perf_counter() - wall)
        cpus.append(SPENT.look() - before)
    print(f"| {what} | {min(walls):.1f} | {min(cpus):.1f} |", flush=True)
    return min(cpus)


def arithmetic(documents: int, each: float, characters: float, rows: float, row_bytes: float) -> None:
    """What so many documents take, where one takes `each` CPU seconds in Spark."""
    cores, task_seconds, batch = 200, 300, 500
    a_task = int(float(f"{task_seconds / each:.1g}"))
    print(
        f"""
- {documents:,} documents x {each * 1e3:.1f} ms = {documents * each / 3600:,.0f} hours of one processor; on {cores} processors
  {documents * each / 3600 / cores:.1f} hours, and as much again for what goes wrong.
- A task of {a_task:,} documents takes {a_task * each / 60:.0f} minutes: {documents // a_task:,} tasks,
  {documents / a_task / cores:.0f} for each processor. Each reads {a_task * characters / 1e6:,.0f} MB of text.
- {documents:,} x {rows:.0f} rows = {documents * rows / 1e9:.1f} thousand million rows.
- A worker holds a batch of {batch}: {batch * characters / 1e6:.0f} MB of text coming in, {batch * rows * row_bytes / 1e6:.0f} MB of rows going out."""
    )


SPENT = Spent()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    program = sys.argv[2] if len(sys.argv) > 2 else None
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    with tempfile.TemporaryDirectory() as folder:
        documents = made_up(count)
        for part in range(4):
            each = -(-count // 4)
            pq.write_table(documents.slice(part * each, each), f"{folder}/in-{part}.parquet")
        inputs = [f"{folder}/in-{part}.parquet" for part in range(4)]
        characters = sum(map(len, documents["text"].to_pylist()))
        rules = findings.built_in()
        rows = pa.table(rules.tag_table(documents))
        out = f"{folder}/out.parquet"
        pq.write_table(rows, out)
        print(
            f"{count} documents, {characters / count:.0f} characters each, {len(rows) / count:.0f} rows each; "
            f"{sum(os.path.getsize(path) for path in inputs) / count / 1e3:.1f} kB in and "
            f"{os.path.getsize(out) / count / 1e3:.1f} kB out each as Parquet; rules as bytes {len(rules.to_bytes()) / 1e3:.0f} kB"
        )
        print("\n| | wall s | CPU s |\n|---|---|---|")

        def direct(threads: int) -> None:
            table = pq.read_table(inputs)
            pq.write_table(pa.table(rules.tag_table(table, threads=threads)), out)

        measured("making the rules", findings.Rules)
        measured("one process, one thread, Parquet to Parquet", lambda: direct(1))
        measured("one process, a thread each processor, Parquet to Parquet", lambda: direct(0))

        def session() -> SparkSession:
            builder = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false")
            builder = builder.config("spark.driver.host", "127.0.0.1")
            builder = builder.config("spark.sql.files.openCostInBytes", str(1 << 30))
            return builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "500").getOrCreate()

        measured("Spark: the session", session, times=1)
        spark = session()
        spark.sparkContext.setLogLevel("ERROR")
        texts = spark.read.parquet(*inputs)
        labels = findings.spark.tag(texts)
        same = texts.mapInArrow(lambda batches: batches, texts.schema)

        def drop(frame) -> None:
            frame.write.format("noop").mode("overwrite").save()

        drop(same)
        measured("Spark: documents to Python and back, nothing done", lambda: drop(same))
        measured("Spark: labelled, rows thrown away", lambda: drop(labels))
        to_parquet = measured(
            "Spark: labelled, Parquet to Parquet", lambda: labels.write.mode("overwrite").parquet(f"{folder}/out")
        )
        if program:
            command = f"{program} --no-config tag - --input-format jsonl --jobs 1"
            piped = texts.toJSON().pipe(command, checkCode=True)
            measured("Spark: `rdd.pipe` over the program, lines counted", piped.count)
            typed = spark.read.schema(findings.spark.SCHEMA).json(piped)
            measured(
                "Spark: `rdd.pipe`, lines to columns, to Parquet",
                lambda: typed.write.mode("overwrite").parquet(f"{folder}/out"),
            )
        spark.stop()
        arithmetic(100_000_000, to_parquet / count, characters / count, len(rows) / count, rows.nbytes / len(rows))


if __name__ == "__main__":
    main()
