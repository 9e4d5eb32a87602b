"""A column as a field of Table Schema: its type, an example, and the constraints that its values meet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from montages.bilingual import Text
from montages.description.tables.columns import FALSE, LIST, TRUE, Column
from montages.description.tables.table_row import DATE_COLUMNS
from montages.errors import UnusableInput
from montages.knowledge.panel import panel
from montages.publish.tables.column_values import column_values, takes_several
from montages.publish.tables.labelled_cells import labelled_cells

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
    "signed-on": "2026-03-16",
    "contract-state-on": "2026-03",
}


def table_field(column: Column, lang: str) -> dict[str, Any]:
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
        return {
            "type": "boolean",
            "trueValues": _any_case(TRUE),
            "falseValues": _any_case(FALSE),
        }
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
    if column.kind == "pairs":
        return {"pattern": _several(_PAIR)}
    if column.kind == "layers":
        return {"pattern": _several(_PAIR)}
    accepted = accepted_words(column)
    if not accepted:
        return {}
    if takes_several(column):
        return {"pattern": _several(_either(accepted))}
    return {"enum": accepted}


def accepted_words(column: Column) -> list[str]:
    """Return what a cell of a closed list may hold: each code, then each French label."""
    values = column_values(column)
    words = [*values, *(name.fr for name in values.values())]
    if column.kind == "layer":
        words += ["oui", "non"]
    return list(dict.fromkeys(words))


def _either(words: Iterable[str]) -> str:
    # Of two words that begin alike, the longer first: a pattern need not be tried twice.
    escaped = (re.escape(word).replace("\\-", "-").replace("\\ ", " ") for word in words)
    return "(" + "|".join(sorted(escaped, key=len, reverse=True)) + ")"


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
