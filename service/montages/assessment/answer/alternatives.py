"""The other ways beside the answer: what each would be better for, what it asks, how long it takes.

What is open comes first, then what one changed choice opens, then what waits for a fact; of ways to buy,
those that would spare a call for competition. Where the amount asks for none, what spares the purchase
comes first. What nobody can say a word for is no advice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, zip_longest
from typing import Annotated, NotRequired, TypedDict

from montages.assessment.answer.award import Award
from montages.assessment.answer.named_rows import NamedContract
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.entry_types import Months
from montages.assessment.ranking import Row
from montages.assessment.verdict.unit_verdict import ChangeEntry, Term, TermEntry
from montages.assessment.wording import on_terms
from montages.bilingual import NO_TEXT, Text, in_both, message
from montages.json_schema import Slug
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Arrangement
from montages.knowledge.periods import Rules
from montages.one_line import OneLine

# So many are told beside an answer.
MOST = 3
_BETTER = message("better if {}")
_TO_VERIFY = message("to verify")


class OtherEntry(TypedDict):
    """Another way: what it would be better for, what it asks; in brief, without what it asks."""

    contract: Annotated[Slug, "A contract, a channel or a procedure."]
    label: str
    better_if: Annotated[str, "What it would be better for: words after “better if”."]
    months: NotRequired[Months | None]
    changes: NotRequired[Annotated[list[ChangeEntry], "The choices to change for it."]]
    to_verify: NotRequired[list[TermEntry]]


@dataclass(frozen=True, eq=False)
class Alternative(OneLine):
    """Another way: its arrangement, what it asks to be chosen otherwise, what is to be verified of it."""

    arrangement: Arrangement
    better_if: Text
    months: tuple[float, float] | None
    changes: tuple[Term, ...]
    to_verify: tuple[Term, ...]
    rules: Rules

    @property
    def better(self) -> Text:
        """Return what it would be better for."""
        return in_both(lambda lang: _BETTER[lang].format(self.better_if[lang]))

    @property
    def asks(self) -> Text:
        """Return what it asks to be chosen otherwise, or that it is to verify; "" for nothing."""
        if self.changes:
            return on_terms(self.changes, self.rules)
        return _TO_VERIFY if any(not term.ordinary for term in self.to_verify) else NO_TEXT

    @property
    def open(self) -> bool:
        """Tell whether it may be taken as things stand: a choice, and no advice on what else to do."""
        return not self.asks.fr

    def to_json(self, lang: str) -> OtherEntry:
        """Return the way as JSON."""
        return {
            "contract": self.arrangement.slug,
            "label": self.arrangement.label[lang],
            "better_if": self.better_if[lang],
            "months": list(self.months) if self.months else None,
            "changes": [change.change_json() for change in self.changes],
            "to_verify": [term.to_json() for term in self.to_verify],
        }


def alternatives(named: Sequence[NamedContract]) -> tuple[Alternative, ...]:
    """Return the other ways beside the first contract named, at most three, the best first."""
    if not named:
        return ()
    rules, first, enough = named[0].part.rules, named[0].row, named[0].award.enough
    taken = {one.row.slug for one in named}
    rows = [row for row in named[0].part.rows if row.slug not in taken and not row.folded]
    rows = [row for row in rows if not _buys_the_same(row, first, rules)]
    unsure = [row for row in rows if row.shown.verdict is Verdict.TO_VERIFY]
    sure = [row for row in rows if row.shown.verdict.open and row not in unsure]
    sure.sort(key=lambda row: row.shown.best.unusual)  # the fewer choices left, the nearer
    competing = _by_competition(named[0].award, rules)
    kinds: tuple[Iterator[Alternative], ...] = (
        chain(competing, (_of(row.shown, (), rules) for row in sure)),
        (_of(row.shown, row.reopened.changes, rules) for row in rows if row.reopened),
        chain(
            (_of(result, (), rules) for result in _channels(named[0])),
            (_of(row.shown, (), rules) for row in unsure),
        ),
    )
    if enough is not None and enough.arrangement.ends_questions:
        kinds = kinds[::-1]
    each_in_turn = chain.from_iterable(zip_longest(*kinds))
    wanted = (one for one in each_in_turn if one is not None and one.better_if.fr)
    return tuple(_without(one, first) for one in islice(wanted, MOST))


def _without(one: Alternative, first: Row) -> Alternative:
    """Return a way without the facts that the answer itself waits for."""
    awaited = {term.criterion for term in first.shown.to_verify}
    own = tuple(term for term in one.to_verify if term.criterion not in awaited)
    return replace(one, to_verify=own)


def _buys_the_same(row: Row, first: Row, rules: Rules) -> bool:
    """Tell whether a way of running buys by the contract that is named: it takes nothing of its place."""
    kinds = {first.slug, *rules.lineage(first.shown.arrangement.slug)}
    return bool(kinds & set(row.shown.arrangement.buys_by))


def _by_competition(award: Award, rules: Rules) -> Iterator[Alternative]:
    """Yield the procedure that would award the contract, where a channel takes its place."""
    if award.channel is not None and award.enough is not None:
        yield _of(award.enough, (), rules)


def _channels(named: NamedContract) -> Iterator[ArrangementVerdict]:
    """Yield the channel of what is named that would spare a call for competition, where one is needed."""
    award = named.award
    needed = award.enough is not None and not award.enough.arrangement.ends_questions
    if not needed or award.channel is not None:
        return
    kinds = set(named.part.rules.lineage(named.shown.arrangement.slug))
    for result in named.part.verdicts:
        channel, waits = result.arrangement, result.verdict is Verdict.TO_VERIFY
        if waits and channel.replaces_procedure and kinds & set(channel.applies_to):
            yield result
            return


def _of(result: ArrangementVerdict, changes: tuple[Term, ...], rules: Rules) -> Alternative:
    lineage = [rules.arrangements[slug] for slug in rules.lineage(result.arrangement.slug)]
    return Alternative(
        result.arrangement,
        next((one.better_if for one in lineage if one.better_if.fr), result.arrangement.better_if),
        next((one.months for one in lineage if one.months is not None), None),
        changes,
        result.to_verify if not changes else (),
        rules,
    )
