"""The program's Parquet files, read by others: every value as in its lines, and the columns of every table here."""

import duckdb
import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import findings
from conftest import as_lines


@pytest.fixture(scope="module")
def labels(program, tmp_path_factory):
    file = tmp_path_factory.mktemp("parquet") / "labels.parquet"
    program.out("tag", "fixtures/letters", "--with-facts", "-o", file)
    return file


@pytest.fixture(scope="module")
def wanted(program):
    return program.rows("fixtures/letters", "--with-facts")


def test_pyarrow(labels, wanted):
    assert as_lines(pq.read_table(labels).to_pylist()) == wanted


def test_pandas(labels, wanted):
    frame = pq.read_table(labels).to_pandas()
    assert list(frame["id"]) == [row["id"] for row in wanted]
    assert str(frame["start"].dtype) == "int64"
    themes = frame.explode("labels")["labels"].dropna().map(lambda label: label["theme"])
    assert list(themes) == [label["theme"] for row in wanted for label in row["labels"]]


def test_polars(labels, wanted):
    assert as_lines(polars.read_parquet(labels).to_dicts()) == wanted


def test_duckdb(labels, wanted):
    rows = duckdb.sql(f"from '{labels}'")
    assert as_lines([dict(zip(rows.columns, row)) for row in rows.fetchall()]) == wanted
    counted = duckdb.sql(
        f"""
        select label.theme, label.polarity, count(*)
        from (select unnest(labels) as label from '{labels}') group by all order by all
        """
    ).fetchall()
    by_hand = {}
    for row in wanted:
        for label in row["labels"]:
            key = label["theme"], label["polarity"]
            by_hand[key] = by_hand.get(key, 0) + 1
    assert counted == sorted((*key, count) for key, count in by_hand.items())


def test_the_schema_is_that_of_every_table(labels):
    assert pq.read_schema(labels).remove_metadata() == pa.schema(findings.Schema())


def test_the_file_says_what_made_it(labels):
    about = pq.read_metadata(labels).metadata
    assert about[b"findings.rules"].decode() == findings.built_in().fingerprint
    assert about[b"findings.version"].decode() == findings.__version__


def test_repeated_texts_are_stored_once(labels):
    group = pq.read_metadata(labels).row_group(0)
    columns = {group.column(at).path_in_schema: group.column(at) for at in range(group.num_columns)}
    dictionaries = {name for name, column in columns.items() if column.has_dictionary_page}
    ids = {"rules", "document", "section", "labels.list.element.theme", "labels.list.element.evidence.list.element.rule"}
    assert ids <= dictionaries
    assert not dictionaries & {"id", "text", "start", "end"}
    assert {column.compression for column in columns.values()} == {"SNAPPY"}


def test_row_groups_end_behind_documents_for_any_number_of_jobs(program, tmp_path):
    lines = tmp_path / "many.jsonl"
    text = "Plans are weak. Supervision is regular. Audits are good."
    lines.write_text("".join(f'{{"id": "{n}", "text": "{text}"}}\n' for n in range(12_000)))
    files = []
    for jobs in 1, 3:
        file = tmp_path / f"{jobs}.parquet"
        program.out("tag", lines, "--input-format", "jsonl", "-o", file, "--jobs", jobs)
        files.append(file.read_bytes())
    assert files[0] == files[1]
    file = pq.ParquetFile(tmp_path / "1.parquet")
    rows = [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]
    assert len(rows) == 2 and sum(rows) == 36_000 and rows[0] % 3 == 0
