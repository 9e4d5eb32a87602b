"""Check the rulebook itself: what is missing, dead, out of reach, alike or unused (R27)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from montages.bilingual import Text, message
from montages.knowledge.buckets import spaced
from montages.knowledge.compiled.verdict_diagram import node_count
from montages.knowledge.entailment import implications
from montages.knowledge.files import library
from montages.knowledge.law import Clause
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
from montages.quality.checks.counted_verdicts import Stated
from montages.quality.checks.definition_checks import checked_definitions
from montages.quality.checks.reachability import unreachable
from montages.quality.checks.rules_report import (
    Remark,
    RulesReport,
    SheetCoverage,
    remark,
    sheet_coverage,
)
from montages.quality.checks.well_formedness import ill_formed

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
        *unexercised(not_exercised),
        *checked_definitions(rules, idle),
        *ill_formed(book),
        *_uncited(sheet),
        *unreachable(rules, (day,) if one_period else change_dates(book)),
        *unused(book),
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
        ("stuck", counted.stuck, counted.smallest_stuck, _NOTHING),
        ("only-regie", counted.own_stuck, counted.smallest_own_stuck, _OWN_ALONE),
    ):
        if count:
            yield _left_with(check, count, smallest or {}, left, rules)
    for name in counted.useless:
        yield remark(
            "useless-gate",
            "error",
            name,
            message("this gate changes no verdict: another one says the same. Take it away."),
        )
    for name in counted.unread:
        yield remark(
            "unread-criterion",
            "error",
            name,
            message("a gate reads it, and no verdict turns on it: the question is needless."),
        )


_NOTHING = message("without any open set-up")
_OWN_ALONE = message("without anything but a régie")


def _left_with(check: str, count: int, smallest: Stated, left: Text, rules: Rules) -> Remark:
    words, number = description_text(smallest, rules), {x: spaced(count, x) for x in ("fr", "en")}
    return remark(
        f"{check}-description",
        "error",
        ", ".join(smallest),
        message(
            "{number} descriptions {left}, which no choice reopens. The shortest: {words}. "
            "Mend a gate, or name the law in data/coherence.",
            number=Text(number["fr"], number["en"]),
            left=left,
            words=words,
        ),
    )


def unexercised(slugs: Iterable[str]) -> Iterator[Remark]:
    """Yield an error for each gate that no case of the panel satisfies or violates."""
    for name in slugs:
        yield remark(
            "unexercised-gate",
            "error",
            name,
            message("no case of the panel satisfies or violates this gate. Add one to data/panel."),
        )


def _large(rules: Rules) -> Iterator[Remark]:
    """Yield that the verdict diagram of a period has grown beyond what is walked and shipped with ease."""
    nodes = node_count(rules)
    if nodes > _NODES:
        yield remark(
            "large-diagram",
            "error",
            str(rules.period.first),
            message(
                "the verdict diagram takes {nodes} nodes, more than {most}.",
                nodes=nodes,
                most=_NODES,
            ),
        )


def lapsed_reviews() -> Iterator[Remark]:
    """Yield a warning for each review that has lapsed: it is told nowhere else."""
    for review in rule_reviews():
        if review.lapsed:
            text = message(
                "the review by {organisation} of {day} has lapsed: the rule, or an article that it cites, "
                "has changed since. Ask for another (/review/{rule}), or take {file} away.",
                organisation=review.organisation,
                day=review.day,
                rule=review.rule,
                file=review.path.name,
            )
            yield remark("lapsed-review", "warning", review.rule, text)


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


def _uncited(sheet: SheetCoverage) -> Iterator[Remark]:
    for name in sheet.uncited:
        yield remark(
            "uncited-cell",
            "error",
            name,
            message(
                "nothing cites this element of the sheet. Add it to the sources of what rests "
                "on it."
            ),
        )


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
