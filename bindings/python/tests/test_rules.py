"""Rules: from folders, as bytes, in other processes; mistakes in them as the program tells them."""

import multiprocessing
import pickle
import subprocess
import sys

import pytest

import findings
from conftest import OWN_RULES, ROOT

TEXT = "Findings\n\nCaseloads are too high, but supervision is regular.\n"


def rows_elsewhere(rules):
    return rules.fingerprint, rules.read_text(TEXT).jsonl()


def test_the_fingerprint_is_the_programs(program):
    assert findings.built_in().fingerprint in program.out("--version")
    assert findings.Rules(OWN_RULES).fingerprint in program.out("--version", "--rules", OWN_RULES)


def test_themes(program):
    themes = findings.built_in().themes
    assert {"id", "name", "about", "core"} == set(themes[0])
    assert [theme["core"] for theme in themes] == sorted((theme["core"] for theme in themes), reverse=True)
    assert "caseloads" in [theme["id"] for theme in themes]


@pytest.mark.parametrize("folders", [(), (OWN_RULES,)], ids=["built-in", "own"])
def test_bytes_and_pickles_give_the_same_rules(folders):
    rules = findings.Rules(*folders)
    for again in [findings.Rules.from_bytes(rules.to_bytes()), pickle.loads(pickle.dumps(rules))]:
        assert again == rules and hash(again) == hash(rules)
        assert again.to_bytes() == rules.to_bytes()
        assert rows_elsewhere(again) == rows_elsewhere(rules)
    assert rules.fingerprint in rules.to_bytes().decode().split("\n")[1]


def test_overlays_come_out_of_bytes(tmp_path):
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes/plans.toml").write_text(
        'names = ["blueprint*"]\n\n[[example]]\ntext = "Blueprints are weak."\nlabels = ["plans:concern"]\n'
    )
    rules = findings.Rules(tmp_path)
    again = findings.Rules.from_bytes(rules.to_bytes())
    assert again == rules != findings.built_in()
    assert again.read_text("Blueprints are weak.").rows[0]["labels"][0]["theme"] == "plans"


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_rules_go_to_other_processes(start):
    # With fork the child has none of the threads that made the parent's rules, and makes its own.
    rules = findings.Rules(OWN_RULES)
    with multiprocessing.get_context(start).Pool(1) as pool:
        assert pool.apply_async(rows_elsewhere, (rules,)).get(timeout=120) == rows_elsewhere(rules)
        assert pool.apply_async(findings.Rules).get(timeout=120) == findings.built_in()


def test_bytes_of_other_rules_are_refused():
    data = findings.built_in().to_bytes()
    fingerprint = findings.built_in().fingerprint.encode()
    for wrong, reason in [
        (b"", "not what `pack` writes"),
        (data[: len(data) // 2], "damaged"),
        (data.replace(fingerprint, b"0123456789abcdef", 1), "the same version of findings"),
    ]:
        with pytest.raises(findings.RulesError, match=reason):
            findings.Rules.from_bytes(wrong)


@pytest.mark.parametrize("folder", ["tests/cmd/shared/wrong-rules", "no/such/folder"])
def test_mistakes_are_told_as_the_program_tells_them(program, folder):
    with pytest.raises(findings.RulesError) as raised:
        findings.Rules(ROOT / folder)
    told = program.run("tag", "-", "--rules", ROOT / folder, input=b"Plans are weak.")
    assert told.returncode == 2
    assert str(raised.value) in told.stderr.decode()


def test_rules_cannot_be_changed():
    with pytest.raises(AttributeError):
        findings.built_in().fingerprint = "x"


def test_importing_needs_no_other_package():
    code = "import sys, findings; findings.read_text('Plans are weak.'); print(sorted(sys.modules))"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    for name in ["pyarrow", "pandas", "polars", "numpy", "pyspark"]:
        assert f"'{name}'" not in modules
