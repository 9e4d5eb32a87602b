"""What is published that a description is held against: terms, things and their kinds, beside the shapes.

And what was meant: by a name outside the vocabulary, misspelt or reserved; by a value that a shape refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rdflib import RDF, RDFS, SKOS, Graph, URIRef

from montages.bilingual import message
from montages.description.limits import check_faults
from montages.description.parsing.answer_values import written_amount
from montages.knowledge.did_you_mean import did_you_mean, nearest, suggestion
from montages.knowledge.files import library
from montages.knowledge.measurement_units import answer_units
from montages.knowledge.rulebook import rulebook
from montages.names import COMPILED, ID, MTG, PROJECT, REQUIREMENT, SHAPE, compact, iris, slug
from montages.validation.findings import Finding

# The closing step names units so.
RESERVED = "#unit"
UNKNOWN_TERM = str(SHAPE["Description-knownTerms"])
TERM_PREFIXES = (str(MTG), str(COMPILED))
THING_PREFIXES = (str(ID), str(REQUIREMENT))
_TYPE, _PROJECT = str(RDF.type), str(PROJECT)


@dataclass(frozen=True)
class Vocabulary:
    """The terms of the ontology, and every thing the data describes."""

    terms: frozenset[str]
    things: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary of the ontology and the data."""
    terms = (str(s) for s in iris(set(library.ontology().subjects())))
    things = iris(set(library.data().subjects()))
    versions = iris(set(library.data().objects(None, MTG.versionOf)))
    return Vocabulary(
        frozenset(term for term in terms if term.startswith(str(MTG))),
        frozenset(str(thing) for thing in (*things, *versions)),
    )


@cache
def background() -> Graph:
    """Return the subclasses of the ontology, and type, scheme and group of each thing of the data."""
    graph = Graph()
    for triple in library.ontology().triples((None, RDFS.subClassOf, None)):
        if isinstance(triple[2], URIRef):
            graph.add(triple)
    for s, p, o in library.data():
        if p in (RDF.type, SKOS.inScheme, MTG.layerGroup) and isinstance(s, URIRef):
            graph.add((s, p, o))
    return graph


def name_findings(
    triples: Iterable[tuple[str, str, str | None]], names: Vocabulary
) -> list[Finding]:
    """Return the findings on the names in triples, of which the value is None where it is a literal.

    Raises TooLarge for more different names than faults are listed: each takes time to compare.
    """
    unknown = _UnknownNames(names)
    return [finding for triple in triples for finding in unknown.findings(*triple)]


class _UnknownNames:
    """The names of one description that are not in the vocabulary, each with what may be meant by it."""

    def __init__(self, names: Vocabulary) -> None:
        self._names = names
        self._meant: dict[str, tuple[str | None, tuple[str, ...]]] = {}
        self._reported: set[tuple[str, str, str]] = set()

    def findings(self, s: str, p: str, o: str | None) -> Iterator[Finding]:
        """Yield the findings on the names of a triple."""
        if RESERVED in s:
            yield _reserved(s)
        terms = self._names.terms
        used = [(p, "property"), (o, "class")] if p == _TYPE else [(p, "property")]
        for term, kind in used:
            if term is not None and term.startswith(TERM_PREFIXES) and term not in terms:
                yield from self._finding(s, p, term, kind)
        if o is not None and _is_ours(o) and o not in self._names.things and p != _TYPE:
            yield from self._finding(s, p, o, "thing")

    def _finding(self, focus: str, path: str, term: str, kind: str) -> Iterator[Finding]:
        if (focus, path, term) in self._reported:
            return
        self._reported.add((focus, path, term))
        if term not in self._meant:
            check_faults(len(self._meant) + 1)
            slugs = self._slugs(term.rsplit("/", 1)[0] if kind == "thing" else "")
            listed = tuple(sorted(slugs)) if kind == "thing" else ()
            self._meant[term] = nearest(slug(term), slugs), listed
        yield _misspelt(focus, path, term, *self._meant[term])

    def _slugs(self, folder: str) -> set[str]:
        """Return the slugs of the things under an address; of all terms, for none."""
        if not folder:
            return {slug(term) for term in self._names.terms}
        return {slug(t) for t in self._names.things if t.rsplit("/", 1)[0] == folder}


def without_repeats(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings without those that tell of one misspelt name a second time.

    A shape that refuses a value says more than that its name is unknown, and gets the suggestion; that a
    node has no proper class is no news where its class is misspelt.
    """
    listed = list(findings)
    unknown = {(f.focus, f.path, f.value): f for f in listed if f.constraint == UNKNOWN_TERM}
    if not unknown:
        return listed
    without_class = {focus for focus, path, _ in unknown if path == _TYPE}
    refused = {(f.focus, f.path, f.value) for f in listed if f.constraint != UNKNOWN_TERM}
    out = []
    for finding in listed:
        key = (finding.focus, finding.path, finding.value)
        if finding.constraint == UNKNOWN_TERM:
            if key not in refused:
                out.append(finding)
        elif finding.value not in without_class:
            named = unknown.get(key)
            close = finding.suggestion or (named.suggestion if named else None)
            out.append(replace(finding, suggestion=close))
    return out


def _reserved(node: str) -> Finding:
    """Return the finding for a node named as the closing step names units."""
    return Finding(
        severity="violation",
        constraint=str(SHAPE["Description-reservedNames"]),
        focus=node,
        path="",
        value=node,
        message=message(
            "Names in “#unit…” are kept for units, which Montages writes itself. Give this "
            "element another name."
        ),
    )


def _is_ours(thing: str) -> bool:
    """Tell whether only our data can describe a thing, rather than the description itself."""
    return thing.startswith(THING_PREFIXES) and not thing.startswith(_PROJECT)


def _misspelt(
    focus: str, path: str, term: str, close: str | None, listed: tuple[str, ...]
) -> Finding:
    hint = suggestion(close)
    return Finding(
        severity="violation",
        constraint=UNKNOWN_TERM,
        focus=focus,
        path=path,
        value=term,
        message=message(
            "{term} is neither in the ontology nor in the lists.{hint}",
            term=compact(term),
            hint=hint,
        ),
        accepted=listed,
        suggestion=close,
    )


def value_meant(path: str, value: str, accepted: Sequence[str]) -> str | None:
    """Return what to write for a value of a property: an accepted one, or its number; None if neither."""
    if accepted:
        return did_you_mean(slug(value), accepted)
    criterion = _numeric_criteria().get(path)
    amount = written_amount(value, answer_units()[criterion]) if criterion else None
    if amount is None or amount.doubtful or amount.number <= 0:
        return None
    return f"{amount.number.normalize():f}"


@cache
def _numeric_criteria() -> dict[str, str]:
    """Return the criterion of each property whose values are numbers."""
    criteria = rulebook().criteria.values()
    return {str(c.numeric_property): c.slug for c in criteria if c.numeric_property}
