"""The Table Schema of a table of projects, in the form that schema.data.gouv.fr asks for (Frictionless).

Each column is a field: its type, an example, the constraints that its values meet. With it go an example of
such a table and one with titles only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from rdflib import DCTERMS, OWL

from montages import settings
from montages.bilingual import Text, message
from montages.description.tables.columns import FALSE, LIST, TRUE, Column, columns
from montages.description.tables.table_row import DATE_COLUMNS
from montages.errors import UnusableInput
from montages.knowledge.files import library
from montages.knowledge.panel import panel
from montages.names import BASE, MODULE
from montages.publish.spreadsheets import csv_text
from montages.publish.tables.labelled_cells import column_values, labelled_cells, takes_several
from montages.store.licence import PUBLISHER_NAME

SCHEMA_FILE, EXAMPLE_FILE = "schema.json", "exemple-valide.csv"
TABLE_FILE, TEMPLATE_FILE = "modele.csv", "modele.xlsx"
NAME = "projets-territoires-connectes"
TITLE = message("Projects of connected, sustainable territories")
ABOUT = message(
    "One row a project, one column a question, to know which contractual set-ups fit it. An "
    "empty cell says nothing, and nothing is assumed. An answer is written by its code or its "
    "French label; several answers are separated by |. Perimeters, and answers about one layer "
    "only, are written in YAML, JSON or RDF."
)
_LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
}
_EXAMPLE = message("Valid example")
_TEMPLATE = message("Template to fill in")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_schema(lang: str) -> dict[str, Any]:
    """Return the schema as Frictionless Table Schema, its texts in one language.

    Its version and its days are those of the ontology.
    """
    ontology, header = library.ontology(), MODULE["montages"]

    def said(term: Any) -> str:
        return str(ontology.value(header, term))

    return {
        "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
        "name": NAME,
        "title": TITLE[lang],
        "description": ABOUT[lang],
        "countryCode": "FR",
        "homepage": BASE + "schema",
        "path": BASE + SCHEMA_FILE,
        "licenses": [_LICENCE],
        "resources": [
            {"name": "exemple-valide", "title": _EXAMPLE[lang], "path": BASE + EXAMPLE_FILE, "format": "csv",
             "mediatype": "text/csv", "encoding": "utf-8"},
            {"name": "modele", "title": _TEMPLATE[lang], "path": BASE + TEMPLATE_FILE, "format": "xlsx",
             "mediatype": WORKBOOK},
        ],
        "created": said(DCTERMS.created),
        "lastModified": said(DCTERMS.modified),
        "version": said(OWL.versionInfo),
        "contributors": [
            {"title": PUBLISHER_NAME[lang], "role": "author", "path": settings.get("contact_url")}
        ],
        "fields": [_table_field(column, lang) for column in columns()],
        "missingValues": [""],
        "custom_checks": [{"name": "french-siren-value", "params": {"column": "porteur_siren"}}],
    }  # fmt: skip


_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
_WORD = "[A-Za-z0-9][A-Za-z0-9_-]*"
_SIREN = r"\d{9}"
# A pair of a code and a text, separated by a colon.
_PAIR = r"[^:|]+(:[^|]*)?"
# What no list of values constrains: the pattern of a text.
_PATTERNS = {"holder-siren": _SIREN, "id": _WORD, **dict.fromkeys(DATE_COLUMNS, _DATE)}
# Examples of what no case of the panel has.
_EXAMPLES = {
    "project": "Éclairage public connecté",
    "id": "eclairage-public-connecte",
    "description": "Rénover l'éclairage et le piloter à distance.",
    "holder-name": "Commune exemple",
    "holder-siren": "123456782",
    "layers": "objects:own|iot-network:subscription",
    "asserts": "mpgp-performance-commitments",
    "assumes": "agility:low",
    "wanted-by": "2027-09-01",
    "own-words": "Commune, 20 capteurs de bruit, 12 000 € HT",
    "not-understood": "campings",
    "unsure": "who-pays: loyers",
    "signed-on": "2026-03-16",
    "contract-state-on": "2026-03",
}


def _table_field(column: Column, lang: str) -> dict[str, Any]:
    """Return the field of a column, its texts in one language.

    Beyond the standard, `key` is its name in JSON and YAML, `rdfProperty` its property, `unit` that of a
    number, `categories` the label of each code.
    """
    texts = (
        [column.criterion.question[lang], column.criterion.help[lang]] if column.criterion else []
    )
    texts.append(column.hint[lang])
    out: dict[str, Any] = {
        "name": column.name,
        "title": column.title[lang],
        "description": " ".join(filter(None, texts)) or column.title[lang],
        "example": example_of(column),
        **_type(column, lang),
    }
    if constraints := _constraints(column):
        out["constraints"] = constraints
    out["key"] = column.key
    if column.property is not None:
        out["rdfProperty"] = str(column.property)
    return out


def _type(column: Column, lang: str) -> dict[str, Any]:
    if column.kind == "flag":
        return {"type": "boolean", "trueValues": _any_case(TRUE), "falseValues": _any_case(FALSE)}
    if column.criterion is not None and column.criterion.numeric_property:
        unit = column.criterion.unit[lang]
        return {"type": "number", **({"unit": unit} if unit else {})}
    values = column_values(column)
    categories = [{"value": code, "label": name[lang]} for code, name in values.items()]
    return {"type": "string", **({"categories": categories} if categories else {})}


def _any_case(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(form for w in words for form in (w, w.capitalize(), w.upper())))


def _constraints(column: Column) -> dict[str, Any]:
    if column.key == "project":
        return {"required": True}
    if column.key in _PATTERNS:
        unique = {"unique": True} if column.key == "id" else {}
        return {**unique, "pattern": _PATTERNS[column.key]}
    if column.criterion is not None and column.criterion.numeric_property:
        return {"minimum": 0}
    if column.kind in ("pairs", "layers"):
        return {"pattern": _several(_PAIR)}
    accepted = accepted_words(column)
    if not accepted:
        return {}
    if takes_several(column):
        # Of two words that begin alike, the longer first: a pattern need not be tried twice.
        escaped = (re.escape(word).replace("\\-", "-").replace("\\ ", " ") for word in accepted)
        return {"pattern": _several("(" + "|".join(sorted(escaped, key=len, reverse=True)) + ")")}
    return {"enum": accepted}


def accepted_words(column: Column) -> list[str]:
    """Return what a cell of a closed list may hold: each code, then each French label."""
    values = column_values(column)
    words = [*values, *(name.fr for name in values.values())]
    if column.kind == "layer":
        words += ["oui", "non"]
    return list(dict.fromkeys(words))


def _several(one: str) -> str:
    return f"{one}( ?{re.escape(LIST)} ?{one})*"


@cache
def _panel_cells() -> tuple[dict[str, str], ...]:
    """Return the cells of the cases of the panel that a row can hold, in French."""
    rows = []
    for case in panel():
        try:
            rows.append(labelled_cells(case.tree, "fr"))
        except UnusableInput:
            continue
    return tuple(rows)


def example_of(column: Column) -> str:
    """Return a value that a column may hold: as a case of the panel has it, else the first of its list."""
    if column.key in _EXAMPLES:
        return _EXAMPLES[column.key]
    for row in _panel_cells():
        if column.key in row:
            return row[column.key]
    names: Iterable[Text] = column_values(column).values()
    first = next(iter(names), None)
    if first is not None:
        return first.fr
    return "oui" if column.kind == "flag" else "1000"


# The cases of the panel that the example shows, the first of each set-up that is expected.
_SHOWN_CASES = 6


def example_table() -> str:
    """Return some cases of the panel as the rows of a CSV in French, with every column of the schema."""
    rows = list[dict[str, str]]()
    for case in panel():
        if len(rows) == _SHOWN_CASES:
            break
        tree = {"project": case.title.fr, "id": case.slug, **case.tree}
        if not tree.get("perimeters"):
            rows.append(labelled_cells(tree, "fr"))
    return _csv_text(columns(), rows)


def empty_table() -> str:
    """Return the titles of every column, for a CSV to be filled in."""
    return _csv_text([c for c in columns() if c.kind != "layers"], [])


def _csv_text(used: Sequence[Column], rows: Iterable[dict[str, str]]) -> str:
    """Return rows as a CSV in the French manner: titles in French, semicolons."""
    cells = ([row.get(column.key, "") for column in used] for row in rows)
    return csv_text([[column.name for column in used], *cells], delimiter=";")
