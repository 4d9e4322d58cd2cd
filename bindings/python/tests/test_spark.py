"""A real Spark gives the rows that one process gives: on threads of one machine, on two executors, and where a worker dies."""

import json
import os
import random
import re
import shutil
import signal
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pyspark = pytest.importorskip("pyspark")

import findings
import findings.spark
from conftest import FIXTURES, OWN_RULES, as_lines
from test_docs import blocks, run_python

DOCUMENTS = 2_000
PARTS = 4
UNREAD = {n for n in range(DOCUMENTS) if n % 97 == 11}


def made_up(seed):
    """Documents of paragraphs from the letters; some are null or hold nothing."""
    letters = sorted((FIXTURES / "letters").glob("*.txt"))
    paragraphs = [part for path in letters for part in path.read_text(encoding="utf-8").split("\n\n") if part.strip()]
    chance = random.Random(seed)
    texts = ["\n\n".join(chance.choices(paragraphs, k=chance.randint(2, 12))) for _ in range(DOCUMENTS)]
    for n in UNREAD:
        texts[n] = chance.choice([None, "", " \n"])
    ids = [f"made-up-{n}" for n in range(DOCUMENTS)]
    return pa.table({"id": ids, "text": texts, "authority": [f"A{n % 7}" for n in range(DOCUMENTS)]})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Documents as Parquet, in as many files as there are tasks."""
    folder = tmp_path_factory.mktemp("spark")
    (folder / "in").mkdir()
    documents = made_up(seed=7)
    for part in range(PARTS):
        each = DOCUMENTS // PARTS
        pq.write_table(documents.slice(part * each, each), folder / f"in/{part}.parquet")
    return folder


@pytest.fixture(scope="module")
def wanted(folder):
    """What one process makes of the same files."""
    documents = pq.read_table(folder / "in")
    return in_order(pa.table(findings.tag_table(documents, extra=["authority"])))


def in_order(table):
    return sorted(table.to_pylist(), key=lambda row: (row["document"], row["sentence"] or 0))


def session(master):
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # Nothing leaves this machine.
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "100",
        "spark.sql.shuffle.partitions": "2",
        # A file each task.
        "spark.sql.files.openCostInBytes": str(1 << 30),
        "spark.scheduler.minRegisteredResourcesRatio": "1.0",
        "spark.scheduler.maxRegisteredResourcesWaitingTime": "120s",
        "spark.executorEnv.PYTHONDONTWRITEBYTECODE": "1",
    }
    builder = pyspark.sql.SparkSession.builder.master(master).appName("findings")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


@pytest.fixture(scope="module")
def one_machine():
    spark = session("local[2]")
    yield spark
    spark.stop()


def test_rows_are_those_of_one_process(one_machine, folder, wanted):
    labels = findings.spark.tag(one_machine.read.parquet(str(folder / "in")), extra=["authority"])
    labels.write.parquet(str(folder / "local"))
    given = in_order(pq.read_table(folder / "local"))
    assert given == wanted
    unread = [row["document"] for row in given if row["error"] is not None]
    assert sorted(unread) == sorted(f"made-up-{n}" for n in UNREAD)
    assert len(given) > 10 * DOCUMENTS


def test_the_columns_are_those_of_every_table(one_machine):
    from pyspark.sql.types import _parse_datatype_string as parsed

    empty = one_machine.createDataFrame([], "id bigint, text string")
    labels = findings.spark.tag(empty)
    assert labels.schema == parsed(findings.spark.SCHEMA)
    ours = pa.schema(findings.Schema())
    for field in labels.toArrow().schema:
        # Spark lets everything be null.
        assert str(field.type) == str(ours.field(field.name).type).replace(" not null", "")
    assert labels.columns == ours.names


def test_files_of_any_format(one_machine):
    files = one_machine.read.format("binaryFile").load(str(FIXTURES / "letters")).unionAll(
        one_machine.read.format("binaryFile").load(str(FIXTURES / "unreadable"))
    )
    given = in_order(findings.spark.tag(files, id="path", text="content", facts=True).toArrow())
    unreadable = [path for path in FIXTURES.glob("unreadable/*") if path.stat().st_size > 0]  # Spark passes over empty files.
    paths = [f"file:{path}" for path in [*FIXTURES.glob("letters/*.*"), *unreadable]]
    table = pa.table({"id": paths, "text": [Path(path[len("file:") :]).read_bytes() for path in paths]})
    assert given == in_order(pa.table(findings.tag_table(table, facts=True)))
    assert sum(row["error"] is not None for row in given) == len(unreadable)


def test_own_rules_go_along(one_machine):
    rules = findings.Rules(OWN_RULES)
    documents = one_machine.createDataFrame([(7, "Caseloads are too high.")], "number bigint, letter string")
    rows = as_lines(findings.spark.tag(documents, rules=rules, id="number", text="letter").toArrow().to_pylist())
    assert rows == rules.read_text("Caseloads are too high.", name="7").rows
    assert rows[0]["rules"] == rules.fingerprint


def test_wrong_calls_fail_at_once(one_machine):
    documents = one_machine.createDataFrame([(7, "Plans are weak.")], "id bigint, letter string")
    with pytest.raises(ValueError, match="there is no column 'text'; the DataFrame has: id, letter"):
        findings.spark.tag(documents)


def test_the_program_in_a_pipe_gives_the_same(one_machine, program):
    texts = [(f"d{n}", f"Plans are weak in {n} teams. Supervision is “regular”.") for n in range(50)]
    documents = one_machine.createDataFrame(texts, "id string, text string").repartition(2)
    command = f"{program.path} tag - --input-format jsonl --format jsonl"
    piped = [json.loads(line) for line in documents.toJSON().pipe(command, checkCode=True).collect()]
    given = as_lines(findings.spark.tag(documents).toArrow().to_pylist())

    def order(row):
        return row["document"], row["sentence"]

    assert sorted(piped, key=order) == sorted(given, key=order)
    assert len(piped) == 100


def test_the_page_on_scale_works_as_written(one_machine, program, tmp_path):
    shutil.copytree(FIXTURES / "letters", tmp_path / "letters")
    shutil.copy(FIXTURES / "unreadable/scan.pdf", tmp_path / "letters")
    letters = {path.stem: path.read_text(encoding="utf-8") for path in FIXTURES.glob("letters/*.txt")}
    councils = [name.split("-")[0] for name in letters]
    documents = {"id": list(letters), "text": list(letters.values()), "council": councils}
    pq.write_table(pa.table(documents), tmp_path / "documents.parquet")
    names = {"spark": one_machine}
    ran = 0
    for kind, line, code in blocks("docs/scale.md"):
        assert kind == "python"
        # Spark looks for files from where its own process was started.
        code = re.sub(r'"(documents\.parquet|labels|letters)"', lambda name: f'"{tmp_path}/{name[1]}"', code)
        code = code.replace('"findings tag', f'"{program.path} --no-config tag')
        run_python("docs/scale.md", line, code, names)
        ran += 1
    assert ran == 4
    lines = "".join(json.dumps({"id": id, "text": text}) + "\n" for id, text in letters.items())
    rows = program.rows("-", "--input-format", "jsonl", input=lines.encode())
    assert names["piped"].count() == len(rows) == pq.read_table(tmp_path / "labels").num_rows
    unread = names["labels"].where("error is not null").toArrow().to_pylist()
    assert [row["document"] for row in unread] == [f"file:{tmp_path}/letters/scan.pdf"]


@pytest.fixture(scope="module")
def cluster(one_machine):
    # After the tests on one machine: a process has one Spark at a time.
    one_machine.stop()
    spark = session("local-cluster[2,1,1400]")
    yield spark
    spark.stop()


def dying(tagging, marker):
    """The same, but the worker of the second part dies after its first batch, once."""

    def batches(given):
        from pyspark import TaskContext

        task = TaskContext.get()
        first_try = task.partitionId() == 1 and task.attemptNumber() == 0
        for nth, batch in enumerate(tagging(given)):
            if first_try and nth == 1:
                Path(marker).write_text(str(os.getpid()))
                os.kill(os.getpid(), signal.SIGKILL)
            yield batch

    return batches


def test_two_executors_and_a_worker_that_dies_change_nothing(cluster, folder, wanted):
    documents = cluster.read.parquet(str(folder / "in"))
    assert documents.rdd.getNumPartitions() == PARTS
    marker = folder / "killed"
    tagging = dying(findings.spark.tagging(extra=["authority"]), str(marker))
    labels = documents.select("id", "text", "authority").mapInArrow(tagging, findings.spark.SCHEMA)
    labels.write.parquet(str(folder / "cluster"))
    assert int(marker.read_text()) > 0
    executors = cluster.sparkContext._jsc.sc().statusTracker().getExecutorInfos()
    assert len(executors) == 3, "the driver and two executors"
    assert in_order(pq.read_table(folder / "cluster")) == wanted
