"""The forms of the output: JSON Lines, CSV with a row a project and arrangement, N-Quads."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from montages.decision.assessment import SECTIONS, Assessment
from montages.decision.brief import Brief
from montages.decision.record import name
from montages.knowledge.rulebook import rulebook
from montages.publish.dump import json_line
from montages.publish.words import STATUS

ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".nq": "nquads"}
FORMS = ("jsonl", "csv", "nquads")
_HEADER = (
    "projet", "date_du_droit", "version_des_regles", "nature", "montage", "libelle",
    "statut", "statut_libelle", "adequation_min", "adequation_max",
    "exigences_non_satisfaites", "reponses_manquantes", "provisoire", "statut_par_unite",
)  # fmt: skip


def opening(form: str) -> bytes:
    """Return what a file of a form begins with."""
    return _row(_HEADER) if form == "csv" else b""


def csv_rows(brief: Brief, lang: str) -> bytes:
    """Return a brief as rows of CSV, an arrangement each; lists are separated by `|`."""
    told = brief.to_json()
    arrangements = rulebook().arrangements
    rows = []
    for section in dict.fromkeys(SECTIONS.values()):
        for entry in told[section]:
            arrangement = arrangements[entry["contract"]]
            low, high = entry.get("soft", ("", ""))
            units = entry.get("units", {})
            cells = (
                brief.project,
                told["as_of"],
                brief.rulebook_version,
                arrangement.kind,
                arrangement.slug,
                arrangement.label[lang],
                entry["status"],
                STATUS[entry["status"]].one[lang],
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
    """Return the record of an assessment as N-Quads in a graph of its name, in a stable order."""
    graph = f" {name(assessment).n3()} .\n"
    lines = assessment.graph().serialize(format="nt").splitlines()
    found = sorted(line.rstrip().removesuffix(" .") for line in lines if line.strip())
    return "".join(line + graph for line in found).encode()


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
