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


def cpu() -> float:
    """CPU seconds of this process and of all that it started and that still run or were waited for."""
    children: dict[int, list[int]] = {}
    spent: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        number = int(stat.parent.name)
        children.setdefault(int(fields[1]), []).append(number)
        spent[number] = sum(map(int, fields[11:15])) / TICKS
    waiting, total = [os.getpid()], 0.0
    while waiting:
        number = waiting.pop()
        total += spent.get(number, 0.0)
        waiting += children.get(number, [])
    return total


def measured(what: str, run, times: int = 3) -> None:
    walls, cpus = [], []
    for _ in range(times):
        wall, before = time.perf_counter(), cpu()
        run()
        walls.append(time.perf_counter() - wall)
        cpus.append(cpu() - before)
    print(f"| {what} | {min(walls):.1f} | {min(cpus):.1f} |", flush=True)


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
        measured("Spark: labelled, Parquet to Parquet", lambda: labels.write.mode("overwrite").parquet(f"{folder}/out"))
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


if __name__ == "__main__":
    main()
