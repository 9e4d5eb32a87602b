"""Names that no shape can know are misspelt: our terms, the things of the data, and reserved names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import RDF

from montages.decision.findings import Finding
from montages.decision.keys import nearest
from montages.knowledge import library
from montages.knowledge.model import Text
from montages.names import COMPILED, ID, MTG, PROJECT, REQUIREMENT, SHAPE, compact, iris, slug

# The closing step names units so.
RESERVED = "#unit"
TERM = (str(MTG), str(COMPILED))
THING = (str(ID), str(REQUIREMENT))
_TYPE, _PROJECT = str(RDF.type), str(PROJECT)


@dataclass(frozen=True)
class Names:
    """The terms of the ontology, and every thing the data describes."""

    terms: frozenset[str]
    things: frozenset[str]


@cache
def names() -> Names:
    """Return the names that a description may use."""
    terms = (str(s) for s in iris(set(library.ontology().subjects())))
    things = iris(set(library.data().subjects()))
    versions = iris(set(library.data().objects(None, MTG.versionOf)))
    return Names(
        frozenset(term for term in terms if term.startswith(str(MTG))),
        frozenset(str(thing) for thing in (*things, *versions)),
    )


def misspellings(s: str, p: str, o: str | None, known: Names) -> Iterator[Finding]:
    """Yield what is unknown in a triple; `o` is None for a literal."""
    used = [(p, "property"), (o, "class")] if p == _TYPE else [(p, "property")]
    for term, kind in used:
        if term is not None and term.startswith(TERM) and term not in known.terms:
            yield _misspelt(s, p, term, known.terms, kind)
    if o is not None and _is_ours(o) and o not in known.things and p != _TYPE:
        folder = o.rsplit("/", 1)[0]
        siblings = {t for t in known.things if t.rsplit("/", 1)[0] == folder}
        yield _misspelt(s, p, o, siblings, "thing")


def reserved(node: str) -> Finding:
    """Return the finding for a node named as the closing step names units."""
    return Finding(
        severity="violation",
        constraint=str(SHAPE["Description-reservedNames"]),
        focus=node,
        path="",
        value=node,
        message=Text(
            "Les noms en « #unit… » sont réservés aux unités, que Montages écrit lui-même. "
            "Donnez un autre nom à cet élément.",
            "Names in “#unit…” are kept for units, which Montages writes itself. "
            "Give this element another name.",
        ),
    )


def _is_ours(thing: str) -> bool:
    """Tell whether only our data can describe a thing, rather than the description itself."""
    return thing.startswith(THING) and not thing.startswith(_PROJECT)


def _misspelt(focus: str, path: str, term: str, known: Iterable[str], kind: str) -> Finding:
    slugs = {slug(iri) for iri in known}
    close = nearest(slug(term), slugs)
    listed = tuple(sorted(slugs)) if kind == "thing" else ()
    hint_fr = f" Vouliez-vous « {close} » ?" if close else ""
    hint_en = f" Did you mean “{close}”?" if close else ""
    return Finding(
        severity="violation",
        constraint=str(SHAPE["Description-knownTerms"]),
        focus=focus,
        path=path,
        value=term,
        message=Text(
            f"{compact(term)} n'existe pas dans l'ontologie ni dans les listes.{hint_fr}",
            f"{compact(term)} is neither in the ontology nor in the lists.{hint_en}",
        ),
        accepted=listed,
        suggestion=close,
    )
