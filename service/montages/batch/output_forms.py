"""The forms of the output: JSON Lines, CSV with a row a project and arrangement, N-Quads."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from montages.assessment.assessment import Assessment
from montages.assessment.brief import Brief
from montages.knowledge.model import SECTIONS
from montages.knowledge.rulebook import rulebook
from montages.publish.json_text import json_line
from montages.publish.text.signs import STATUS_SIGNS, VERDICT_SIGNS

ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".nq": "nquads"}
FORMS = ("jsonl", "csv", "nquads")
_HEADER = (
    "projet", "date_du_droit", "version_des_regles", "nature", "montage", "libelle",
    "statut", "statut_libelle", "verdict", "verdict_libelle", "adequation_min", "adequation_max",
    "exigences_non_satisfaites", "reponses_manquantes", "provisoire", "statut_par_unite",
)  # fmt: skip


def opening(form: str) -> bytes:
    """Return what a file of a form begins with."""
    return _row(_HEADER) if form == "csv" else b""


def csv_rows(brief: Brief, lang: str) -> bytes:
    """Return a brief as rows of CSV, an arrangement each; lists are separated by `|`."""
    tree = brief.to_json()
    arrangements = rulebook().arrangements
    rows = []
    for section in dict.fromkeys(SECTIONS.values()):
        for entry in tree[section]:
            arrangement = arrangements[entry["contract"]]
            low, high = entry.get("soft", ("", ""))
            units = entry.get("units", {})
            verdict = entry.get("verdict", "")
            cells = (
                brief.project,
                tree["as_of"],
                brief.rulebook_version,
                arrangement.kind,
                arrangement.slug,
                arrangement.label[lang],
                entry["status"],
                STATUS_SIGNS[entry["status"]].one[lang],
                verdict,
                VERDICT_SIGNS[verdict].one[lang] if verdict else "",
                low,
                high,
                "|".join(entry.get("violated", ())),
                "|".join(entry.get("missing", ())),
                "oui" if entry.get("provisional") else "",
                "|".join(f"{unit}:{one['status']}" for unit, one in units.items()),
            )
            rows.append(_row(cells))
    return b"".join(rows)


def _row(cells: tuple[Any, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()


def quads(assessment: Assessment) -> bytes:
    """Return the graph of an assessment as N-Quads in a graph of its name, in a stable order."""
    graph = f" {assessment.iri.n3()} .\n"
    lines = assessment.graph().serialize(format="nt").splitlines()
    triples = sorted(line.rstrip().removesuffix(" .") for line in lines if line.strip())
    return "".join(line + graph for line in triples).encode()


# How a form that needs the whole assessment is written; the others need its brief only.
WHOLE: dict[tuple[str, bool], Callable[[Assessment], bytes]] = {
    ("jsonl", True): lambda assessment: json_line(assessment.to_json()),
    ("nquads", False): quads,
    ("nquads", True): quads,
}
BRIEF: dict[str, Callable[[Brief, str], bytes]] = {
    "jsonl": lambda brief, lang: brief.line(),
    "csv": csv_rows,
}
