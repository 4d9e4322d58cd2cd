"""Opens what `findings export` writes with readers of other people, and looks for every labelled passage at its place.

    check.py PROGRAM ROOT WORK [--label-studio]

What has to be found is what `findings tag` and `findings text` say of the same documents.
"""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import conllu
from bioc import brat
from lxml import etree
from pyrefiqda import RefiCodebook, RefiProject

program, root, work = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
label_studio = "--label-studio" in sys.argv[4:]

out = work / "out"
shutil.rmtree(out, ignore_errors=True)
letters = out / "letters"
letters.mkdir(parents=True)
for path in sorted((root / "fixtures/letters").iterdir()):
    if path.suffix in (".txt", ".docx", ".odt", ".html", ".pdf") and path.is_file():
        # Names without ending are told apart by the formats, and compared by them here.
        shutil.copy(path, letters / (path.stem + "-" + path.suffix[1:] + path.suffix))
hostile = (
    "Findings\r\n\r\nSocial workers’ caseloads\x0c are too high & <b>weak</b>.\r\nPlans are \"weak\"\r"
    "and 𝐥𝐚𝐭𝐞]]>. Supervision is regular\x07. Something is wrong. 😀 Assessments are late.\r\n"
)
(letters / "hostile-txt.txt").write_bytes(hostile.encode())


