"""The code book of the short address: a code for each criterion and each value, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rdflib import URIRef

from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.rulebook import rulebook
from montages.names import ID, MTG, slug

# The parts of a description that are no criteria's answers, each with the folder of its values.
PARTS = {"holder": "actor-kind", "usages": "usage", "layers": "layer"}


@dataclass(frozen=True)
class CodeBook:
    """The code of each parameter by its criterion or part, and of each value by its list and slug."""

    parameters: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


@disk_cache
def code_book() -> CodeBook:
    """Return the codes that the data give."""
    parameters, values = dict[str, str](), dict[str, dict[str, str]]()
    for thing, code in library.data().subject_objects(MTG.shortCode):
        folder, name = str(thing).removeprefix(str(ID)).split("/")
        if folder == "criterion":
            parameters[name] = str(code)
        else:
            values.setdefault(folder, {})[name] = str(code)
    parts = {"usages": "U", "layers": "L"}
    return CodeBook(
        dict(sorted((parameters | parts).items())),
        {folder: dict(sorted(of.items())) for folder, of in sorted(values.items())},
    )


@cache
def folder_of(name: str) -> str | None:
    """Return the folder of the values of a criterion or part, None for a number."""
    if name in PARTS:
        return PARTS[name]
    criterion = rulebook().criteria[name]
    if criterion.numeric_property or not criterion.values:
        return None
    return str(criterion.values[0].iri).removeprefix(str(ID)).partition("/")[0]


def lists_of_codes() -> dict[str, tuple[str, ...]]:
    """Return the values of each list that a short address may name, by folder, in author order."""
    lists = {
        folder_of(name) or "": tuple(value.slug for value in criterion.values)
        for name, criterion in rulebook().criteria.items()
        if folder_of(name)
    }
    data = library.data()
    usages = [str(u) for u in data.subjects(None, MTG.Usage) if isinstance(u, URIRef)]
    kinds = [str(k) for k in data.subjects(MTG.actorClass, None) if isinstance(k, URIRef)]
    lists["usage"] = tuple(sorted(slug(usage) for usage in usages))
    lists["actor-kind"] = tuple(sorted(slug(kind) for kind in kinds))
    return lists
