"""Which set-ups it is worth asking about: a procedure is, while a contract it awards may be taken (R19)."""

from __future__ import annotations

from functools import cache

from montages.advice.questions.undecided import standing, undecided
from montages.assessment.verdict.stated_answers import StatedAnswers
from montages.knowledge.logic import Verdict
from montages.knowledge.periods import Rules


def to_settle(slug: str, answers: StatedAnswers, rules: Rules, asserted: frozenset[str]) -> bool:
    """Tell whether an answer may change the verdict on a set-up, and somebody needs to know it."""
    if not undecided(slug, answers, rules, asserted):
        return False
    if rules.book.arrangements[slug].kind != "procedure":
        return True
    enough = any(
        standing(other, answers, rules, asserted) is Verdict.FITS
        for other in _making_needless(slug, rules)
    )
    return not enough and any(
        standing(contract, answers, rules, asserted) is not Verdict.CLOSED
        for contract in _awarded_by(slug, rules)
    )


@cache
def _making_needless(slug: str, rules: Rules) -> tuple[str, ...]:
    """Return the procedures that make one needless where they are enough."""
    return tuple(a.slug for a in rules.proposed() if slug in a.makes_needless)


@cache
def _awarded_by(slug: str, rules: Rules) -> tuple[str, ...]:
    """Return the contracts that a procedure awards, and those that buy by one of them."""
    awarded = set(rules.book.arrangements[slug].applies_to)
    return tuple(
        a.slug
        for a in rules.proposed()
        if a.kind == "contract"
        and a.slug in rules.arrangements
        and awarded & {kind for each in (a.slug, *a.buys_by) for kind in rules.lineage(each)}
    )
