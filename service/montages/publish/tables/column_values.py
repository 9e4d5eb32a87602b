"""The values that a column takes from a closed list, each by its code with its label."""

from __future__ import annotations

from functools import cache

from rdflib import URIRef

from montages.bilingual import Text
from montages.description.parsing.key_values import (
    actor_classes,
    folder_of,
    kind_of,
    things_of,
)
from montages.description.tables.columns import Column
from montages.knowledge.files import library
from montages.knowledge.graphs import label
from montages.knowledge.rulebook import rulebook
from montages.names import MTG

_MODE = "management-mode"


@cache
def column_values(column: Column) -> dict[str, Text]:
    """Return the codes that a column accepts, each with its label; none where it takes any text or number."""
    criteria = rulebook().criteria
    if column.kind == "layer":
        return {value.slug: value.label for value in criteria[_MODE].values}
    if column.criterion is not None:
        return {value.slug: value.label for value in column.criterion.values}
    if (kind := kind_of(column.key)) is not None:
        folder = folder_of(column.key)
        return {slug: label(library.data(), URIRef(folder + slug)) for slug in things_of(kind)}
    if column.key == "holder-type":
        return {slug: label(library.ontology(), MTG[slug]) for slug in actor_classes()}
    if column.key in ("unknown", "complete"):
        listed = [c for c in criteria.values() if column.key == "unknown" or c.multiple]
        return {criterion.slug: criterion.label for criterion in listed}
    return {}


def takes_several(column: Column) -> bool:
    """Tell whether a cell of a column may hold several values."""
    if column.criterion is not None:
        return column.criterion.multiple
    return column.kind in ("list", "layer", "layers", "pairs")
