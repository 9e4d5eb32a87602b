"""The Table Schema of the CSV: every column with its type and accepted values, for data validators."""

from __future__ import annotations

import re
from typing import Any

from montages.bilingual import Text
from montages.description.tables.columns import FALSE, LIST, TRUE, Column, columns

_TITLE = Text("Projets de territoires connectés", "Smart-territory projects")
_ABOUT = Text(
    "Une ligne par projet ; une cellule vide ne dit rien. Les périmètres, et les réponses propres à "
    "une couche, s'écrivent en YAML, JSON ou RDF.",
    "One row a project; an empty cell says nothing. Perimeters, and answers about one layer only, "
    "are written in YAML, JSON or RDF.",
)


def table_schema(lang: str) -> dict[str, Any]:
    """Return the schema as Frictionless Table Schema, its texts in one language.

    Beyond the standard, `key` is the column's name in JSON and YAML, `rdfProperty` its property.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "name": "montages-projects",
        "title": _TITLE[lang],
        "description": _ABOUT[lang],
        "fields": [_field(column, lang) for column in columns()],
        "missingValues": [""],
    }


def _field(column: Column, lang: str) -> dict[str, Any]:
    criterion = column.criterion
    texts = [criterion.question[lang]] if criterion else []
    texts += [text for text in (column.hint[lang],) if text]
    out: dict[str, Any] = {"name": column.name, "key": column.key, "title": column.title[lang]}
    if texts:
        out["description"] = " ".join(texts)
    out |= {"type": "string"}
    if column.kind == "flag":
        out |= {"type": "boolean", "trueValues": list(TRUE), "falseValues": list(FALSE)}
    elif criterion is not None and criterion.numeric_property:
        out |= {"type": "number"}
        if unit := criterion.unit[lang]:
            out["unit"] = unit
    elif criterion is not None:
        values = [value.slug for value in criterion.values]
        out["constraints"] = (
            {"pattern": _list_pattern(values)} if criterion.multiple else {"enum": values}
        )
        labels = {value.slug: value.label[lang] for value in criterion.values}
        out["labels"] = labels
    if column.property is not None:
        out["rdfProperty"] = str(column.property)
    return out


def _list_pattern(values: list[str]) -> str:
    """Return the pattern of a cell that holds one or more of the values."""
    one = "(" + "|".join(re.escape(value).replace("\\-", "-") for value in values) + ")"
    return f"{one}({re.escape(LIST)}{one})*"
