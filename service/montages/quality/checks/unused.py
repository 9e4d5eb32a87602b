"""Criteria and thresholds that no rule reads, values that no rule accepts or tells apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rdflib import OWL

from montages.bilingual import message
from montages.knowledge.entailment import implications
from montages.knowledge.files import library
from montages.knowledge.files.published_queries import queries
from montages.knowledge.law import Clause
from montages.knowledge.model import Criterion, Rulebook, Value
from montages.names import MTG, compact, slug
from montages.quality.checks.rules_report import Remark, remark


def unused(book: Rulebook) -> Iterator[Remark]:
    """Yield the criteria, values and thresholds that no rule, axiom or query uses."""
    by_criterion: dict[str, list[Clause]] = {}
    for clause in _clauses(book):
        by_criterion.setdefault(clause.criterion, []).append(clause)
    for criterion in book.criteria.values():
        clauses = by_criterion.get(criterion.slug, [])
        if not clauses:
            yield from _unread(criterion)
        elif not criterion.numeric_property and not _read_off(criterion):
            yield from _never_accepted(criterion, clauses)
            yield from _not_told_apart(criterion, clauses)
    limits = {bound.limit for clause in _clauses(book) for bound in clause.bounds}
    for threshold in sorted(set(book.thresholds) - limits):
        text = message("no rule reads this threshold.")
        yield remark("unread-threshold", "note", slug(threshold), text)


def _clauses(book: Rulebook) -> Iterator[Clause]:
    for requirement in book.requirements:
        yield from requirement.clauses()
    for attention in book.attentions:
        yield from attention.clauses


def _read_off(criterion: Criterion) -> bool:
    """Tell whether answers are read off the project's holder or layers, which we do not list."""
    return (criterion.property, OWL.propertyChainAxiom, None) in library.ontology()


def _unread(criterion: Criterion) -> Iterator[Remark]:
    """Yield a criterion that no rule reads: a premise of other answers, or of no use."""
    name = criterion.slug
    worked_out = any(
        (criterion.iri, prop, None) in library.data()
        for prop in (MTG.yearlyAmountOf, MTG.highestAmountOf)
    )
    if worked_out or any(premise == name for premise, _ in implications()):
        text = message("no requirement reads it; other answers follow from it.")
        yield remark("derives-only", "note", name, text)
        return
    text = message("nothing reads this criterion.")
    yield remark("unread-criterion", "warning", name, text)


def _never_accepted(criterion: Criterion, clauses: Sequence[Clause]) -> Iterator[Remark]:
    """Yield the values of a list that only ever rule out; of a yes or no, one always may."""
    accepted = frozenset[str]().union(*(clause.accepts for clause in clauses))
    idle = [v.slug for v in criterion.values if v.slug not in accepted and not _used(criterion, v)]
    if idle and len(criterion.values) > 2 and not criterion.multiple:
        values = ", ".join(idle)
        text = message("answers no rule accepts, which only rule out: {values}.", values=values)
        yield remark("never-accepted", "note", criterion.slug, text)


def _not_told_apart(criterion: Criterion, clauses: Sequence[Clause]) -> Iterator[Remark]:
    """Yield the values that every rule treats alike."""
    groups: dict[tuple[bool, ...], list[str]] = {}
    for value in criterion.values:
        if not _used(criterion, value):
            groups.setdefault(tuple(value.slug in c.accepts for c in clauses), []).append(
                value.slug
            )
    for names in groups.values():
        if len(names) > 1:
            values = ", ".join(names)
            text = message("no rule tells these answers apart: {values}.", values=values)
            yield remark("not-told-apart", "note", criterion.slug, text)


def _used(criterion: Criterion, value: Value) -> bool:
    """Tell whether other answers follow from a value, or a closing query speaks of it."""
    if (criterion.slug, value.slug) in implications():
        return True
    name = ":".join(str(value.iri).rsplit("/", 2)[1:])
    return any(name in q.text and compact(criterion.property) in q.text for q in queries("close"))
