"""What the fast path reads of the rules of a period: worked out once, plain data, kept on disk."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from rdflib import RDF, URIRef

from montages.decision.reason import axioms
from montages.decision.rl import Axioms, compile_axioms
from montages.decision.rl.reading import read
from montages.errors import BrokenKnowledge
from montages.knowledge import library
from montages.knowledge.buckets import Cut
from montages.knowledge.compile import compile_rules
from montages.knowledge.kept import kept
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.queries import queries
from montages.names import MTG, compiled

OUTCOMES = ("Satisfied", "Violated", "NotApplicable")


@dataclass(frozen=True)
class Numeric:
    """A criterion answered by a number: the property of its bucket, the cuts, and the buckets between."""

    range: str
    cuts: tuple[Cut, ...]
    buckets: tuple[str, ...]

    def bucket(self, number: Decimal) -> str:
        """Return the IRI of the bucket a number falls into."""
        # A cut lies just before its number (0) or just after it (1), and the number between the two.
        return self.buckets[bisect_left(self.cuts, (number, 0.5))]


@dataclass(frozen=True)
class Several:
    """A criterion that takes several values: its list, and the values that exclude all others."""

    criterion: str
    property: str
    excluded: str
    values: tuple[str, ...]
    alone: frozenset[str]


@dataclass(frozen=True, eq=False)
class Tables:
    """The closing step, the axioms and the classes of the results, as plain data.

    `deciding` are the axioms that can change a result or an answer, and `decisive` the properties that
    these read or that answers are read from: nothing else need be reasoned on to decide.
    """

    closing: tuple[str, ...]
    answering: Mapping[str, str]
    properties_of: Mapping[str, tuple[str, ...]]
    numeric: Mapping[str, Numeric]
    several: tuple[Several, ...]
    group_of: Mapping[str, str]
    groups: frozenset[str]
    axioms: Axioms
    deciding: Axioms
    decisive: frozenset[str]
    requirements: tuple[str, ...]
    versions: Mapping[str, str]
    arrangements: tuple[str, ...]
    arrangement_iris: Mapping[str, str]
    hard: tuple[int, ...]


@cache
def tables(rules: Rules) -> Tables:
    """Return the tables of a period; raises BrokenKnowledge or UnsupportedAxiom for what has no fast way."""
    first = rules.period.first
    return _tables(first) if rules is rules_at(first) else made(rules)


@cache
def _known_steps() -> tuple[frozenset[str], frozenset[str]]:
    from montages.decision.fast.close import STEPS
    from montages.decision.fast.derive import STEPS as DERIVED

    return frozenset(STEPS), frozenset(DERIVED)


def _names(folder: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the queries of a folder by name; raises BrokenKnowledge for one without a fast function."""
    names = tuple(query.name for query in queries(folder))
    unknown = [name for name in names if name not in known]
    if unknown or len(names) < len(known):
        listed = ", ".join(unknown) or ", ".join(sorted(known - set(names)))
        raise BrokenKnowledge(
            f"queries/{folder} : {listed} n'a pas son pendant dans decision/fast/{folder}.py. Écrivez-le "
            "ou choisissez --engine reference.",
            f"queries/{folder}: {listed} has no counterpart in decision/fast/{folder}.py. Write it or "
            "choose --engine reference.",
        )
    return names


@kept
def _tables(first: date) -> Tables:
    return made(rules_at(first))


def made(rules: Rules) -> Tables:
    """Return the tables of any rules, those of the shipped rulebook or not; raises as `tables`."""
    steps, derived = _known_steps()
    _names("derive", derived)
    data = library.data()
    criteria = list(rules.criteria.values())
    slugs = [r.slug for r in rules.requirements]
    position = {r.version: n for n, r in enumerate(rules.requirements)}
    classes = [str(compiled(role, name)) for role in OUTCOMES for name in slugs]
    classes += [str(compiled("Eligible", name)) for name in rules.arrangements]
    groups = data.subjects(RDF.type, MTG.LayerGroup)
    answers = {str(p) for c in criteria for p in (c.property, c.excluded_property) if p is not None}
    # `axioms` leaves some words of OWL out: none that stands anywhere may go unheard.
    read(library.ontology() + compile_rules(rules))
    meaning = axioms(rules)
    deciding = compile_axioms(meaning, classes, only=answers)
    return Tables(
        closing=_names("close", steps),
        answering={str(p): str(c.iri) for c in criteria for p in _properties(c)},
        properties_of={str(c.iri): tuple(str(p) for p in _properties(c)) for c in criteria},
        numeric={
            str(c.numeric_property): _numeric(c, rules) for c in criteria if c.numeric_property
        },
        several=tuple(_several(c) for c in criteria if c.excluded_property),
        group_of={str(s): str(o) for s, o in sorted(data.subject_objects(MTG.group))},
        groups=frozenset(str(group) for group in groups),
        axioms=compile_axioms(meaning, classes),
        deciding=deciding,
        decisive=frozenset(answers | deciding.properties.keys()),
        requirements=tuple(slugs),
        versions={r.slug: str(r.version) for r in rules.requirements},
        arrangements=tuple(rules.arrangements),
        arrangement_iris={slug: str(a.iri) for slug, a in rules.arrangements.items()},
        hard=tuple(
            sum(1 << position[r.version] for r in rules.effective(slug) if r.hard)
            for slug in rules.arrangements
        ),
    )


def _properties(criterion: Criterion) -> tuple[URIRef, ...]:
    number = criterion.numeric_property
    return (criterion.property, number) if number else (criterion.property,)


def _numeric(criterion: Criterion, rules: Rules) -> Numeric:
    buckets = rules.buckets[criterion.slug]
    return Numeric(
        range=str(criterion.property),
        cuts=tuple(b.high for b in buckets if b.high is not None),
        buckets=tuple(str(b.iri) for b in buckets),
    )


def _several(criterion: Criterion) -> Several:
    return Several(
        criterion=str(criterion.iri),
        property=str(criterion.property),
        excluded=str(criterion.excluded_property),
        values=tuple(str(v.iri) for v in criterion.values),
        alone=frozenset(str(v.iri) for v in criterion.values if v.excludes_others),
    )
