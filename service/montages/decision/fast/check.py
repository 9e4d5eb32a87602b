"""Check a description by a compiled SHACL engine: the same report as `decision.check`, much sooner.

Whatever is out of the ordinary, the reference check judges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from rdflib import RDF, URIRef

from montages.decision.facts import Facts
from montages.decision.fast.judged import SYNTAX, judged
from montages.decision.fast.shapes import CheckTables, check_tables
from montages.decision.fast.unusual import Unusual
from montages.decision.findings import Finding, Report
from montages.decision.spelling import meant
from montages.decision.vocabulary import RESERVED, TERM, THING, misspellings, reserved
from montages.errors import BrokenKnowledge
from montages.names import slug

if TYPE_CHECKING:
    from shacl import Shapes

_TYPE = str(RDF.type)
_OURS = (*TERM, *THING)

# From 4,096 pairs of a shape and a node on, the engine starts threads, and a process that forks
# after that could wait for ever for threads it does not have.
MOST_PAIRS = 3000


def check_facts(facts: Facts, project: str, places: Mapping[str, str]) -> Report:
    """Return what the shapes and the vocabulary say of a project's facts, gravest finding first.

    Equal to `decision.check.check`. Raises BrokenKnowledge for shapes that the engine cannot honour.
    """
    tables = check_tables()
    counts = _looked_at(facts, tables)
    try:
        if sum(counts.values()) > MOST_PAIRS:
            raise Unusual
        to_judge = judged(facts, tables)
        found = list(_shacl(to_judge.text(tables), tables))
        if to_judge.doubtful:
            found += _vocabulary(facts, tables)
    except Unusual:
        # Here alone: it brings pySHACL, half a second of imports.
        from montages.decision.check import check
        from montages.decision.description import Description

        return check(Description(facts, URIRef(project), places))
    located = {finding.located(places) for finding in found}
    return Report(tuple(sorted(located, key=Finding.key)), counts)


@cache
def _engine() -> Shapes:
    tables = check_tables()
    return compile_shapes(tables.shapes, tables.count)


def compile_shapes(text: str, count: int) -> Shapes:
    """Return shapes in N-Triples as the engine compiles them.

    Raises BrokenKnowledge unless all are compiled, Unusual on a machine without the engine.
    """
    try:
        import shacl
    except ImportError as error:
        raise Unusual from error
    shapes = shacl.Shapes.from_text(text, format=SYNTAX)
    if len(shapes) != count:
        raise BrokenKnowledge(
            f"Le moteur SHACL a compilé {len(shapes)} shapes sur {count}. Choisissez --engine reference.",
            f"The SHACL engine compiled {len(shapes)} shapes of {count}. Choose --engine reference.",
        )
    return shapes


def _shacl(text: str, tables: CheckTables) -> Iterator[Finding]:
    try:
        results = _engine().validate_text(text, format=SYNTAX).results
    except ValueError as error:  # an IRI that the engine does not read
        raise Unusual from error
    for result in results:
        told, focus, value = tables.told.get(result.source_shape or ""), result.focus_node, ""
        if told is None or focus[0] != "<":
            raise Unusual
        suggestion = None
        if result.value_plain is not None:
            value = result.value_plain
            if told.accepted:
                suggestion = meant(slug(value), told.accepted)
        yield Finding(
            severity=told.severity,
            constraint=told.constraint,
            focus=focus[1:-1],
            path=told.path,
            value=value,
            message=told.message,
            accepted=told.accepted,
            suggestion=suggestion,
        )


def _vocabulary(facts: Facts, tables: CheckTables) -> Iterator[Finding]:
    known = tables.names
    terms, things = known.terms, known.things
    for s, properties in facts.by_subject.items():
        if RESERVED in s:
            yield reserved(s)
        for p, values in properties.items():
            doubtful = values
            if p in terms or not p.startswith(TERM):
                names = terms if p == _TYPE else things
                doubtful = [
                    o for o in values if type(o) is str and o not in names and o.startswith(_OURS)
                ]
            for o in doubtful:
                yield from misspellings(s, p, o if isinstance(o, str) else None, known)


def _looked_at(facts: Facts, tables: CheckTables) -> dict[str, int]:
    """Return how many nodes each targeted shape looks at, shapes that look at none included."""
    counts = dict.fromkeys(tables.targeted, 0)
    of_subjects, of_class = tables.of_subjects, tables.of_class
    for properties in facts.by_subject.values():
        shapes = [of_subjects[p] for p in properties if p in of_subjects]
        shapes += [
            of_class[c] for c in properties.get(_TYPE, ()) if type(c) is str and c in of_class
        ]
        for name in {name for names in shapes for name in names}:
            counts[name] += 1
    return counts
