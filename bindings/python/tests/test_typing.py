"""The stubs say what is there: mypy checks them against the package, and its strict mode against callers."""

import subprocess
import sys

import findings
from conftest import FIXTURES
from findings import rows


def run(*arguments, **more):
    return subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, check=False, **more)


def test_stubs_are_the_package(tmp_path):
    (tmp_path / "mypy.ini").write_text("[mypy]\nignore_missing_imports = true\n")
    done = run("mypy.stubtest", "findings", "--mypy-config-file", "mypy.ini", "--concise", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_callers_are_checked(tmp_path):
    good = "import findings\nthemes: list[str] = [l['theme'] for r in findings.read('a.pdf') for l in r['labels']]\n"
    bad = "import findings\npage: str = findings.read('a.pdf').rows[0]['start']\nfindings.read(5)\n"
    (tmp_path / "good.py").write_text(good)
    (tmp_path / "bad.py").write_text(bad)
    assert run("mypy", "--strict", "good.py", cwd=tmp_path).returncode == 0
    told = run("mypy", "--strict", "bad.py", cwd=tmp_path).stdout
    assert "bad.py:2: error" in told and "bad.py:3: error" in told


def test_rows_have_the_keys_that_are_typed():
    reading = findings.read(FIXTURES / "letters/wexcombe-monitoring-1.pdf", facts=True)
    evidenced = next(row for row in reading if row["labels"])
    assert set(evidenced) == set(rows.Row.__annotations__) | set(rows._Row.__annotations__)
    assert set(evidenced["labels"][0]) == set(rows.Label.__annotations__)
    assert set(evidenced["labels"][0]["evidence"][0]) == set(rows.Evidence.__annotations__)
    assert set(reading.facts) == set(rows.Facts.__annotations__)
    assert set(next(iter(reading.facts["words"].values()))) == set(rows.Words.__annotations__)
    assert set(findings.built_in().themes[0]) == set(rows.Theme.__annotations__)
    assert findings.Table.__doc__ and findings.Rules.tag_table.__doc__ and findings.read.__doc__
