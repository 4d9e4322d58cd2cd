"""Tables by Arrow: what goes in, what comes out, and that it is not copied."""

import gc
import json

import duckdb
import pandas
import polars
import pyarrow as pa
import pytest

import findings
from conftest import FIXTURES, LETTERS, as_lines, below_root, ROOT

TEXTS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted((FIXTURES / "letters").glob("*.txt"))
}


def documents():
    return pa.table({"id": list(TEXTS), "text": list(TEXTS.values())})


def rows_of(table):
    return as_lines(pa.table(table).to_pylist())


@pytest.fixture(scope="module")
def wanted(program):
    lines = "".join(json.dumps({"id": id, "text": text}) + "\n" for id, text in TEXTS.items())
    return program.rows("-", "--input-format", "jsonl", input=lines.encode())


def test_rows_are_the_programs(wanted):
    assert rows_of(findings.tag_table(documents())) == wanted


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads_change_nothing(threads):
    table = pa.concat_tables([documents()] * 8).combine_chunks()
    given = pa.table(findings.tag_table(table, threads=threads))
    assert given.equals(pa.table(findings.tag_table(table)))


SOURCES = {
    "pyarrow table": lambda table: table,
    "pyarrow table of many chunks": lambda table: pa.concat_tables(table.slice(at, 1) for at in range(len(table))),
    "pyarrow slice": lambda table: pa.concat_tables([table.slice(3), table.slice(0, 3)]).slice(len(table) - 3).slice(0, 3),
    "pyarrow batch": lambda table: table.to_batches()[0],
    "pyarrow reader": lambda table: pa.RecordBatchReader.from_batches(table.schema, table.to_batches()),
    "pyarrow large strings": lambda table: table.cast(pa.schema({"id": pa.large_string(), "text": pa.large_string()})),
    "pyarrow string views": lambda table: table.cast(pa.schema({"id": pa.string_view(), "text": pa.string_view()})),
    "pyarrow dictionaries": lambda table: pa.table(
        {"id": table["id"].dictionary_encode(), "text": table["text"].dictionary_encode()}
    ),
    "polars": polars.DataFrame,
    "pandas": lambda table: table.to_pandas(),
    "pandas categories": lambda table: table.to_pandas().astype("category"),
    "duckdb": lambda documents: duckdb.sql("select * from documents"),
    "array only": lambda table: ArrayOnly(table.to_batches()[0]),
}


class ArrayOnly:
    """What offers one array and no stream."""

    def __init__(self, batch):
        self.batch = batch

    def __arrow_c_array__(self, requested_schema=None):
        return self.batch.__arrow_c_array__(requested_schema)


@pytest.mark.parametrize("source", SOURCES)
def test_tables_of_all_kinds_go_in(wanted, source):
    if source == "pyarrow slice":
        wanted = [row for row in wanted if row["document"] in list(TEXTS)[:3]]
    assert rows_of(findings.tag_table(SOURCES[source](documents()))) == wanted


def test_tables_of_all_kinds_come_out(wanted):
    table = labels = findings.tag_table(documents())
    out = pa.table(labels)
    assert out.schema == pa.schema(findings.Schema())
    assert out.num_rows == table.num_rows == len(table) == len(wanted)
    assert out.column_names == table.column_names
    assert polars.DataFrame(table).height == len(wanted)
    assert polars.DataFrame(table)["document"].to_list() == [row["document"] for row in wanted]
    assert duckdb.sql("select count(*) from labels").fetchall() == [(len(wanted),)]
    assert pa.record_batch(table).num_rows == len(wanted)
    frame = out.to_pandas()
    assert list(frame["text"]) == [row["text"] for row in wanted]
    reading = findings.read_text(TEXTS["wexcombe-press"], name="wexcombe-press")
    assert rows_of(reading) == reading.rows


def test_nothing_is_copied_on_the_way_out():
    table = findings.tag_table(documents())
    before = pa.total_allocated_bytes()
    first, second = pa.table(table), pa.table(table)
    assert pa.total_allocated_bytes() == before
    places = [t["text"].chunk(0).buffers()[2].address for t in (first, second)]
    assert places[0] == places[1]
    # The rows outlive what made them.
    text = first["text"][0].as_py()
    del table, second
    gc.collect()
    assert first["text"][0].as_py() == text


def test_memory_is_given_back():
    import resource

    table = pa.concat_tables([documents()] * 5)

    def run(times):
        for _ in range(times):
            pa.table(findings.tag_table(table, threads=1))
        gc.collect()
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    before = run(4)
    # kB: less than a third of what the runs would leave behind if each left its rows.
    assert run(12) - before < 4 * pa.table(findings.tag_table(table)).nbytes // 1000


def test_a_document_that_cannot_be_read_has_a_row_with_the_reason():
    table = pa.table({"id": ["a", "b", None, "d", "e"], "text": ["Plans are weak.", None, "x", " \n", "Plans are good."]})
    rows = pa.table(findings.tag_table(table)).to_pylist()
    assert [(row["document"], row["error"]) for row in rows] == [
        ("a", None),
        ("b", "cannot read b: its text is null"),
        (None, "cannot read a document without a name: its id is null"),
        ("d", "cannot read d: it is empty"),
        ("e", None),
    ]
    for row in rows[1:4]:
        told = {name for name, value in row.items() if value is not None}
        assert told - {"document"} == {"rules", "error"}


