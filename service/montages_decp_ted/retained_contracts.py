"""What contracts really retained are worth by the assessment: how many of each verdict, by contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rich.console import Group, RenderableType

from montages.api import Knowledge
from montages.assessment.conclusions import Conclusions
from montages.assessment.retained import Retained
from montages.assessment.wording import lower
from montages.bilingual import Text, message
from montages.errors import MontagesError
from montages.knowledge.periods import change_dates
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import name_of as name_of_thing
from montages.names import ID
from montages.publish.text.messages import plural_of
from montages.publish.text.signs import VERDICT_SIGNS, Sign
from montages.publish.text.tables import verdict
from montages.publish.text.typeset import Line, grid, heading, indent
from montages.publish.text.typography import colon

# Of which nothing says where they stand.
STATE_UNKNOWN = "unknown"
# To verify, and only by who buys: nothing is missing but what all purchases of the project wait for.
BUYER_VERIFIES = "buyer-verifies"


@dataclass
class RetainedContracts:
    """Contracts retained, counted by contract and verdict on it; `closed` names those closed by a fact.

    Those that only the buyer can verify are apart from the others to verify: `waiting` counts them by the
    facts that they wait for. `states` counts all by where they stand (signed, in consultation…), `untold` the
    descriptions that name no contract, `errors` those not assessed.
    """

    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    waiting: Counter[tuple[str, ...]] = field(default_factory=Counter)
    closed: list[tuple[str, Text]] = field(default_factory=list)
    untold: int = 0
    errors: int = 0

    @property
    def judged(self) -> int:
        """Return how many contracts have a verdict."""
        return sum(self.verdicts.values())

    def share(self, number: int) -> float:
        """Return the share that a number is of the contracts judged, between 0 and 1."""
        return number / self.judged if self.judged else 0.0

    def judge(self, keys: Mapping[str, Any], knowledge: Knowledge, as_of: date | None) -> None:
        """Assess a description, under the law of a day or else of its signature, and count its contract."""
        if not any("retained" in place for place in _places(keys)):
            self.untold += 1
            return
        try:
            day = as_of or _day_of_signature(keys)
            assessment = knowledge.assess(keys, as_of=day, anyway=True)
        except MontagesError:
            self.errors += 1
            return
        for retained in assessment.coherence.retained_contracts:
            facts = _common_facts(assessment.conclusions, retained)
            name = BUYER_VERIFIES if facts else retained.verdict.value
            self.verdicts[retained.contract, name] += 1
            self.states[_state(retained)] += 1
            if facts:
                self.waiting[facts] += 1
            if retained.verdict.value == "closed" and retained.why is not None:
                self.closed.append((str(keys.get("id", "")), retained.why))


def _places(keys: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the whole project and its parts, where a contract may be said to be retained."""
    return [keys, *keys.get("perimeters", {}).values()]


def _state(retained: Retained) -> str:
    """Return where a contract stands: as it is said, else signed where a day of signature is."""
    return retained.state or ("signed" if retained.signed_on else STATE_UNKNOWN)


def _common_facts(conclusions: Conclusions, retained: Retained) -> tuple[str, ...]:
    """Return the facts that a contract to verify waits for, nothing where it waits for one of its own."""
    if retained.verdict.value != "to-verify":
        return ()
    units = [u.unit for u in conclusions.units if u.unit.id in retained.units]
    result = conclusions.parts.of(units).by_slug.get(retained.contract)
    facts = {term.criterion for term in result.to_verify} if result else set()
    common = conclusions.answer.common
    return tuple(name for name in common if name in facts) if facts <= set(common) else ()


def _day_of_signature(keys: Mapping[str, Any]) -> date:
    """Return the day whose law is applied: that of the signature or of the state, where the rules go."""
    days = ("signed-on", "contract-state-on")
    signed = next((place[day] for day in days for place in _places(keys) if place.get(day)), None)
    today, first = date.today(), change_dates(rulebook())[0]
    return min(today, max(first, date.fromisoformat(signed))) if signed else today


