"""The départements that codes of NUTS stand for: data, `data/imports/departements.ttl`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from rdflib import SKOS

from montages.knowledge.files import library
from montages.names import MTG


def departements(codes: Iterable[str]) -> list[str]:
    """Return the départements of codes of NUTS, such as “Bas-Rhin (67)”, each once; others are left out."""
    known = _by_code()
    return list(dict.fromkeys(known[code] for code in codes if code in known))


@cache
def _by_code() -> Mapping[str, str]:
    graph = library.imports()
    names = {}
    for departement, code in graph.subject_objects(MTG.nutsCode):
        name = next(n for n in graph.objects(departement, SKOS.prefLabel) if n.language == "fr")  # type: ignore[attr-defined]
        names[str(code)] = f"{name} ({graph.value(departement, SKOS.notation)})"
    return names
