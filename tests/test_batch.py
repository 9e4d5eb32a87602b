"""`montages batch`: every form in and out, one answer a project, in order; each error with its place."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from rdflib import Dataset, Graph

import batches
from batches import DAY, OPTIONS, answers, batch, lines, with_faults
from commands import run
from montages.assessment.triples import OF_VERDICT
from montages.knowledge.files import library
from montages.names import ID, MTG

# How many projects each test assesses; one in `EVERY` is malformed.
FORMS = 20
MALFORMED, EVERY = 100, 25


@cache
def drawn() -> list[batches.Tree]:
    return batches.trees(MALFORMED)


def input_of(folder: Path, form: str) -> str:
    trees = drawn()[:FORMS]
    match form:
        case "jsonl":
            return batches.write(folder, "a.jsonl", batches.json_lines(trees))
        case "csv":
            return batches.write(folder, "a.csv", batches.table(trees, ";"))
        case "nq":
            return batches.write(folder, "a.nq", batches.n_quads(trees))
        case "several in one file":
            together = Graph()
            for tree in trees:
                together += batches.graph(tree)
            return batches.write(folder, "a.ttl", together.serialize(format="turtle"))
    sub = folder / "b"
    sub.mkdir()
    batches.write(folder, "README.md", "no description")
    batches.write(folder, "a.json", json.dumps(trees[0]))
    for n, tree in enumerate(trees[1:]):
        batches.write(sub, f"{n:03}.ttl", batches.graph(tree).serialize(format="turtle"))
    return str(folder)


@pytest.mark.parametrize("form", ["jsonl", "csv", "nq", "several in one file", "folder"])
def test_every_form_of_input_gives_the_answers_of_assess(form: str, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = batch(input_of(tmp_path, form), "-o", out)
    assert (result.code, result.out, result.err) == (0, "", "")
    expected = answers(FORMS)
    if form == "several in one file":  # which has no order of its own
        expected.sort(key=lambda line: json.loads(line)["project"])
    assert out.read_bytes() == b"".join(expected)
    assert sorted(path.name for path in tmp_path.glob("out*")) == ["out.jsonl"]


@pytest.mark.parametrize("detail", ["brief", "full"])
def test_a_detail_gives_assessments_as_assess_does(tmp_path: Path, detail: str) -> None:
    path = batches.write(tmp_path, "a.json", json.dumps(drawn()[0]))
    how = ("--detail", detail)
    run("batch", path, "-o", str(tmp_path / "o.jsonl"), *OPTIONS, "--workers", "1", *how)
    alone = run("assess", path, "--format", "json", *OPTIONS, *how)
    (line,) = (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()
    assert line == alone.out.replace("\n", "")


def test_a_whole_assessment_goes_in_no_row_of_csv(tmp_path: Path) -> None:
    path = batches.write(tmp_path, "a.json", json.dumps(drawn()[0]))
    refused = run("batch", path, "-o", str(tmp_path / "o.csv"), "--detail", "brief")
    assert refused.code == 2
    assert "--detail" in refused.err
    assert run("batch", path, "-o", str(tmp_path / "o.jsonl"), "--detail", "bref").code == 2


def test_csv_gives_a_row_a_project_and_arrangement(tmp_path: Path) -> None:
    out = tmp_path / "o.csv"
    text = batches.json_lines(drawn()[:FORMS])
    path = batches.write(tmp_path, "a.jsonl", text + '{"project": 3}\n')
    assert batch(path, "-o", out).code == 1
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    answered = [json.loads(line) for line in answers(FORMS)]
    entries = [
        (line["project"], entry["contract"], "|".join(entry.get("closed_by", ())))
        for line in answered
        for section in ("contracts", "channels", "procedures", "vehicles")
        for entry in line[section]
    ]
    columns = ("projet", "montage", "ecarte_par")
    assert [tuple(row[name] for name in columns) for row in rows] == entries
    (error,) = lines(tmp_path / "o.csv.errors.jsonl")
    assert (error["item"], error["source"]) == (FORMS + 1, f"{path}:{FORMS + 1}")


def test_a_batch_gives_the_verdicts_of_assess_and_the_sentence(tmp_path: Path) -> None:
    path = batches.write(tmp_path, "a.jsonl", batches.json_lines(drawn()[:2]))
    run("batch", path, "-o", str(tmp_path / "o.jsonl"), *OPTIONS, "--workers", "1", "--lang", "en")
    run("batch", path, "-o", str(tmp_path / "o.csv"), *OPTIONS, "--workers", "1", "--lang", "en")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "o.csv").read_text(encoding="utf-8"))))
    shown = {(row["projet"], row["montage"]): row for row in rows}
    for tree, line in zip(drawn()[:2], lines(tmp_path / "o.jsonl"), strict=True):
        alone = batches.assessed(tree).to_json("en")
        # How an answer ends is worked out question by question: a line has no word of it.
        ending = {name: alone["answer"][name] for name in ("ending", "deciding", "provisos")}
        assert line["answer"] | ending == alone["answer"]
        assert not line["answer"].keys() & ending.keys()
        wanted = {c["contract"]: (c["verdict"], c["summary"]) for c in alone["contracts"]}
        assert {c["contract"]: (c["verdict"], c["summary"]) for c in line["contracts"]} == wanted
        for contract, (verdict, summary) in wanted.items():
            row = shown[line["project"], contract]
            assert (row["verdict"], row["phrase"]) == (verdict, summary)


@pytest.mark.slow
def test_verdicts_as_columns_are_those_of_assess_with_what_it_names(tmp_path: Path) -> None:
    path = batches.write(tmp_path, "a.jsonl", batches.json_lines(drawn()))
    how = (*OPTIONS, "--workers", "1", "--detail", "verdicts")
    for out in ("o.csv", "o.jsonl"):
        assert run("batch", path, "-o", str(tmp_path / out), *how).code == 0
    rows = csv.DictReader(io.StringIO((tmp_path / "o.csv").read_text(encoding="utf-8")))
    for tree, row, line in zip(drawn(), rows, lines(tmp_path / "o.jsonl"), strict=True):
        it = batches.assessed(tree)
        wanted = {
            r.arrangement.slug: r
            for r in it.conclusions.verdicts
            if r.arrangement.kind == "contract"
        }
        assert list(row) == ["projet", *line["verdicts"], "montage_nomme", "a_verifier"]
        assert row.items() >= {"projet": str(it.premises.project), **line["verdicts"]}.items()
        assert line["verdicts"] == {
            slug: r.verdict.value if r.in_force else "not-in-force" for slug, r in wanted.items()
        }
        first = it.answer.first
        assert line["contract"] == (first.shown.arrangement.slug if first else None)
        assert row["montage_nomme"] == (line["contract"] or "")
        assert row["a_verifier"] == "|".join(line["to_verify"])
        asked = [t.criterion for t in first.shown.to_verify] if first else list(it.answer.common)
        assert line["to_verify"] == asked
    refused = run("batch", path, "-o", str(tmp_path / "o.nq"), *how)
    assert (refused.code, "--detail verdicts" in refused.err) == (2, True)


@pytest.mark.parametrize("brief", [True, False])
def test_n_quads_of_a_detail_give_the_graph_of_each_assessment_under_its_name(
    tmp_path: Path, brief: bool
) -> None:
    path = batches.write(tmp_path, "a.json", json.dumps(drawn()[0]))
    how = ("--detail", "brief" if brief else "full")
    run("batch", path, "-o", str(tmp_path / "o.nq"), *OPTIONS, "--workers", "1", *how)
    dataset = Dataset()
    dataset.parse(tmp_path / "o.nq", format="nquads")
    assessment = batches.knowledge().assess(path, as_of=date.fromisoformat(DAY))
    name = f"{assessment.premises.project}#assessment-{DAY}-{library.version()}"
    assert {tuple(quad[:3]) for quad in dataset.quads((None, None, None, None))} == set(
        assessment.graph(brief=brief)
    )
    assert {str(quad[3]) for quad in dataset.quads((None, None, None, None))} == {name}


def test_n_quads_without_detail_are_what_each_assessment_says_of_itself_in_short(
    tmp_path: Path,
) -> None:
    projects = sorted((library.ROOT / "data" / "projects").glob("*.ttl"))[:3]
    trees = [batches.write(tmp_path, f"{n}.json", json.dumps(drawn()[n])) for n in range(3)]
    paths = [*map(str, projects), *trees]
    run("batch", *paths, "-o", str(tmp_path / "o.nq"), *OPTIONS, "--workers", "1")
    graph = Graph().parse(tmp_path / "o.nq", format="nt")
    for path in paths:
        assessment = batches.knowledge().assess(path, as_of=date.fromisoformat(DAY))
        short = set(graph.triples((assessment.premises.iri, None, None)))
        assert short
        assert short <= set(assessment.graph(brief=True))
        for verdict in (
            v for v in assessment.conclusions.verdicts if v.arrangement.kind == "contract"
        ):
            if verdict.in_force:
                said = {p for _, p, o in short if o == verdict.arrangement.iri}
                wanted = {OF_VERDICT[verdict.verdict]}
                assert said - {MTG.retainedContract} == wanted
    assert set(graph.objects(None, MTG.assessedHolderKind)) >= {ID["actor-kind/commune"]}


@pytest.mark.slow
def test_malformed_projects_have_their_error_and_the_others_are_all_there(tmp_path: Path) -> None:
    text, bad = with_faults(drawn(), EVERY)
    path, out = batches.write(tmp_path, "a.jsonl", text), tmp_path / "o.jsonl"
    result = run("batch", path, "-o", str(out), *OPTIONS, "--workers", "1")
    assert result.code == 1
    assert f"{MALFORMED - len(bad)} projets" in result.err
    expected = answers(MALFORMED)
    for number, line in enumerate(out.read_bytes().splitlines()):
        if number not in bad:
            assert line + b"\n" == expected[number]
            continue
        error = json.loads(line)
        assert error["item"] == number + 1
        assert error["source"] == f"{path}:{number + 1}"
        assert error["error"]["title"]
        assert error["error"]["detail"]
        assert " ".join(error["error"]["detail"].split())[:30] in " ".join(result.err.split())
    refused = [
        t
        for t in map(json.loads, out.read_bytes().splitlines())
        if "findings" in t.get("error", ())
    ]
    # What cannot be read has no project yet; what the shapes refuse has.
    named = [t["project"] for t in refused if t["project"]]
    assert named == ["https://w3id.org/montages/id/project/x"]


def test_errors_name_the_line_of_the_file_and_the_cell(tmp_path: Path) -> None:
    nq = batches.n_quads(drawn()[:1]).splitlines()
    broken = [line.replace(f"<{batches.iri(drawn()[0])}> .", "<u:x> .") for line in nq[:2]]
    broken += ['<u:s> <u:p> "a" "b" <u:x> .', *nq[:1]]
    paths = [
        batches.write(tmp_path, "a.nq", "\n".join(broken)),
        batches.write(
            tmp_path, "b.csv", "projet;decoupage_en_lots;couches\na;;\nb;x;\nc;;objects:x\n"
        ),
        batches.write(tmp_path, "d.yaml", "project: x\nanswers: {lots\n"),
    ]
    assert batch(*paths, "-o", tmp_path / "o.jsonl").code == 1
    errors = [line for line in lines(tmp_path / "o.jsonl") if "error" in line]
    places = [line["source"].removeprefix(str(tmp_path)) for line in errors]
    assert places[0] == "/a.nq:3"
    assert "Ligne 3" in errors[0]["error"]["detail"]
    csv_errors = [line["error"] for line in errors if "b.csv" in line["source"]]
    assert [(e["row"], e["column"]) for e in csv_errors] == [
        (3, "decoupage_en_lots"),
        (4, "couches"),
    ]
    assert places[-1].startswith("/d.yaml:")


def test_an_unknown_column_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    path = batches.write(tmp_path, "a.csv", "projet,decoupage_en_lot\na,\n")
    result = batch(path, "-o", tmp_path / "o.jsonl")
    assert result.code == 2
    assert "decoupage_en_lots" in result.err
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_the_table_schema_is_printed() -> None:
    result = run("schema", "--lang", "en")
    assert result.code == 0
    assert {"name": "projet", "key": "project"}.items() <= json.loads(result.out)["fields"][
        0
    ].items()


def test_an_output_that_is_there_is_not_replaced_unasked(tmp_path: Path) -> None:
    path = batches.write(tmp_path, "a.jsonl", "{}\n")
    out = Path(batches.write(tmp_path, "o.jsonl", "dear"))
    refused = batch(path, "-o", out)
    assert (refused.code, out.read_text()) == (2, "dear")
    assert "--overwrite" in refused.err
    assert batch(path, "-o", out, "--overwrite").code == 1
    assert lines(out)[0]["item"] == 1
    assert batch(path, "-o", path).code == 2
    assert batch(tmp_path / "none.jsonl", "-o", tmp_path / "p.jsonl").code == 2