_TITLE = message("What the contracts retained are worth")
_NO_STATE = message("Where the contract stands: not said")
_BY_VERDICT = message("By verdict")
_BY_CONTRACT = message("By contract")
_CLOSED = message("Closed by a fact, to be read again")
_UNTOLD = message("{} without a contract retained: the nature declared tells none.")
_ERRORS = message("Not assessed: {}.")
_PERCENT = Text("\u00a0%", "%")
_MOST = 5


def _signs() -> Iterator[tuple[str, Sign]]:
    """Yield the verdicts as they are told of contracts of others: choices and what is missing are theirs."""
    for name, sign in VERDICT_SIGNS.items():
        if name == "closed-by-choice":
            words = message("closed by the buyer's choices")
            yield name, replace(sign, one=words)
            continue
        yield name, sign
        if name == "to-verify":
            words = message("for the buyer alone to verify")
            yield BUYER_VERIFIES, replace(sign, one=words)


_SIGNS = dict(_signs())


def retained_contracts_text(retained: RetainedContracts, lang: str) -> RenderableType:
    """Return how many contracts are counted, where they stand, their verdicts, by contract too."""
    parts: list[RenderableType] = [
        heading(_TITLE[lang], plural_of(retained.judged, "contract", lang)),
        _states(retained, lang),
        heading(_BY_VERDICT[lang]),
        _shares(retained, lang),
        heading(_BY_CONTRACT[lang]),
    ]
    table, arrangements = grid(1, None, None), rulebook().arrangements
    order = list(_SIGNS)
    pairs = sorted(
        retained.verdicts, key=lambda pair: (arrangements[pair[0]].order, order.index(pair[1]))
    )
    for contract, name in pairs:
        label = indent(Line(arrangements[contract].label[lang]))
        table.add_row(
            label, verdict(name, lang, _SIGNS), Line(str(retained.verdicts[contract, name]))
        )
    parts.append(table)
    if retained.closed:
        parts.append(heading(_CLOSED[lang]))
        parts += [indent(Line(f"{name} — {why[lang]}")) for name, why in retained.closed[:_MOST]]
        if more := len(retained.closed) - _MOST:
            parts += [indent(Line(f"… + {more}", "dim"))] if more > 0 else []
    if retained.untold:
        parts.append(Line(_UNTOLD[lang].format(plural_of(retained.untold, "project", lang)), "dim"))
    if retained.errors:
        parts.append(Line(_ERRORS[lang].format(retained.errors), "dim"))
    return Group(*parts)


def _states(retained: RetainedContracts, lang: str) -> RenderableType:
    """Return how many of the contracts stand where, signed or in consultation."""
    states = grid(1, None, None)
    for state, number in retained.states.most_common():
        unknown = state == STATE_UNKNOWN
        name = _NO_STATE if unknown else name_of_thing(str(ID[f"contract-state/{state}"]))
        states.add_row(indent(Line(name[lang])), *_counted(retained, number, lang))
    return states


def _shares(retained: RetainedContracts, lang: str) -> RenderableType:
    """Return the share of each verdict, and of those that the buyer verifies, by what is missing."""
    shares, criteria = grid(1, None, None), rulebook().criteria
    for name in _SIGNS:
        number = sum(count for (_, v), count in retained.verdicts.items() if v == name)
        for facts, count in retained.waiting.most_common() if name == BUYER_VERIFIES else ():
            missing = ", ".join(lower(criteria[fact].label[lang]) for fact in facts)
            words = verdict(name, lang, _SIGNS).append(f"{colon(lang)} {missing}", "default")
            shares.add_row(indent(words), *_counted(retained, count, lang))
        if number and name != BUYER_VERIFIES:
            shares.add_row(indent(verdict(name, lang, _SIGNS)), *_counted(retained, number, lang))
    return shares


def _counted(retained: RetainedContracts, number: int, lang: str) -> tuple[Line, Line]:
    share = f"{100 * retained.share(number):.1f}".replace(".", "," if lang == "fr" else ".")
    return Line(str(number)), Line(share + _PERCENT[lang])
