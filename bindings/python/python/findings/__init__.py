"""Labels of inspection letters: which theme, strength or concern, on what evidence.

``Rules`` read a document into a ``Reading``; ``tag_table`` labels whole tables, which go in and out by Arrow without being
copied. The functions of this module use the built-in rules. Labels are those of the program ``findings``, byte for byte.

    >>> import findings
    >>> reading = findings.read_text("Caseloads are too high, but supervision is regular.")
    >>> [(label["theme"], label["polarity"]) for label in reading.rows[0]["labels"]]
    [('caseloads', 'concern'), ('supervision', 'strength')]
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Optional, Union

from ._findings import (
    DocumentError,
    Error,
    Reading,
    Rules,
    RulesError,
    Schema,
    Stream,
    Table,
    __version__,
)

__all__ = [
    "DocumentError",
    "Error",
    "Reading",
    "Rules",
    "RulesError",
    "Schema",
    "Stream",
    "Table",
    "__version__",
    "built_in",
    "read",
    "read_text",
    "tag_files",
    "tag_stream",
    "tag_table",
]


_rules = lru_cache(maxsize=1)(Rules)
# A worker that gets the same rules with every task makes them once.
_unpacked = lru_cache(maxsize=4)(Rules.from_bytes)


def built_in() -> Rules:
    """The built-in rules, made when they are first asked for."""
    return _rules()


def _unpickled(data: bytes) -> Rules:
    return _unpacked(data)


def read(
    source: Union[str, os.PathLike[str], bytes, bytearray, memoryview],
    *,
    name: Optional[str] = None,
    facts: bool = False,
) -> Reading:
    """Reads one document by the built-in rules; see ``Rules.read``."""
    return built_in().read(source, name=name, facts=facts)


def read_text(text: str, *, name: str = "-", facts: bool = False) -> Reading:
    """Reads a text by the built-in rules; see ``Rules.read_text``."""
    return built_in().read_text(text, name=name, facts=facts)


def tag_table(
    table: Any,
    *,
    id: str = "id",
    text: str = "text",
    extra: Sequence[str] = (),
    facts: bool = False,
    threads: int = 0,
    progress: Optional[Callable[[int, int], object]] = None,
) -> Table:
    """Labels every document of a table by the built-in rules; see ``Rules.tag_table``."""
    return built_in().tag_table(
        table, id=id, text=text, extra=extra, facts=facts, threads=threads, progress=progress
    )


def tag_files(
    paths: Iterable[Union[str, os.PathLike[str]]],
    *,
    facts: bool = False,
    threads: int = 0,
    progress: Optional[Callable[[int, int], object]] = None,
) -> Table:
    """Labels files by the built-in rules; see ``Rules.tag_files``."""
    return built_in().tag_files(paths, facts=facts, threads=threads, progress=progress)


def tag_stream(
    table: Any,
    *,
    id: str = "id",
    text: str = "text",
    extra: Sequence[str] = (),
    facts: bool = False,
    threads: int = 0,
) -> Stream:
    """Labels a table that is larger than memory by the built-in rules; see ``Rules.tag_stream``."""
    return built_in().tag_stream(table, id=id, text=text, extra=extra, facts=facts, threads=threads)
