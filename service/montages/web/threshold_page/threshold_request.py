"""What a request to the thresholds asks: an amount, a day, and the answers that thresholds depend on.

Then the timeline of that purchase, which is held for the purchases that are often asked about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from montages.advice.thresholds.procedure_timeline import (
    ProcedureTimeline,
    amount_criterion,
    amount_questions,
    procedure_timeline,
)
from montages.api import Knowledge
from montages.assessment.assessment import Assessment
from montages.bilingual import message
from montages.description.address.project_address import (
    AddressFault,
    ProjectAddress,
    Tree,
    unknown_parameter,
)
from montages.description.address.read_address import read_address
from montages.description.parsing.key_values import listing
from montages.knowledge.description_keys import criterion_keys
from montages.knowledge.model import Criterion
from montages.knowledge.periods import rules_at
from montages.validation.findings import with_sign

Pair = tuple[str, str]
AS_OF, EMBED, LANG = "as_of", "embed", "lang"
# Short names of parameters, as the tables of thresholds have them.
DAY, AMOUNT = "day", "amount"
# So many unknown parameters are told.
_TOLD = 5
# So many purchases, told apart by the answers that thresholds depend on, are held.
_HELD = 256
_AMOUNT = message("Give a positive amount.")
_NAME = {"project": "Achat", "project-en": "Purchase"}


@dataclass(frozen=True)
class ThresholdRequest:
    """An amount, if one is named, on a day, with the answers given; `typed` is what each field held."""

    amount: Decimal | None
    day: date
    answers: Tree
    embed: bool
    faults: tuple[AddressFault, ...]
    typed: dict[str, str]

    def bare_tree(self) -> Tree:
        """Return the purchase as a project of our keys, without its amount."""
        return {"answers": self.answers} if self.answers else {}

    def tree(self) -> Tree:
        """Return the purchase as a project of our keys."""
        if self.amount is None:
            return self.bare_tree()
        return {"answers": self.answers | {amount_key(): float(self.amount)}}

    def address(self) -> ProjectAddress:
        """Return the purchase as the address of a project; the day is named where it is not today."""
        return ProjectAddress(self.tree(), as_of=None if self.day == date.today() else self.day)

    def fault(self, parameter: str) -> AddressFault | None:
        """Return what is wrong with the value of a field."""
        return next((f for f in self.faults if f.parameter == parameter), None)

    @property
    def refused(self) -> bool:
        """Tell whether a parameter is not known, or the day cannot be read: another question was meant."""
        readable = {amount_key(), *question_keys(self.day)}
        return any(fault.parameter not in readable for fault in self.faults)

    @property
    def purchase(self) -> tuple[tuple[str, str], ...]:
        """Return the answers as a key: what the timeline depends on."""
        return tuple((k, str(v)) for k, values in self.answers.items() for v in listing(values))


def amount_key() -> str:
    """Return the parameter of the amount."""
    return criterion_keys()[amount_criterion().slug]


def question_keys(day: date) -> dict[str, Criterion]:
    """Return the questions of the page by their parameter: those that thresholds depend on first."""
    first, others = amount_questions(rules_at(day))
    return {criterion_keys()[criterion.slug]: criterion for criterion in (*first, *others)}


def threshold_request(pairs: Iterable[Pair], today: date) -> ThresholdRequest:
    """Return what the parameters of a request ask; each that cannot be read is told and left out."""
    accepted = (amount_key(), *question_keys(today), AS_OF)
    short = {DAY: AS_OF, AMOUNT: amount_key()}
    ours, faults, embed = list[Pair](), list[AddressFault](), False
    for written, value in pairs:
        name = short.get(written, written)
        if name == EMBED:
            embed = value.strip() not in ("", "0")
        elif name in accepted:
            ours.append((name, value))
        elif name != LANG:
            faults.append(unknown_parameter(name, (*accepted, *short, EMBED, LANG)))
    reading = read_address(ours)
    answers: dict[str, Any] = dict(reading.address.tree.get("answers") or {})
    amount = next(iter(listing(answers.pop(amount_key(), None))), None)
    if amount is not None and amount < 0:
        faults.append(AddressFault(amount_key(), with_sign(_AMOUNT, str(amount))))
        amount = None
    return ThresholdRequest(
        None if amount is None else Decimal(str(amount)),
        reading.address.as_of or today,
        answers,
        embed,
        (*reading.faults, *faults[:_TOLD]),
        {name: value.strip() for name, value in ours if value.strip()},
    )


def timeline_of(knowledge: Knowledge, demand: ThresholdRequest) -> ProcedureTimeline:
    """Return the timeline of the purchase of a request."""
    return _timeline(knowledge, _Purchase(demand.purchase, {**_NAME, **demand.bare_tree()}))


def point_assessment(knowledge: Knowledge, demand: ThresholdRequest) -> Assessment:
    """Return the assessment of the purchase of a request at its amount, on its day."""
    return knowledge.assess({**_NAME, **demand.tree()}, as_of=demand.day, anyway=True)


@dataclass(frozen=True)
class _Purchase:
    """The answers of a request, the amount apart: the same as any other with the same key."""

    key: tuple[tuple[str, str], ...]
    tree: Tree = field(compare=False)


@lru_cache(maxsize=_HELD)
def _timeline(knowledge: Knowledge, purchase: _Purchase) -> ProcedureTimeline:
    (unit,) = knowledge.assess(purchase.tree, anyway=True).conclusions.units
    return procedure_timeline(unit.unit)
