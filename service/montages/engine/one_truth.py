"""One truth a fact: what is stated beats what follows from it; of several amounts the highest counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from montages.knowledge.logic import Answer
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules


@dataclass(frozen=True)
class Clash:
    """Two answers to one criterion that do not go together, and the one kept; numbers where it has any.

    `of` is the criterion that the answer kept was given to, where it is another: the upper end of a range.
    """

    criterion: str
    kept: tuple[str, ...]
    left: tuple[str, ...]
    of: str | None = None
    numbers: tuple[Decimal, Decimal] | None = None


def one_truth(
    answers: Mapping[str, Answer], stated: Mapping[str, frozenset[str]], rules: Rules
) -> tuple[dict[str, Answer], tuple[Clash, ...]]:
    """Return answers of which one counts for each criterion, and those that did not go together.

    `stated` are the values that were stated, by criterion, where others follow from other answers.
    """
    out, clashes = dict(answers), list[Clash]()
    for name, values in stated.items():
        given = out[name]
        if not rules.criteria[name].multiple and values < given.values:
            left = tuple(sorted(given.values - values))
            out[name] = replace(given, values=values, state="explicit")
            clashes.append(Clash(name, tuple(sorted(values)), left))
    for name, most in _highest(out, rules):
        given, highest = out[name], out[most].number
        assert given.number is not None
        assert highest is not None
        values = rules.range_of(name, highest)
        out[name] = replace(given, values=values, number=highest)
        numbers = (highest, given.number)
        clashes.append(Clash(name, tuple(values), tuple(given.values), most, numbers))
    return out, tuple(clashes)


def _highest(answers: Mapping[str, Answer], rules: Rules) -> Iterator[tuple[str, str]]:
    """Yield each amount that another, stated as its highest, passes."""
    for criterion in _ceilings(rules):
        name, most = str(criterion.highest_of), criterion.slug
        if name in answers and most in answers:
            given, highest = answers[name].number, answers[most].number
            if given is not None and highest is not None and highest > given:
                yield name, most


def _ceilings(rules: Rules) -> Sequence[Criterion]:
    return [criterion for criterion in rules.criteria.values() if criterion.highest_of]
