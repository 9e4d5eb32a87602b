"""The forms of the output: JSON Lines, rows a project and arrangement in CSV or a workbook, N-Quads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from montages.assessment.assessment import Assessment
from montages.assessment.assessment_line import AssessmentLine
from montages.assessment.json_pieces import ONE_LINE
from montages.assessment.triples import short_statements
from montages.batch.verdict_columns import VerdictColumns, titles
from montages.bilingual import message
from montages.description.tables.read_table import workbooks
from montages.guests import guests
from montages.knowledge.rulebook import rulebook
from montages.publish.detail import BRIEF, DETAILS, VERDICTS
from montages.publish.json_text import json_line
from montages.publish.spreadsheets import csv_text
from montages.publish.text.signs import PROCEDURE_SIGNS, VERDICT_SIGNS

_OF_GUESTS = guests().batch_forms
ENDINGS = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".xlsx": "xlsx", ".nq": "nquads",
    **{form.ending: name for name, form in _OF_GUESTS.items()},
}  # fmt: skip
FORMS = ("jsonl", "csv", "xlsx", "nquads", *_OF_GUESTS)
# Of which the file is made of all its lines, at the end.
WHOLE = frozenset({"xlsx", *_OF_GUESTS})
# Of a row for each project and arrangement, which has no room for an assessment.
TABLES = frozenset({"csv", "xlsx"})
# What a row says besides the verdict: before it, then after.
_BEFORE = (
    "projet", "date_du_droit", "version_des_regles", "nature", "montage", "libelle",
)  # fmt: skip
_VERDICT = ("verdict", "verdict_libelle", "peu_adapte", "phrase", "presume")
_AFTER = ("a_verifier", "conditions", "ecarte_par", "conteste", "provisoire", "verdict_par_unite")
_YES = message("yes")


def opening(form: str, day: date, detail: str | None) -> bytes:
    """Return what a file of a form begins with."""
    if form in TABLES and detail == VERDICTS:
        return _ROWS[form](titles(day))
    header = (*_BEFORE, *_VERDICT, *_AFTER)
    return _ROWS[form](header) if form in TABLES else b""


def _rows(line: AssessmentLine) -> Iterator[tuple[Any, ...]]:
    """Yield a line as rows of cells, an arrangement each; lists are separated by `|`."""
    tree, lang = line.to_json(), line.lang
    arrangements = rulebook().arrangements
    presumed = "|".join(f"{p['criterion']}:{p['value']}" for p in line.presumed)
    for entry in chain(tree["contracts"], tree["channels"], tree["procedures"], tree["vehicles"]):
        arrangement = arrangements[entry["contract"]]
        before = (
            str(line.premises.project),
            tree["as_of"],
            line.premises.rulebook_version,
            arrangement.kind,
            arrangement.slug,
            arrangement.label[lang],
        )
        units = entry.get("units", {})
        after = (
            "|".join(term["criterion"] for term in entry["to_verify"]),
            "|".join(term["criterion"] for term in entry["terms"]),
            "|".join(entry.get("closed_by", ())),
            "|".join(entry.get("disputed", ())),
            _YES[lang] if entry.get("provisional") else "",
            "|".join(f"{unit}:{verdict}" for unit, verdict in units.items()),
        )
        yield (*before, *_verdict(entry, lang), presumed, *after)


def _verdict(entry: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    """Return the cells of a verdict: its name, its words, whether it is folded, the sentence."""
    verdict = entry["verdict"]
    words = PROCEDURE_SIGNS[entry["procedure"]] if "procedure" in entry else VERDICT_SIGNS[verdict]
    folded = _YES[lang] if entry.get("folded") else ""
    return (entry.get("procedure", verdict), words.one[lang], folded, entry["summary"])


# A workbook is made of its rows at the end, by a guest, which wait as JSON: numbers stay numbers.
Row = Callable[[tuple[Any, ...]], bytes]
_ROWS: dict[str, Row] = {
    "csv": lambda cells: csv_text([cells], line_end="\n").encode(),
    "xlsx": json_line,
}


def quads(assessment: Assessment, brief: bool) -> bytes:
    """Return the graph of an assessment as N-Quads in a graph of its name, in a stable order."""
    lines = assessment.graph(brief=brief).serialize(format="nt").splitlines()
    triples = (line.rstrip().removesuffix(" .") for line in lines if line.strip())
    return _statements(triples, f" {assessment.premises.iri.n3()}")


def short_quads(line: AssessmentLine) -> bytes:
    """Return an answer in short as N-Quads in a stable order, without texts.

    All is said of the assessment itself, which a graph of its own would only repeat: it is in none.
    """
    subject = line.premises.iri.n3()
    statements = short_statements(line.conclusions)
    return _statements(f"{subject} {p.n3()} {o.n3()}" for p, o in statements)


def _statements(triples: Iterable[str], graph: str = "") -> bytes:
    return "".join(f"{triple}{graph} .\n" for triple in sorted(set(triples))).encode()


def _line_rows(write: Row, line: AssessmentLine) -> bytes:
    return b"".join(map(write, _rows(line)))


def _verdict_row(write: Row, assessment: Assessment) -> bytes:
    return write(VerdictColumns.of(assessment.conclusions).row())


def _json(assessment: Assessment, brief: bool) -> bytes:
    return assessment.json_text(end=ONE_LINE, brief=brief) + b"\n"


# How a form is written in each detail.
BY_DETAIL: dict[tuple[str, str], Callable[[Assessment], bytes]] = {
    ("jsonl", VERDICTS): lambda assessment: json_line(
        VerdictColumns.of(assessment.conclusions)._asdict()
    ),
    **{(form, VERDICTS): partial(_verdict_row, write) for form, write in _ROWS.items()},
    **{
        (form, detail): partial(write, brief=detail == BRIEF)
        for form, write in (("jsonl", _json), ("nquads", quads))
        for detail in DETAILS
    },
}
# How it is written without, off a line.
FROM_LINES: dict[str, Callable[[AssessmentLine], bytes]] = {
    "jsonl": lambda line: line.line(),
    **{form: partial(_line_rows, write) for form, write in _ROWS.items()},
    "nquads": short_quads,
}
# How one of a guest is written, off an assessment.
BY_GUEST: dict[str, Callable[[Assessment], bytes]] = {
    name: partial(lambda line, assessment: resolve_name(line)(assessment), form.line)
    for name, form in _OF_GUESTS.items()
}


def write_whole(form: str, lines: Path, out: Path, lang: str) -> None:
    """Write the file of a form that is made of all its lines."""
    if form == "xlsx":
        workbooks().write_answers(lines, out, lang)
    else:
        resolve_name(_OF_GUESTS[form].whole)(lines, out, lang)
