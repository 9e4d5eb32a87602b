"""Criteria and thresholds that no rule, axiom or query reads."""

from __future__ import annotations

from collections.abc import Iterator

from montages.bilingual import message
from montages.knowledge.entailment import implications
from montages.knowledge.files import library
from montages.knowledge.law import Clause
from montages.knowledge.model import Rulebook
from montages.names import MTG, slug
from montages.quality.checks.rules_report import Remark, remark


def unused(book: Rulebook) -> Iterator[Remark]:
    """Yield the criteria that nothing is read from, and the thresholds that no rule reads."""
    read = {clause.criterion for clause in _clauses(book)}
    read |= {premise for premise, _ in implications()}
    for criterion in book.criteria.values():
        worked_out = any(
            (criterion.iri, prop, None) in library.data()
            for prop in (MTG.yearlyAmountOf, MTG.highestAmountOf)
        )
        if criterion.slug not in read and not worked_out:
            text = message("nothing reads this criterion.")
            yield remark("unread-criterion", "warning", criterion.slug, text)
    limits = {bound.limit for clause in _clauses(book) for bound in clause.bounds}
    for threshold in sorted(set(book.thresholds) - limits):
        text = message("no rule reads this threshold.")
        yield remark("unread-threshold", "warning", slug(threshold), text)


def _clauses(book: Rulebook) -> Iterator[Clause]:
    for requirement in book.requirements:
        yield from requirement.clauses()
    for attention in book.attentions:
        yield from attention.clauses
