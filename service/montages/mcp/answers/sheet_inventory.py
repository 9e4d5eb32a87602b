"""The inventory of the source sheet, element by element, in our own words."""

from __future__ import annotations

from typing import Any

from rdflib import RDF

from montages.knowledge.files import library
from montages.knowledge.graphs import label
from montages.knowledge.labels import name_of
from montages.names import MTG, iris, slug
from montages.publish.json_text import dump_bytes


def sheet_inventory(lang: str) -> bytes:
    """Return the inventory of the source sheet: each element in our words, and what it is about."""
    data = library.data()
    elements = iris(data.subjects(RDF.type, MTG.SheetElement))
    entries = [
        {
            "element": slug(element),
            "part": str(data.value(element, MTG.sheetPart)),
            "kind": str(data.value(element, MTG.elementKind)),
            "label": label(data, element)[lang],
            "statement": next(
                (str(t) for t in data.objects(element, MTG.statement) if _language(t) == lang), ""
            ),
            "about": [name_of(each)[lang] for each in iris(data.objects(element, MTG.refersTo))],
        }
        for element in sorted(elements, key=lambda e: int(str(data.value(e, MTG.displayOrder))))
    ]
    return dump_bytes({"elements": entries})


def _language(term: Any) -> str | None:
    return getattr(term, "language", None)
