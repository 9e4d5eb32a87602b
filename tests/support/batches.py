"""Projects written in every form a batch reads, and what `assess` says of them; shared by its tests."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import Graph

from commands import CommandResult, run
from montages.api import Knowledge, load
from montages.assessment.assessment import Assessment
from montages.assessment.assessment_line import AssessmentLine
from montages.description.parsing.parse import parse
from montages.description.tables.columns import columns
from montages.names import PROJECT
from sampling import profile

DAY = "2026-06-01"
ENGINE = "fast"
# The options of every batch of the tests.
OPTIONS = ("--as-of", DAY, "--engine", ENGINE)
Tree = dict[str, Any]


def batch(*args: str | Path) -> CommandResult:
    return run("batch", *map(str, args), *OPTIONS, "--workers", "1", "--quiet")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def knowledge() -> Knowledge:
    return load(ENGINE)


def trees(count: int, first: int = 0) -> list[Tree]:
    return [profile(number) for number in range(first, first + count)]


def expected(projects: Iterable[Tree]) -> bytes:
    """Return the lines that a batch must write, worked out one project at a time."""
    return b"".join(AssessmentLine(assessed(tree).conclusions, "fr").line() for tree in projects)


def assessed(tree: Tree) -> Assessment:
    """Return what `assess` says of a project."""
    engine = knowledge()
    return engine.assess(
        engine.read(text=json.dumps(tree), syntax="json"), as_of=date.fromisoformat(DAY)
    )


@cache
def _answers(count: int) -> bytes:
    return expected(trees(count))


def answers(count: int) -> list[bytes]:
    """Return the line that a batch must write of each of the first projects."""
    return _answers(count).splitlines(keepends=True)


def with_faults(projects: Sequence[Tree], every: int) -> tuple[str, list[int]]:
    """Return JSON Lines where one project in `every` is malformed, in turn in four ways; and which."""
    bad = (
        '{"project": "x", "answers": {"lots": "seperable"}}',
        '{"project": "x", "answers": {"investment-funding": ["public", "private"]}}',
        '{"project": "x", ',
        '{"projet": "x"}',
    )
    text: list[str] = []
    places: list[int] = []
    for number, tree in enumerate(projects):
        if number % every == every // 2:
            text.append(bad[len(places) % len(bad)])
            places.append(number)
        else:
            text.append(json.dumps(tree))
    return "\n".join(text) + "\n", places


def iri(tree: Tree) -> str:
    return f"{PROJECT}{tree['id']}"


def graph(tree: Tree) -> Graph:
    return parse(json.dumps(tree), "json").graph


def json_lines(projects: Iterable[Tree]) -> str:
    return "".join(json.dumps(tree) + "\n" for tree in projects)


def triples(tree: Tree) -> list[str]:
    """Return the triples of a project as lines of N-Triples without their full stop."""
    lines = graph(tree).serialize(format="nt").splitlines()
    return sorted(line.rstrip().removesuffix(".").rstrip() for line in lines if line.strip())


def n_quads(projects: Iterable[Tree]) -> str:
    return "".join(f"{line} <{iri(tree)}> .\n" for tree in projects for line in triples(tree))


def table(projects: Sequence[Tree], delimiter: str = ",", french: bool = True) -> str:
    """Return projects as CSV."""
    rows = [cells(tree) for tree in projects]
    used = [column for column in columns() if any(column.key in row for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow([column.name if french else column.key for column in used])
    for row in rows:
        writer.writerow([row.get(column.key, "") for column in used])
    return out.getvalue()


def cells(tree: Tree) -> dict[str, str]:
    row = {"project": tree["project"], "id": tree["id"]}
    row |= {f"holder-{key}": value for key, value in tree.get("holder", {}).items()}
    if "layers" in tree:
        row["layers"] = "|".join(
            ":".join(use[key] for key in ("layer", "mode") if key in use) for use in tree["layers"]
        )
    for key in ("usages", "complete"):
        if key in tree:
            row[key] = "|".join(tree[key])
    if "asserts" in tree:
        row["asserts"] = "|".join(tree["asserts"])
    for key, value in tree["answers"].items():
        row[key] = "|".join(value) if isinstance(value, list) else str(value)
    return row


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)