def run(*arguments):
    done = subprocess.run([program, *arguments], cwd=out, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def bare(words):
    return "".join(c for c in words if not c.isspace() and c.isprintable() and c != "\ufeff")


def codes(row):
    found = [(label["theme"], label["polarity"]) for label in row["labels"]]
    if not found:
        tones = {"mixed": ["strength", "concern"], "neutral": []}.get(row["polarity"], [row["polarity"]])
        found = [("no_theme", tone) for tone in tones]
    return found


rows = [json.loads(line) for line in run("tag", "letters", "-f", "jsonl").decode().splitlines()]
printed = {}
expected = set()
for row in rows:
    document = row["document"]
    if document not in printed:
        printed[document] = run("text", document).decode()
    words = bare(printed[document][row["start"] : row["end"]])
    name = Path(document).stem
    expected.update((name, words, theme, tone) for theme, tone in codes(row))
assert len(expected) > 1000, len(expected)


def compare(found, name):
    missing, more = expected - found, found - expected
    assert not missing and not more, f"{name}: {sorted(missing)[:3]} are missing, {sorted(more)[:3]} are too many"
    print(f"{name}: {len(found)} labels at their places in {len(printed)} documents")


# REFI-QDA: against the published schema, and by models made from it.
run("export", "letters", "-o", "letters.qdpx")
with zipfile.ZipFile(next((work / "schema").glob("qualitative_coding-*.whl"))) as wheel:
    schema = etree.XMLSchema(etree.fromstring(wheel.read("qualitative_coding/refi_qda/schema.xsd")))
with zipfile.ZipFile(out / "letters.qdpx") as archive:
    assert archive.testzip() is None
    project = etree.fromstring(archive.read("project.qde"))
schema.assertValid(project)
project = RefiProject.load(out / "letters.qdpx", out / "qdpx")
names = {}
by_name = {}
for theme in project.code_book.codes.code:
    for code in theme.code:
        tone = code.name.rsplit(": ", 1)[1].replace("not judged", "neutral")
        names[code.guid] = (theme.name, tone)
found = set()
ids = {row["id"]: row for row in rows}
for source in project.sources.text_source:
    text = RefiProject.resolve_source_path(source.plain_text_path, out / "qdpx").read_bytes().decode()
    assert "\r" not in text and not text.startswith("\ufeff")
    for passage in source.plain_text_selection:
        words = bare(text[passage.start_position : passage.end_position])
        row = ids[passage.description.rsplit("id ", 1)[1]]
        themes = dict.fromkeys(theme for theme, _ in codes(row))
        for coding in passage.coding:
            name, tone = names[coding.code_ref.target_guid]
            # Names of themes stand for ids: learn each from the first passage that has one theme alone.
            if len(themes) == 1:
                by_name.setdefault(name, *themes)
            found.add((source.name, words, name, tone))
found = {(source, words, by_name[name], tone) for source, words, name, tone in found}
compare(found, "REFI-QDA project")

run("export", "-o", "codes.qdc")
codebook = RefiCodebook.load(out / "codes.qdc")
inner = {code.guid for theme in codebook.codes.code for code in theme.code}
assert inner == set(names), "the codebook has other codes than the project"
members = [member.guid for one in codebook.sets.set for member in one.member_code]
assert sorted(members) == sorted(inner), "the sets do not hold each code once"
print(f"REFI-QDA codebook: {len(inner)} codes in {len(codebook.sets.set)} sets")

# brat
run("export", "letters", "--to", "brat", "-o", "brat")
found = set()
for path in sorted((out / "brat").glob("*.ann")):
    text = path.with_suffix(".txt").read_bytes().decode()
    with path.open(encoding="utf-8") as annotations, path.with_suffix(".txt").open(encoding="utf-8") as file:
        document = brat.load(file, annotations)
    assert document.text == text
    tones = {one.refid: next(iter(one.attributes)) for one in document.attributes if one.type == "Polarity"}
    for entity in document.entities:
        places = sorted((place.begin, place.end) for place in entity.locations)
        words = "".join(bare(text[begin:end]) for begin, end in places)
        assert words == bare(entity.text), entity.text
        found.add((path.stem, words, entity.type, tones[entity.id]))
compare(found, "brat")

# CoNLL-U Plus
run("export", "letters", "-o", "letters.conllup")
sentences = conllu.parse((out / "letters.conllup").read_text(encoding="utf-8"))
assert len(sentences) == len(rows)
marked = 0
for sentence, row in zip(sentences, rows):
    text = sentence.metadata["text"]
    assert (sentence.metadata["sent_id"], bare(text)) == (row["id"], bare(text)) and sentence.metadata["start"] == str(row["start"])
    labels = sentence.metadata["labels"].split(" ")
    assert labels == ([f"{theme}:{tone}" for theme, tone in codes(row)] or ["_"]), labels
    for token in sentence:
        misc = token["misc"]
        assert text[int(misc["start_char"]) : int(misc["end_char"])] == token["form"]
        evidence = token["findings:evidence"]
        for mark in evidence.split("|") if evidence != "_" else []:
            assert mark[2:] in labels, mark
            marked += 1
assert marked > 1000
print(f"CoNLL-U Plus: {len(sentences)} sentences, {marked} marked words")

# Label Studio
run("export", "letters", "--to", "label-studio", "-o", "label-studio")
interface = (out / "label-studio/interface.xml").read_text(encoding="utf-8")
tasks = json.loads((out / "label-studio/tasks.json").read_text(encoding="utf-8"))
found = set()
for task in tasks:
    text = task["data"]["text"]
    tones = {}
    for region in task["predictions"][0]["result"]:
        if region["type"] == "choices":
            tones[region["id"]] = region["value"]["choices"][0]
    for region in task["predictions"][0]["result"]:
        if region["type"] == "labels":
            value = region["value"]
            assert text[value["start"] : value["end"]] == value["text"]
            name = Path(task["data"]["document"]).stem
            found.add((name, bare(value["text"]), value["labels"][0], tones[region["id"]]))
compare(found, "Label Studio")
if label_studio:
    from label_studio_sdk.label_interface import LabelInterface

    interface = LabelInterface(interface)
    for task in tasks:
        assert interface.validate_task({"data": task["data"]})
        assert interface.validate_prediction(task["predictions"][0]), interface.validate_prediction(
            task["predictions"][0], return_errors=True
        )[:3]
    print(f"Label Studio takes all {len(tasks)} tasks")

# The same again gives the same bytes.
for name in ("letters.qdpx", "codes.qdc", "letters.conllup"):
    before = (out / name).read_bytes()
    run("export", *([] if name.endswith("qdc") else ["letters", "--jobs", "1"]), "-o", name)
    assert (out / name).read_bytes() == before, name
