"""Compiles the rules of a period to the tables of the fast engine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

from rdflib import RDFS, URIRef

from montages.bilingual import message
from montages.engine.fast.fast_close import CLOSING_FUNCTIONS
from montages.engine.fast.fast_derive import DERIVING_QUERIES
from montages.engine.fast.rule_tables import (
    AbsenceAnswer,
    AmountAnswer,
    ModeAnswer,
    MultipleCriterion,
    NumericCriterion,
    PresumptionRow,
    RuleTables,
    UsageAnswer,
)
from montages.engine.reference.reason import axioms
from montages.errors import BrokenKnowledge
from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.entailment import graph_implications
from montages.knowledge.files import library
from montages.knowledge.files.published_queries import queries
from montages.knowledge.law import Clause
from montages.knowledge.model import Criterion, Presumption
from montages.knowledge.periods import Rules
from montages.names import ID, MTG
from montages.reasoning import Implications, read_axioms

T = TypeVar("T")


def _query_names(folder: str, functions: Collection[str]) -> tuple[str, ...]:
    """Return the queries of a folder by name; raises BrokenKnowledge for one without a fast function."""
    names = tuple(query.name for query in queries(folder))
    unknown = [name for name in names if name not in functions]
    if unknown or len(names) < len(functions):
        listed = ", ".join(unknown) or ", ".join(sorted(set(functions) - set(names)))
        raise BrokenKnowledge(
            message(
                "queries/{folder}: {listed} has no counterpart in "
                "engine/fast/fast_{folder}.py. Write it or choose --engine reference.",
                folder=folder,
                listed=listed,
            )
        )
    return names


def compile_tables(rules: Rules) -> RuleTables:
    """Return the tables of any rules, those of the shipped rulebook or not.

    Raises BrokenKnowledge or UnsupportedAxiom for what has no fast way.
    """
    _query_names("derive", DERIVING_QUERIES)
    data = library.data()
    criteria = list(rules.criteria.values())
    answers = {str(p) for c in criteria for p in (c.property, c.excluded_property) if p is not None}
    # `axioms` leaves some words of OWL out: none that stands anywhere may go unheard.
    read_axioms(library.ontology() + compile_rules(rules))
    in_force = read_axioms(axioms(rules))
    leading = in_force.leading_to(answers)
    return RuleTables(
        closing=_query_names("close", CLOSING_FUNCTIONS),
        answering={str(p): str(c.iri) for c in criteria for p in _properties(c)},
        properties_of={str(c.iri): tuple(str(p) for p in _properties(c)) for c in criteria},
        numeric={
            str(c.numeric_property): _numeric(c, rules) for c in criteria if c.numeric_property
        },
        multiple=tuple(_multiple(c) for c in criteria if c.excluded_property),
        without_layer=_answers(AbsenceAnswer, MTG.answeredWithoutLayer, MTG.answerWithout),
        without_usage=_answers(AbsenceAnswer, MTG.answeredWithoutUsage, MTG.answerWithout),
        by_mode=_answers(
            ModeAnswer, MTG.answeredByMode, MTG.answerIfAllUnits, MTG.answerIfNotAllUnits
        ),
        by_usages=_answers(UsageAnswer, MTG.answerIfOneUsage, MTG.answerIfSeveralUsages),
        counts_with={str(s): str(o) for s, o in data.subject_objects(MTG.countsWith)},
        amounts=tuple(_amounts(criteria)),
        presumptions={str(p.iri): _presumption(p, rules) for p in rules.presumptions},
        implying=_implying(rules),
        group_of={str(s): str(o) for s, o in sorted(data.subject_objects(MTG.layerGroup))},
        axioms=Implications.of(in_force),
        answer_axioms=Implications.of(leading),
        read=frozenset(answers | leading.read()),
        versions={r.slug: str(r.version) for r in rules.requirements},
        arrangement_iris={slug: str(a.iri) for slug, a in rules.arrangements.items()},
        hard={
            slug: frozenset(r.slug for r in rules.effective(slug) if r.hard)
            for slug in rules.arrangements
        },
    )


def _answers(kind: Callable[..., T], prop: URIRef, *others: URIRef) -> tuple[T, ...]:
    """Return what the criteria that have a property say of their answers, a value of it at a time."""
    data = library.data()
    return tuple(
        kind(*(str(term) for term in (data.value(criterion, MTG.answerProperty), value, *rest)))
        for criterion, value in sorted(data.subject_objects(prop))
        for rest in [[data.value(criterion, other) for other in others]]
    )


def _amounts(criteria: Iterable[Criterion]) -> Iterator[AmountAnswer]:
    """Yield the numbers that others give, an amount a year before the upper end of a range."""
    data = library.data()
    numeric = {str(criterion.iri): str(criterion.numeric_property) for criterion in criteria}
    for prop in (MTG.yearlyAmountOf, MTG.highestAmountOf):
        for source, criterion in sorted(data.subject_objects(prop)):
            months = data.value(source, MTG.countedOver)
            over = None if months is None else numeric[str(months)]
            yield AmountAnswer(numeric[str(criterion)], numeric[str(source)], over)


def _presumption(presumption: Presumption, rules: Rules) -> PresumptionRow:
    criterion, bearing = rules.criteria[presumption.criterion], presumption.bearing
    below = library.ontology().transitive_subjects
    return PresumptionRow(
        iri=str(presumption.iri),
        criterion=str(criterion.iri),
        property=str(criterion.property),
        value=str(criterion.value(presumption.value).iri),
        basis=presumption.basis,
        holders=frozenset(
            str(kind) for name in bearing.holders for kind in below(RDFS.subClassOf, MTG[name])
        ),
        usages=frozenset(str(ID[f"usage/{name}"]) for name in bearing.usages),
        layers=frozenset(str(ID[f"layer/{name}"]) for name in bearing.layers),
        when=_answers_of(bearing.when, rules),
        unless=_answers_of(bearing.unless, rules),
    )


def _answers_of(clauses: Iterable[Clause], rules: Rules) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the property that each clause reads, and the answers it accepts."""
    return tuple(
        (str(read.property), frozenset(str(read.value(v).iri) for v in clause.accepts))
        for clause in clauses
        for read in [rules.criteria[clause.criterion]]
    )


def _implying(rules: Rules) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return property presumed → the answers, (property, value), that imply one to its criterion."""
    implying: dict[str, list[tuple[str, str]]] = {
        str(rules.criteria[p.criterion].property): [] for p in rules.presumptions
    }
    for (prop, value), implied in graph_implications(library.ontology()).items():
        for other, _ in implied:
            if str(other) in implying:
                implying[str(other)].append((str(prop), str(value)))
    return {prop: tuple(answers) for prop, answers in implying.items()}


def _properties(criterion: Criterion) -> tuple[URIRef, ...]:
    number = criterion.numeric_property
    return (criterion.property, number) if number else (criterion.property,)


def _numeric(criterion: Criterion, rules: Rules) -> NumericCriterion:
    buckets = rules.buckets[criterion.slug]
    return NumericCriterion(
        range=str(criterion.property),
        cuts=tuple(b.high for b in buckets if b.high is not None),
        buckets=tuple(str(b.iri) for b in buckets),
    )


def _multiple(criterion: Criterion) -> MultipleCriterion:
    return MultipleCriterion(
        criterion=str(criterion.iri),
        property=str(criterion.property),
        excluded=str(criterion.excluded_property),
        values=tuple(str(v.iri) for v in criterion.values),
        exclusive=frozenset(str(v.iri) for v in criterion.values if v.excludes_others),
    )
