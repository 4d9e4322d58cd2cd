"""What tests share: the program, the fixtures, and how rows of tables are compared with its lines."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
FIXTURES = ROOT / "fixtures"
LETTERS = sorted(path for path in (FIXTURES / "letters").rglob("*") if path.is_file())
OWN_RULES = ROOT / "tests/cmd/shared/rules"


class Program:
    """The program `findings`, which the package has to agree with."""

    def __init__(self) -> None:
        named = os.environ.get("FINDINGS_PROGRAM")
        self.path = Path(named) if named else ROOT / "target/debug/findings"
        assert self.path.exists(), f"there is no program {self.path}: build it, or name it by FINDINGS_PROGRAM"

    def run(self, *arguments: Any, input: bytes | None = None, cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
        call = [str(self.path), "--no-config", *map(str, arguments)]
        return subprocess.run(call, input=input, capture_output=True, cwd=cwd, check=False)

    def out(self, *arguments: Any, **how: Any) -> str:
        done = self.run(*arguments, **how)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def rows(self, *arguments: Any, **how: Any) -> list[dict[str, Any]]:
        return lines(self.out("tag", "--format", "jsonl", *arguments, **how))


def lines(text: str) -> list[dict[str, Any]]:
    # Not splitlines(), which cuts at characters that stand in letters.
    return [json.loads(line) for line in text.split("\n") if line]


def as_lines(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a table in the form of the program's lines: `extra` left out or an object, and no `error`."""
    plain = []
    for row in rows:
        row = dict(row)
        assert row.pop("error") is None
        extra = row.pop("extra")
        if extra is not None:
            row["extra"] = json.loads(extra)
        plain.append(row)
    return plain


@pytest.fixture(scope="session")
def program() -> Program:
    return Program()


def below_root(path: Path) -> str:
    """A path as a call in the root of the checkout names it."""
    return path.relative_to(ROOT).as_posix()
