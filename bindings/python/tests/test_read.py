"""One document: the same rows as the program, byte for byte, from paths, bytes and texts, and its messages."""

import json
import threading
import time
from pathlib import Path

import pytest

import findings
from conftest import FIXTURES, LETTERS, OWN_RULES, ROOT, below_root, lines


@pytest.fixture(autouse=True)
def in_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("path", LETTERS, ids=below_root)
def test_rows_are_the_programs_bytes(program, path):
    path = below_root(path)
    reading = findings.read(path)
    assert reading.jsonl() == program.out("tag", "--format", "jsonl", path)
    # The program ends with a line break what does not end with one.
    assert reading.text.removesuffix("\n") == program.out("text", path).removesuffix("\n")
    assert findings.read(path, facts=True).jsonl() == program.out("tag", "--with-facts", "--format", "jsonl", path)
    assert reading.facts == lines(program.out("facts", "--format", "jsonl", path))[0]


def test_there_are_letters_of_every_format():
    assert {path.suffix for path in LETTERS} == {".docx", ".html", ".odt", ".pdf", ".txt"}


@pytest.mark.parametrize("golden", sorted((FIXTURES / "golden").glob("*.labels")), ids=lambda path: path.stem)
def test_labels_are_the_golden_ones(golden):
    marks = {"strength": "+", "concern": "-", "neutral": ".", "mixed": "±"}
    usual = {"source": "inspector", "time": "current", "change": "none"}
    out, section = [], ()
    for row in findings.read(FIXTURES / "letters" / f"{golden.stem}.txt"):
        if section != (row["section"],):
            grade = f", {row['section_grade']}" if row["section_grade"] else ""
            heading = "(no heading)" if row["section"] is None else row["section"]
            out.append(("\n" if section else "") + f"# {heading} ({row['section_role']}{grade})")
            section = (row["section"],)
        frame = [row[key] for key in usual if row[key] != usual[key]]
        labels = "".join(f" {label['theme']}{marks[label['polarity']]}" for label in row["labels"])
        frame = f" [{' '.join(frame)}]" if frame else ""
        out.append(f"{marks[row['polarity']]}{labels}{frame} | {row['text']}")
    assert "\n".join(out) + "\n" == golden.read_text(encoding="utf-8")


def test_rows_are_the_lines_and_places_count_characters():
    reading = findings.read(FIXTURES / "letters/wexcombe-press.txt")
    assert len(reading) == len(reading.rows) > 10
    assert list(reading) == reading.rows == lines(reading.jsonl())
    for row in reading:
        assert " ".join(reading.text[row["start"] : row["end"]].split()) == row["text"]


def test_bytes_and_paths_give_the_same():
    path = "fixtures/letters/wexcombe-monitoring-1.pdf"
    wanted = findings.read(path).jsonl()
    data = Path(path).read_bytes()
    for kind in bytes, bytearray, memoryview:
        assert findings.read(kind(data), name=path).jsonl() == wanted
    assert findings.read(Path(path)).jsonl() == wanted
    assert findings.read(path, name="other").document == "other"


def test_a_text_is_read_as_the_programs_standard_input(program):
    text = "Findings\n\nCaseloads are too high, but supervision is “regular”.\n"
    wanted = program.out("tag", "-", "--format", "jsonl", input=text.encode())
    assert findings.read_text(text).jsonl() == wanted
    assert findings.read(text.encode()).jsonl() == wanted
    assert findings.read_text(text, name="a").document == "a"


@pytest.mark.parametrize("path", sorted((FIXTURES / "unreadable").iterdir()), ids=lambda path: path.name)
def test_what_cannot_be_read_says_what_the_program_says(program, path):
    path = below_root(path)
    with pytest.raises(findings.DocumentError) as raised:
        findings.read(path)
    told = program.run("tag", path).stderr.decode()
    assert f"{raised.value}\n" in told
    assert isinstance(raised.value, findings.Error)


def test_no_such_file(program):
    with pytest.raises(findings.DocumentError, match="cannot read no/such/file"):
        findings.read("no/such/file")


@pytest.mark.parametrize("wrong", [5, None, ["letter.pdf"], object()])
def test_other_things_are_no_documents(wrong):
    with pytest.raises(TypeError, match="a path or the bytes of a file"):
        findings.read(wrong)


def test_own_rules_and_overlays(program):
    path = "tests/cmd/shared/letter.txt"
    own = findings.Rules(OWN_RULES)
    assert own.read(path).jsonl() == program.out("tag", path, "--format", "jsonl", "--rules", OWN_RULES)
    assert own.read(path).rules == own.fingerprint != findings.built_in().fingerprint


def test_warnings_are_given():
    assert findings.read_text("Plans are weak.").warnings == []


def test_other_threads_run_while_a_document_is_read():
    # A long text keeps the reader busy; another thread counts meanwhile.
    text = "Caseloads are too high in two of the teams, but plans are regularly reviewed.\n\n" * 20_000
    counted = 0
    done = threading.Event()

    def count():
        nonlocal counted
        while not done.is_set():
            counted += 1
            time.sleep(0.001)

    counting = threading.Thread(target=count)
    counting.start()
    try:
        time.sleep(0.02)
        before = counted
        findings.read_text(text)
        during = counted - before
    finally:
        done.set()
        counting.join()
    assert during > 5


def test_the_version_is_the_programs(program):
    assert findings.__version__ in program.out("--version").split()


def test_nothing_panics_on_odd_texts():
    for text in ["\x00", "\ufeff", "\u2028", "a" * 100_000, "\n" * 1000, "=1+1", "�"]:
        try:
            json.loads("[" + ",".join(findings.read_text(text).jsonl().split("\n")[:-1]) + "]")
        except findings.DocumentError:
            pass
