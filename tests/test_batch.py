"""`montages batch`: every form in, one answer a project, in order; errors told; nothing lost in a crash."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rdflib import Dataset, Graph

import batches
from batches import DAY, OPTIONS
from commands import Ran, run
from montages.batch import assess_pieces, executors, inputs, outputs
from montages.batch.answers import Done
from montages.batch.job import Job
from montages.batch.journal import Progress
from montages.batch.ordered import AHEAD, Ordered
from montages.batch.pieces import Piece
from montages.batch.run import Batch
from montages.errors import BrokenKnowledge
from montages.knowledge import library

# How many projects each test assesses; one in `EVERY` is malformed.
FORMS = 20
MALFORMED, EVERY = 400, 100
KILLED, BEFORE = 2_400, 600

TREES = batches.trees(max(FORMS, MALFORMED, KILLED))


def batch(*args: str | Path) -> Ran:
    return run("batch", *map(str, args), *OPTIONS, "--workers", "1", "--quiet")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def wanted() -> bytes:
    """Return what must be said of the projects, worked out one by one."""
    return batches.expected(TREES)


def first(wanted: bytes, count: int) -> bytes:
    return b"".join(wanted.splitlines(keepends=True)[:count])


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return batches.write(tmp_path_factory.mktemp("lot"), "a.jsonl", batches.json_lines(TREES))


def written(folder: Path, form: str) -> str:
    trees = TREES[:FORMS]
    match form:
        case "jsonl":
            return batches.write(folder, "a.jsonl", batches.json_lines(trees))
        case "csv":
            return batches.write(folder, "a.csv", batches.table(trees, ";"))
        case "nq":
            return batches.write(folder, "a.nq", batches.n_quads(trees))
        case "trig":
            return batches.write(folder, "a.trig", batches.trig(trees))
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


@pytest.mark.parametrize("form", ["jsonl", "csv", "nq", "trig", "several in one file", "folder"])
def test_every_form_of_input_gives_the_answers_of_assess(
    form: str, tmp_path: Path, wanted: bytes
) -> None:
    out = tmp_path / "out.jsonl"
    ran = batch(written(tmp_path, form), "-o", out)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    said = first(wanted, FORMS).splitlines(keepends=True)
    if form == "several in one file":  # which has no order of its own
        said.sort(key=lambda line: json.loads(line)["project"])
    assert out.read_bytes() == b"".join(said)
    assert sorted(path.name for path in tmp_path.glob("out*")) == ["out.jsonl"]


def test_full_gives_whole_assessments(tmp_path: Path) -> None:
    path = batches.write(tmp_path, "a.json", json.dumps(TREES[0]))
    batch(path, "-o", tmp_path / "o.jsonl", "--full")
    alone = run("assess", path, "--format", "json", *OPTIONS)
    assert lines(tmp_path / "o.jsonl") == [json.loads(alone.out)]


def test_csv_gives_a_row_a_project_and_arrangement(
    tmp_path: Path, source: str, wanted: bytes
) -> None:
    out = tmp_path / "o.csv"
    text = "".join(Path(source).read_text(encoding="utf-8").splitlines(keepends=True)[:FORMS])
    path = batches.write(tmp_path, "a.jsonl", text + '{"project": 3}\n')
    assert batch(path, "-o", out).code == 1
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    briefs = [json.loads(line) for line in first(wanted, FORMS).splitlines()]
    entries = [
        (brief["project"], entry["contract"], entry["status"], "|".join(entry.get("missing", ())))
        for brief in briefs
        for section in ("contracts", "overlays", "procedures", "vehicles")
        for entry in brief[section]
    ]
    shown = ("projet", "montage", "statut", "reponses_manquantes")
    assert [tuple(row[name] for name in shown) for row in rows] == entries
    (error,) = lines(tmp_path / "o.csv.errors.jsonl")
    assert (error["item"], error["source"]) == (FORMS + 1, f"{path}:{FORMS + 1}")


def test_n_quads_give_the_graph_of_each_assessment_under_its_name(tmp_path: Path) -> None:
    path = batches.write(tmp_path, "a.json", json.dumps(TREES[0]))
    assert batch(path, "-o", tmp_path / "o.nq").code == 0
    found = Dataset()
    found.parse(tmp_path / "o.nq", format="nquads")
    known = batches.knowledge()
    assessment = known.assess(path, as_of=date.fromisoformat(DAY))
    name = f"{assessment.project}#assessment-{DAY}-{library.version()}"
    assert {tuple(quad[:3]) for quad in found.quads((None, None, None, None))} == set(
        assessment.graph()
    )
    assert {str(quad[3]) for quad in found.quads((None, None, None, None))} == {name}


@pytest.fixture(scope="module")
def with_faults() -> tuple[str, list[int]]:
    """Return JSON Lines where one project in `EVERY` is malformed, in turn in four ways."""
    bad = (
        '{"project": "x", "answers": {"lots": "seperable"}}',
        '{"project": "x", "answers": {"investment-funding": ["public", "private"]}}',
        '{"project": "x", ',
        '{"projet": "x"}',
    )
    text, places = [], []
    for number, tree in enumerate(TREES[:MALFORMED]):
        if number % EVERY == EVERY // 2:
            text.append(bad[len(places) % len(bad)])
            places.append(number)
        else:
            text.append(json.dumps(tree))
    return "\n".join(text) + "\n", places


def test_malformed_projects_are_told_and_the_others_are_all_there(
    tmp_path: Path, with_faults: tuple[str, list[int]], wanted: bytes
) -> None:
    text, bad = with_faults
    path, out = batches.write(tmp_path, "a.jsonl", text), tmp_path / "o.jsonl"
    ran = run("batch", path, "-o", str(out), *OPTIONS, "--workers", "1", "--lang", "en")
    assert ran.code == 1
    assert f"{MALFORMED - len(bad)} projects" in ran.err
    expected = wanted.splitlines()
    for number, line in enumerate(out.read_bytes().splitlines()):
        if number not in bad:
            assert line == expected[number]
            continue
        told = json.loads(line)
        assert told["item"] == number + 1
        assert told["source"] == f"{path}:{number + 1}"
        assert told["error"]["title"]
        assert told["error"]["detail"]
        assert " ".join(told["error"]["detail"].split())[:30] in " ".join(ran.err.split())
    refused = [
        t
        for t in map(json.loads, out.read_bytes().splitlines())
        if "findings" in t.get("error", ())
    ]
    assert [t["project"] for t in refused] == ["https://w3id.org/montages/id/project/x"]


def test_errors_name_the_line_of_the_file_and_the_cell(tmp_path: Path) -> None:
    nq = batches.n_quads(TREES[:1]).splitlines()
    broken = [line.replace(f"<{batches.iri(TREES[0])}> .", "<u:x> .") for line in nq[:2]]
    broken += ['<u:s> <u:p> "a" "b" <u:x> .', *nq[:1]]
    paths = [
        batches.write(tmp_path, "a.nq", "\n".join(broken)),
        batches.write(
            tmp_path, "b.csv", "projet;decoupage_en_lots;couches\na;;\nb;x;\nc;;objects:x\n"
        ),
        batches.write(tmp_path, "c.trig", "\n\n<a> {\n <s> <p> .\n}\n"),
        batches.write(tmp_path, "d.yaml", "project: x\nanswers: {lots\n"),
    ]
    assert batch(*paths, "-o", tmp_path / "o.jsonl").code == 1
    told = [line for line in lines(tmp_path / "o.jsonl") if "error" in line]
    places = [line["source"].removeprefix(str(tmp_path)) for line in told]
    assert places[0] == "/a.nq:3"
    assert "ligne 3" in told[0]["error"]["detail"]
    csv_errors = [line["error"] for line in told if "b.csv" in line["source"]]
    assert [(e["row"], e["column"]) for e in csv_errors] == [
        (3, "decoupage_en_lots"),
        (4, "couches"),
    ]
    assert [p for p in places if "trig" in p] == ["/c.trig:4"]
    assert places[-1].startswith("/d.yaml:")


def test_an_unknown_column_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    path = batches.write(tmp_path, "a.csv", "projet,decoupage_en_lot\na,\n")
    ran = batch(path, "-o", tmp_path / "o.jsonl")
    assert ran.code == 2
    assert "decoupage_en_lots" in ran.err
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_the_table_schema_is_printed() -> None:
    ran = run("batch", "--table-schema", "--lang", "en")
    assert ran.code == 0
    assert {"name": "projet", "key": "project"}.items() <= json.loads(ran.out)["fields"][0].items()


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


def command(source: str, out: Path, *more: str) -> list[str]:
    start = "from montages.cli import main; main()"
    return [sys.executable, "-c", start, "batch", source, "-o", str(out), *OPTIONS, *more]


def killed(source: str, out: Path, projects: int, *more: str) -> None:
    """Start a batch and kill it without warning once its journal tells of some projects."""
    journal = out.with_name(out.name + ".progress")
    with subprocess.Popen(command(source, out, *more)) as process:
        until = time.monotonic() + 120
        while time.monotonic() < until and process.poll() is None:
            if (
                journal.exists()
                and json.loads(journal.read_text())["progress"]["projects"] >= projects
            ):
                break
            time.sleep(0.01)
        assert process.poll() is None, "the batch ended before it could be killed"
        process.kill()
    told = json.loads(journal.read_text())["progress"]
    assert projects <= told["projects"] < len(TREES)


@pytest.mark.slow
def test_a_killed_batch_goes_on_to_the_same_bytes(
    tmp_path: Path, source: str, wanted: bytes
) -> None:
    out = tmp_path / "o.jsonl"
    killed(source, out, BEFORE, "--workers", "2")
    with out.open("ab") as file:  # what was on its way when the machine stopped
        file.write(b'{"half a line')
    refused = run("batch", source, "-o", str(out), *OPTIONS, "--anyway")
    assert refused.code == 2
    assert "options" in refused.err
    assert "--overwrite" in refused.err
    again = subprocess.run(
        command(source, out, "--workers", "2", "--lang", "fr"), capture_output=True, text=True
    )
    assert again.returncode == 0, again.stderr
    assert out.read_bytes() == first(wanted, KILLED)
    assert f"{KILLED} projets" in again.stderr
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.slow
def test_two_workers_write_the_bytes_of_one(
    tmp_path: Path, with_faults: tuple[str, list[int]]
) -> None:
    path, found = batches.write(tmp_path, "a.jsonl", with_faults[0]), []
    for workers in ("1", "2"):
        out = tmp_path / f"{workers}.jsonl"
        ran = subprocess.run(
            command(path, out, "--workers", workers, "--quiet"), capture_output=True
        )
        assert (ran.returncode, ran.stdout, ran.stderr) == (1, b"", b"")
        found.append(out.read_bytes())
    assert found[0] == found[1]


def test_standard_input_and_output_are_streams(wanted: bytes) -> None:
    start = "from montages.cli import main; main()"
    args = [
        sys.executable,
        "-c",
        start,
        "batch",
        "-",
        "-o",
        "-",
        "--as-of",
        DAY,
        "--quiet",
        "--workers",
        "1",
    ]
    text = batches.json_lines(TREES[:1]).encode()
    ran = subprocess.run(args, input=text, capture_output=True)
    assert (ran.returncode, ran.stdout) == (0, first(wanted, 1))


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_no_more_is_read_than_the_window_holds(workers: int) -> None:
    read = most = 0

    def endless() -> Iterator[Piece]:
        nonlocal read
        for n in range(20_000):
            read += 1
            yield Piece("f", n + 1, b"x", "json", 1)

    futures: list[tuple[Future[Done], int]] = []

    def submit(chunk: tuple[Piece, ...]) -> Future[Done]:
        future: Future[Done] = Future()
        futures.append((future, len(chunk)))
        if len(futures) == AHEAD * workers or workers == 1:  # the last is done first
            for waiting, size in reversed(futures):
                waiting.set_result(Done("", size, size, seconds=1.0))
            futures.clear()
        return future

    done = 0
    for part in Ordered(submit, workers).answers(endless()):
        done += part.pieces
        most = max(most, read - done)
        if read >= 10_000:
            break
    assert done >= 9_000
    assert most <= AHEAD * workers


def test_a_dead_worker_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from concurrent.futures.process import BrokenProcessPool

    def dies(*_: Any) -> Future[Any]:
        raise BrokenProcessPool("died")

    monkeypatch.setattr(executors.Here, "submit", dies)
    path = batches.write(tmp_path, "a.jsonl", "{}\n")
    ran = batch(path, "-o", tmp_path / "o.jsonl")
    assert ran.code == 2
    assert "--workers 1" in ran.err
    assert (tmp_path / "o.jsonl.progress").exists()


def test_a_batch_goes_on_under_the_law_of_the_day_it_began(tmp_path: Path) -> None:
    path, out = (
        batches.write(tmp_path, "a.jsonl", batches.json_lines(TREES[:1])),
        tmp_path / "o.jsonl",
    )
    job = Job("fast", date(2026, 6, 1), "fr", "jsonl")
    plan = inputs.plan([Path(path)], None, [out])

    def interrupted(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Batch(plan, job, out).run(executors.here, interrupted)
    later = replace(job, as_of=date(2026, 6, 2))
    Batch(plan, later, out).run(executors.here, lambda _: None)
    assert [line["as_of"] for line in lines(out)] == ["2026-06-01"]


def test_a_fault_of_our_own_data_stops_the_batch_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Job) -> str:
        raise BrokenKnowledge("La règle x est fautive.", "Rule x is at fault.")

    monkeypatch.setattr(assess_pieces, "prepare", broken)
    ran = batch(batches.write(tmp_path, "a.jsonl", "{}\n"), "-o", tmp_path / "o.jsonl")
    assert (ran.code, "La règle x est fautive." in ran.err) == (2, True)


def test_an_output_in_use_is_left_alone(tmp_path: Path) -> None:
    path, out = batches.write(tmp_path, "a.jsonl", "{}\n"), tmp_path / "o.jsonl"
    with outputs.opened({"answers": out}, None).answers as file:
        file.write(b"mine")
        file.flush()
        assert batch(path, "-o", out, "--overwrite").code == 2
    assert out.read_bytes() == b"mine"
