"""What the pages tell to do works as written: their commands and blocks of Python are run, one after another."""

import re
import shlex
import shutil

import pytest

from conftest import FIXTURES, ROOT

PAGES = {
    "bindings/python/README.md": 1,
    "docs/python.md": 6,
    "docs/recipes.md": 9,
}


def blocks(page):
    """Blocks of commands, of Python, and those of Quarto, with the line on which each begins."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for found in re.finditer(r"^```(sh|python|\{python\})\n(.*?)^```$", text, re.M | re.S):
        kind = "sh" if found[1] == "sh" else "python"
        yield kind, text[: found.start(2)].count("\n"), found[2]


def run_python(page, line, code, names):
    # Error messages name the page and its line.
    exec(compile("\n" * line + code, page, "exec"), names)


@pytest.mark.parametrize("page", PAGES)
def test_pages_work_as_written(program, page, tmp_path, monkeypatch):
    shutil.copytree(FIXTURES / "letters", tmp_path / "letters")
    shutil.copy(FIXTURES / "letters/wexcombe-monitoring-1.pdf", tmp_path / "letter.pdf")
    monkeypatch.chdir(tmp_path)
    names = {}
    ran = 0
    for kind, line, code in blocks(page):
        ran += 1
        if kind == "python":
            run_python(page, line, code, names)
            continue
        for command in code.splitlines():
            call = shlex.split(command)
            assert call[0] == "findings", command
            done = program.run(*call[1:], cwd=tmp_path)
            assert done.returncode == 0, f"{command}\n{done.stderr.decode()}"
    assert ran >= PAGES[page]


def test_recipes_give_the_figures_that_a_plain_count_gives(program, tmp_path, monkeypatch):
    shutil.copytree(FIXTURES / "letters", tmp_path / "letters")
    monkeypatch.chdir(tmp_path)
    names = {}
    for kind, line, code in blocks("docs/recipes.md"):
        if kind == "sh":
            for command in code.splitlines():
                program.run(*shlex.split(command)[1:], cwd=tmp_path)
        else:
            run_python("docs/recipes.md", line, code, names)
    rows = program.rows("letters", cwd=tmp_path)
    concerns = sum(label["polarity"] == "concern" for row in rows for label in row["labels"])
    sentences = {
        (row["document"], row["id"], label["theme"])
        for row in rows
        for label in row["labels"]
        if label["polarity"] == "concern"
    }
    assert concerns > 100
    assert int(names["table"].concerns.sum()) == concerns
    assert (names["each"]["theme_polarity"] == "concern").sum() == concerns
    by_theme = {row["theme"]: row["sentences"] for row in names["concerns"].to_dicts()}
    caseloads = {id for _, id, theme in sentences if theme == "caseloads"}
    assert by_theme["caseloads"] == len(caseloads)
