"""The form of rows and facts, for type checkers. What each field means is told in ``docs/output.md`` and ``docs/facts.md``."""

from __future__ import annotations

from typing import Any, Optional, TypedDict


class Evidence(TypedDict):
    """Words of the document and the rule that read them."""

    rule: str
    start: int
    end: int
    text: str
    via: str


class Label(TypedDict):
    """A theme in a sentence and what is said of it."""

    theme: str
    polarity: str
    evidence: list[Evidence]


class _Row(TypedDict):
    schema: int
    rules: str
    id: str
    document: str
    sentence: int
    section: Optional[str]
    section_role: str
    section_grade: Optional[str]
    page: Optional[int]
    paragraph: Optional[str]
    start: int
    end: int
    text: str
    polarity: str
    labels: list[Label]
    source: str
    time: str
    change: str


class Row(_Row, total=False):
    """One sentence with its labels."""

    extra: dict[str, Any]


class Words(TypedDict):
    """The words that a fact was read from."""

    start: int
    end: int
    page: Optional[int]
    text: str


class Facts(TypedDict):
    """What a document is and what its inspection was."""

    document: str
    rules: str
    kind: Optional[str]
    authority: Optional[str]
    inspection_start: Optional[str]
    inspection_end: Optional[str]
    published: Optional[str]
    visit_number: Optional[int]
    lead_inspector: Optional[str]
    judgements: dict[str, str]
    words: dict[str, Words]
    corrected: list[str]
    extra: dict[str, Any]


class Theme(TypedDict):
    """Something that inspectors write about."""

    id: str
    name: str
    about: str
    core: bool