def test_files_are_read_from_bytes_and_paths(program):
    paths = [below_root(path) for path in LETTERS] + ["fixtures/unreadable/scan.pdf", "fixtures/no-such-file"]
    done = program.run("tag", "--format", "jsonl", *paths)
    wanted = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
    of_files = pa.table(findings.tag_files([ROOT / path for path in paths])).to_pylist()
    for row in of_files:
        row["document"] = row["document"].replace(f"{ROOT}/", "")
    unread = [row for row in of_files if row["error"] is not None]
    assert as_lines([row for row in of_files if row["error"] is None]) == wanted
    assert [row["document"] for row in unread] == paths[-2:]
    assert unread[0]["error"].replace(f"{ROOT}/", "") in done.stderr.decode()

    there = [path for path in paths if (ROOT / path).exists()]
    table = {"id": there, "text": [(ROOT / path).read_bytes() for path in there]}
    for kind in pa.binary(), pa.large_binary(), pa.binary_view():
        table["text"] = pa.array(table["text"], kind)
        of_bytes = pa.table(findings.tag_table(pa.table(table))).to_pylist()
        assert as_lines([row for row in of_bytes if row["error"] is None]) == wanted


def test_numbers_are_names_and_columns_go_along(program):
    lines = b"".join(
        json.dumps({"id": 7 + n, "text": "Plans are weak.", "year": 2020 + n, "place": None, "new": True, "share": 0.5}).encode()
        + b"\n"
        for n in range(3)
    )
    wanted = program.rows("-", "--input-format", "jsonl", input=lines)
    table = pa.Table.from_pylist([json.loads(line) for line in lines.splitlines()])
    given = findings.tag_table(table, extra=["year", "place", "new", "share"])
    assert rows_of(given) == wanted
    assert wanted[0]["extra"] == {"year": 2020, "place": None, "new": True, "share": 0.5}


def test_facts_go_along(program):
    path = "fixtures/letters/wexcombe-monitoring-1.txt"
    wanted = program.rows("--with-facts", path)
    table = pa.table({"id": [path], "text": [(ROOT / path).read_bytes()]})
    assert rows_of(findings.tag_table(table, facts=True)) == wanted


@pytest.mark.parametrize(
    ("call", "error", "reason"),
    [
        (lambda t: findings.tag_table(t, text="body"), ValueError, "no column 'body'; the table has: id, text, when"),
        (lambda t: findings.tag_table(t, text="when"), ValueError, "it has to hold texts, or the bytes of files"),
        (lambda t: findings.tag_table(t, id="when"), ValueError, "names of documents are texts or whole numbers"),
        (lambda t: findings.tag_table(t, extra=["when"]), ValueError, "cast it to text first"),
        (lambda t: findings.tag_stream(t, text="body"), ValueError, "no column 'body'"),
        (lambda t: findings.tag_table(t["id"]), ValueError, "no Arrow table"),
        (lambda t: findings.tag_table([1]), TypeError, "give a table of pyarrow, polars, pandas or DuckDB"),
    ],
)
def test_wrong_calls_say_what_to_do(call, error, reason):
    table = pa.table({"id": ["a"], "text": ["Plans are weak."], "when": pa.array([0], pa.timestamp("s"))})
    with pytest.raises(error, match=reason):
        call(table)


def test_a_table_whose_source_fails_says_so():
    def batches():
        yield pa.record_batch({"id": ["a"], "text": ["Plans are weak."]})
        raise OSError("the disk is gone")

    def reader():
        return pa.RecordBatchReader.from_batches(pa.schema({"id": pa.string(), "text": pa.string()}), batches())

    with pytest.raises(ValueError, match="the disk is gone"):
        findings.tag_table(reader())
    stream = pa.RecordBatchReader.from_stream(findings.tag_stream(reader()))
    assert stream.read_next_batch().num_rows == 1
    with pytest.raises(Exception, match="the disk is gone"):
        stream.read_next_batch()


def test_an_empty_table_gives_an_empty_table():
    table = findings.tag_table(documents().slice(0, 0))
    assert len(table) == 0
    assert pa.table(table).schema == pa.schema(findings.Schema())
    assert pa.record_batch(table).num_rows == 0


def test_progress_is_told_and_can_end_a_run():
    table = pa.concat_tables([documents()] * 30)
    told = []
    findings.tag_table(table, threads=1, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(set(told)) and told[-1] == (len(table), len(table)) and len(told) > 3

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        findings.tag_table(table, threads=1, progress=stop)


def test_a_stream_takes_no_more_than_it_gives(wanted):
    taken = 0

    def batches():
        nonlocal taken
        for batch in documents().to_batches(max_chunksize=1):
            taken += 1
            yield batch

    reader = pa.RecordBatchReader.from_batches(documents().schema, batches())
    stream = findings.tag_stream(reader)
    assert taken == 0
    rows = pa.RecordBatchReader.from_stream(stream)
    assert rows.schema == pa.schema(findings.Schema())
    first = rows.read_next_batch()
    assert taken == 1 and set(first["document"].to_pylist()) == {list(TEXTS)[0]}
    rest = rows.read_all()
    assert taken == len(TEXTS)
    assert as_lines(first.to_pylist() + rest.to_pylist()) == wanted
    with pytest.raises(findings.Error, match="read already"):
        pa.table(stream)


def test_long_tables_come_in_batches():
    many = pa.table({"id": [str(n) for n in range(40_000)], "text": ["Plans are weak."] * 40_000})
    table = findings.tag_table(many)
    out = pa.table(table)
    assert out.num_rows == 40_000 and out["id"].num_chunks == 2
    assert out["document"].to_pylist() == many["id"].to_pylist()
    with pytest.raises(ValueError, match="take it as a stream"):
        pa.record_batch(table)


def test_pandas_and_categories():
    frame = pandas.DataFrame({"id": ["a"], "text": ["Plans are weak."]})
    rows = pa.table(findings.tag_table(frame)).to_pandas(categories=["polarity", "source"])
    assert list(rows["polarity"].cat.categories) == ["concern"]
