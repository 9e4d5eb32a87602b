"""The answers of a batch on a country as data, and what published questions must count over them."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from pathlib import Path

from flask.testing import FlaskClient

from commands import run
from montages.knowledge.files import library

sys.path.append(str(Path(__file__).parents[1] / "bench"))

from country import Country

QUESTIONS = ("verdicts-by-contract", "retained-against-verdict", "criteria-most-unknown")


def counts(rows: list[list[str]], *columns: str) -> Counter[tuple[str, ...]]:
    """Return the projects that each row counts, by some of its columns."""
    header, *rest = rows
    total: Counter[tuple[str, ...]] = Counter()
    for row in (dict(zip(header, cells, strict=True)) for cells in rest):
        total[tuple(row[c].rpartition("/")[2] for c in columns)] += int(row["projects"])
    return total


def country_answers(folder: Path, count: int, repeated: int = 1) -> Path:
    """Return a file with the answers on so many projects, each under so many names."""
    out, answers = folder / "o.nq", folder / "answers.nq"
    source = str(Country(folder).near(count))
    assert run("batch", source, "-o", str(out), "--engine", "fast", "--quiet").code == 0
    with answers.open("w", encoding="utf-8") as file:
        text = out.read_text(encoding="utf-8")
        for n in range(repeated):
            file.write(text.replace("#assessment", f"-{n}#assessment") if n else text)
    return answers


def require_counts(client: FlaskClient, projects: int) -> None:
    """Put three questions to the service, and check that all projects are counted, the real ones included."""
    real = len(list((library.ROOT / "data" / "projects").glob("*.ttl")))
    tables = {}
    for name in QUESTIONS:
        reply = client.get(f"/queries/{name}.csv")
        assert reply.status_code == 200, reply.text
        tables[name] = list(csv.reader(io.StringIO(reply.text)))
    by_contract = counts(tables["verdicts-by-contract"], "contract")
    assert set(by_contract.values()) == {projects + real}
    assert (
        0 < counts(tables["retained-against-verdict"], "contract").total() <= 2 * (projects + real)
    )
    header, *rows = tables["criteria-most-unknown"]
    assert {row[header.index("assessed")] for row in rows} == {str(projects + real)}
