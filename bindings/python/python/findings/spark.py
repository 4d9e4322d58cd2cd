"""Labels on many machines, by Apache Spark.

In: a DataFrame with one document a row. Out: a DataFrame with one sentence a row, with the columns of every table of
``findings``. Needed: this package on every machine of the cluster, and ``findings[spark]`` where the driver runs.

Each task is a pure function of its documents, so retries and speculation change nothing. Rules travel as bytes with the
job and are named by their fingerprint, which every row carries: a worker that would make other labels by them fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Optional

from . import Rules, _unpickled, built_in

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["SCHEMA", "tag", "tagging"]

_EVIDENCE = "array<struct<`rule`: string, `start`: bigint, `end`: bigint, `text`: string, `via`: string>>"
_LABELS = f"array<struct<`theme`: string, `polarity`: string, `evidence`: {_EVIDENCE}>>"

#: The columns of the result, as Spark writes types.
SCHEMA = ", ".join(
    f"`{name}` {kind}"
    for name, kind in {
        "schema": "int",
        "rules": "string",
        "id": "string",
        "document": "string",
        "sentence": "int",
        "section": "string",
        "section_role": "string",
        "section_grade": "string",
        "page": "int",
        "paragraph": "string",
        "start": "bigint",
        "end": "bigint",
        "text": "string",
        "polarity": "string",
        "labels": _LABELS,
        "source": "string",
        "time": "string",
        "change": "string",
        "extra": "string",
        "error": "string",
    }.items()
)


def tag(
    df: DataFrame,
    *,
    rules: Optional[Rules] = None,
    id: str = "id",
    text: str = "text",
    extra: Sequence[str] = (),
    facts: bool = False,
) -> DataFrame:
    """Labels every document of a DataFrame.

    ``id`` names the column with the documents' names (texts or whole numbers), ``text`` the one with their texts, or with the
    bytes of their files, as ``spark.read.format("binaryFile")`` gives them. The columns in ``extra`` go along with
    each row as JSON. A document that cannot be read gives one row with the reason in ``error``, and the run goes on.

    Documents are long: with ``spark.sql.execution.arrow.maxRecordsPerBatch`` at some hundreds, no worker holds more at once.
    """
    wanted = list(dict.fromkeys([id, text, *extra]))
    missing = [name for name in wanted if name not in df.columns]
    if missing:
        raise ValueError(f"there is no column '{missing[0]}'; the DataFrame has: {', '.join(df.columns)}")
    quoted = ["`" + name.replace("`", "``") + "`" for name in wanted]
    labelled = tagging(rules, id=id, text=text, extra=extra, facts=facts)
    return df.select(*quoted).mapInArrow(labelled, SCHEMA)


def tagging(
    rules: Optional[Rules] = None,
    *,
    id: str = "id",
    text: str = "text",
    extra: Sequence[str] = (),
    facts: bool = False,
) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """What ``tag`` gives to ``DataFrame.mapInArrow``: from Arrow batches of documents to Arrow batches of rows.

    Keywords as for ``tag``. It can be sent to other processes, also by Ray or Dask.
    """
    rules = rules or built_in()
    packed, fingerprint, extra = rules.to_bytes(), rules.fingerprint, list(extra)

    def labelled(batches: Iterable[Any]) -> Iterator[Any]:
        import pyarrow

        here = _unpickled(packed)
        if here.fingerprint != fingerprint:
            raise RuntimeError(f"the rules are {fingerprint} where they were sent and {here.fingerprint} here")
        for batch in batches:
            # One thread: Spark gives each task its own processor.
            rows = here.tag_table(batch, id=id, text=text, extra=extra, facts=facts, threads=1)
            yield from pyarrow.table(rows).to_batches()

    return labelled
