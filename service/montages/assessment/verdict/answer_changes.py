"""Answers of a unit with one more, one less, or one changed: what follows from them follows with them."""

from __future__ import annotations

from collections.abc import Iterable

from montages.knowledge import entailment
from montages.knowledge.entailment import implied
from montages.knowledge.logic import NO_ANSWER, Answer, Answers
from montages.knowledge.periods import Rules

# A criterion and a value of it.
Pair = tuple[str, str]


def without(answers: Answers, names: Iterable[str]) -> dict[str, Answer]:
    """Return answers less some, and less what followed from these alone."""
    dropped = {name: answers[name] for name in names}
    followed = {
        pair for name, given in dropped.items() for v in given.values for pair in implied((name, v))
    }
    return {
        name: given
        for name, given in answers.items()
        if name not in dropped
        and not (
            given.state == "derived"
            and given.values
            and all((name, v) in followed for v in given.values)
        )
    }


def changed(answers: Answers, pairs: Iterable[Pair], rules: Rules) -> dict[str, Answer]:
    """Return answers with some criteria answered otherwise, and with what that implies."""
    pairs = tuple(pairs)
    out = without(answers, [name for name, _ in pairs if name in answers])
    for name, value in pairs:
        out = entailment.supposing(out, name, value, rules)
    return out


def coherent(pair: Pair, answers: Answers, rules: Rules) -> bool:
    """Tell whether one more answer goes with those that are stated."""
    for criterion, value in implied(pair):
        stated = answers.get(criterion, NO_ANSWER)
        if value not in stated.values and (
            value in stated.excluded
            or any(_exclusive(rules, criterion, value, other) for other in stated.values)
        ):
            return False
    return True


def _exclusive(rules: Rules, criterion: str, value: str, other: str) -> bool:
    """Tell whether two values of a criterion exclude each other."""
    question = rules.criteria[criterion]
    return (
        not question.multiple
        or question.value(value).excludes_others
        or question.value(other).excludes_others
    )
