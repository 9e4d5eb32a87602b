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

from montages.batch.columns import columns
from montages.decision.api import Knowledge, load
from montages.decision.brief import brief
from montages.decision.parse import parse
from montages.names import PROJECT
from montages.publish.dump import json_line
from sampling import profile

DAY = "2026-06-01"
ENGINE = "fast"
# What every batch of the tests is told.
OPTIONS = ("--as-of", DAY, "--engine", ENGINE)
Tree = dict[str, Any]


@cache
def knowledge() -> Knowledge:
    return load(ENGINE)


def trees(count: int, first: int = 0) -> list[Tree]:
    return [profile(number) for number in range(first, first + count)]


def expected(found: Iterable[Tree]) -> bytes:
    """Return the lines that a batch must write, worked out one project at a time."""
    known, lines = knowledge(), []
    for tree in found:
        text = json.dumps(tree)
        assessed = known.assess(known.read(text, "json"), as_of=date.fromisoformat(DAY))
        lines.append(json_line(brief(assessed).to_json()))
    return b"".join(lines)


def iri(tree: Tree) -> str:
    return f"{PROJECT}{tree['id']}"


def graph(tree: Tree) -> Graph:
    return parse(json.dumps(tree), "json").graph


def json_lines(found: Iterable[Tree]) -> str:
    return "".join(json.dumps(tree) + "\n" for tree in found)


def triples(tree: Tree) -> list[str]:
    """Return the triples of a project as lines of N-Triples without their full stop."""
    lines = graph(tree).serialize(format="nt").splitlines()
    return sorted(line.rstrip().removesuffix(".").rstrip() for line in lines if line.strip())


def n_quads(found: Iterable[Tree]) -> str:
    return "".join(f"{line} <{iri(tree)}> .\n" for tree in found for line in triples(tree))


def trig(found: Iterable[Tree]) -> str:
    """Return projects as TriG: prefixes first, then a block a project."""
    head, blocks = "", []
    for tree in found:
        said = graph(tree)
        said.bind("mtg", "https://w3id.org/montages/def/")
        lines = said.serialize(format="turtle").splitlines()
        head = "\n".join(line for line in lines if line.startswith("@prefix")) or head
        body = "\n".join(line for line in lines if not line.startswith("@prefix"))
        blocks.append(f"{head}\n<{tree['id']}> {{\n{body}\n}}\n")
    return "@base <https://w3id.org/montages/id/project/> .\n" + "\n".join(blocks)


def table(found: Sequence[Tree], delimiter: str = ",", french: bool = True) -> str:
    """Return projects as CSV."""
    rows = [cells(tree) for tree in found]
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
    if "complete" in tree:
        row["complete"] = "|".join(tree["complete"])
    if "asserts" in tree:
        row["asserts"] = "|".join(tree["asserts"])
    for key, value in tree["answers"].items():
        row[key] = "|".join(value) if isinstance(value, list) else str(value)
    return row


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)
