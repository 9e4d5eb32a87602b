"""Which values of a notice's lists get a note of their own: data, `mtg:notedAs` in `data/imports/ted.ttl`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from montages.knowledge.files import library
from montages.knowledge.labels import plain_form
from montages.names import ID, MTG


@cache
def noted_values(format_slug: str) -> Mapping[tuple[str, str], str]:
    """Return the code of the note by the name of the field and the plain form of the value. Do not modify."""
    graph = library.imports()
    return {
        (str(name), plain_form(str(written))): str(note)
        for field in graph.subjects(MTG.fieldOf, ID[f"import-format/{format_slug}"])
        for name in graph.objects(field, MTG.fieldName)
        for row in graph.objects(field, MTG.importedValue)
        for note in graph.objects(row, MTG.notedAs)
        for written in graph.objects(row, MTG.writtenAs)
    }
