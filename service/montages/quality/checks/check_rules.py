"""Check the rulebook itself: what is missing, dead, out of reach, alike or unused (R27)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from montages.bilingual import in_both, message
from montages.knowledge.buckets import spaced
from montages.knowledge.compiled.verdict_diagram import node_count
from montages.knowledge.entailment import implications
from montages.knowledge.files import library
from montages.knowledge.model import Rulebook
from montages.knowledge.periods import Rules, change_dates, rules_at
from montages.knowledge.rule_review import rule_reviews
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, slug
from montages.quality.checks.counted_descriptions import (
    CountedDescriptions,
    counted_descriptions,
    description_text,
)
from montages.quality.checks.reachability import unreachable
from montages.quality.checks.rules_report import (
    Remark,
    RulesReport,
    SheetCoverage,
    remark,
    sheet_coverage,
)
from montages.quality.checks.well_formedness import checked_definitions, ill_formed

# What the diagrams of a period may take in all (D1).
_NODES = 20_000


def check_rules(
    as_of: date | None = None,
    not_exercised: Iterable[str] = (),
    idle: Iterable[str] = (),
    *,
    one_period: bool = False,
) -> RulesReport:
    """Return the report on the shipped rulebook; `as_of` is today by default.

    `not_exercised` are the gates that no case of the panel satisfies or violates, `idle` the definitions that
    decide no case: an error each. What cannot be reached is looked for in all periods, or in the one of the
    day alone.
    """
    day = as_of or date.today()
    book, rules, sheet = rulebook(), rules_at(day), sheet_coverage()
    counted = counted_descriptions(rules)
    remarks = (
        *proofs(counted, rules),
        *(remark("unexercised-gate", gate) for gate in not_exercised),
        *checked_definitions(rules, idle),
        *ill_formed(book),
        *(remark("uncited-cell", cell) for cell in sheet.uncited),
        *unreachable(rules, (day,) if one_period else change_dates(book)),
        *_unused(book),
        *lapsed_reviews(),
        *_large(rules),
    )
    order = ("error", "warning")
    return RulesReport(
        as_of=day,
        version=library.version(),
        figures=_figures(book, rules, sheet),
        remarks=tuple(sorted(remarks, key=lambda r: (order.index(r.severity), r.check, r.about))),
        sheet=sheet,
        descriptions=counted,
    )


def proofs(counted: CountedDescriptions, rules: Rules) -> Iterator[Remark]:
    """Yield what counting finds: descriptions left with nothing, gates and criteria without effect."""
    for check, count, smallest, left in (
        ("stuck-description", counted.stuck, counted.smallest_stuck, _NOTHING),
        ("only-regie-description", counted.own_stuck, counted.smallest_own_stuck, _OWN_ALONE),
    ):
        if count:
            stated = smallest or {}
            number = in_both(partial(spaced, count))
            words = description_text(stated, rules)
            yield remark(check, ", ".join(stated), number=number, left=left, words=words)
    yield from (remark("useless-gate", name) for name in counted.useless)
    yield from (remark("needless-criterion", name) for name in counted.unread)


_NOTHING = message("without any open set-up")
_OWN_ALONE = message("without anything but a régie")


def _large(rules: Rules) -> Iterator[Remark]:
    """Yield that the verdict diagram of a period has grown beyond what is walked and shipped with ease."""
    if (nodes := node_count(rules)) > _NODES:
        yield remark("large-diagram", str(rules.period.first), nodes=nodes, most=_NODES)


def lapsed_reviews() -> Iterator[Remark]:
    """Yield a warning for each review that has lapsed: it is told nowhere else."""
    for review in (review for review in rule_reviews() if review.lapsed):
        yield remark(
            "lapsed-review",
            review.rule,
            organisation=review.organisation,
            day=review.day,
            rule=review.rule,
            file=review.path.name,
        )


def _unused(book: Rulebook) -> Iterator[Remark]:
    """Yield the criteria that nothing is read from, and the thresholds that no rule reads."""
    clauses = [clause for requirement in book.requirements for clause in requirement.clauses()]
    clauses += [clause for attention in book.attentions for clause in attention.clauses]
    read = {clause.criterion for clause in clauses} | {premise for premise, _ in implications()}
    for criterion in book.criteria.values():
        worked_out = any(
            (criterion.iri, prop, None) in library.data()
            for prop in (MTG.yearlyAmountOf, MTG.highestAmountOf)
        )
        if criterion.slug not in read and not worked_out:
            yield remark("unread-criterion", criterion.slug)
    limits = {bound.limit for clause in clauses for bound in clause.bounds}
    for threshold in sorted(set(book.thresholds) - limits):
        yield remark("unread-threshold", slug(threshold))


def _figures(book: Rulebook, rules: Rules, sheet: SheetCoverage) -> dict[str, int]:
    gates = {r.slug for r in book.requirements if r.hard}
    duties = {r.slug for r in book.requirements if r.duty}
    every = {r.slug for r in book.requirements}
    cited = [r.sources for r in book.requirements] + [a.sources for a in book.attentions]
    return {
        "contract_types": len(book.contract_types),
        "criteria": len(book.criteria),
        "requirements": len(every),
        "hard": len(gates),
        "duties": len(duties),
        "soft": len(every - gates - duties),
        "bare": sum(not (r.sources and r.reading.fr and r.reading.en) for r in book.requirements),
        "sources": len({s.slug for sources in cited for s in sources}),
        "sheet_uncited": len(sheet.uncited),
        "diagram_nodes": node_count(rules),
    }
