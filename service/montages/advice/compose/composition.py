"""Compositions: contracts that cover every unit once; as data, as JSON and in words (R23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from montages.advice.compose.contract_parts import ContractPart
from montages.advice.request import advice_head, source_json
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.assessment import Assessment
from montages.assessment.verdict.unit_verdict import Term, TermEntry
from montages.assessment.wording import enumerated, lower, on_terms, once_verified
from montages.bilingual import Text, in_both, message
from montages.errors import UnknownName
from montages.knowledge.logic import ProcedureVerdict, Verdict
from montages.knowledge.model import Prohibition
from montages.knowledge.periods import Rules
from montages.one_line import OneLine


@dataclass(frozen=True, eq=False)
class Composition(OneLine):
    """A complete set-up: its parts cover every unit once."""

    parts: tuple[ContractPart, ...]

    @cached_property
    def verdict(self) -> Verdict:
        """Return the worst verdict of its parts."""
        return max((part.result.verdict for part in self.parts), key=lambda verdict: verdict.rank)

    @property
    def told(self) -> frozenset[tuple[str, tuple[str, ...]]]:
        """Return its contracts, each with its units."""
        parts = ((part.row, tuple(u.unit.id for u in part.units)) for part in self.parts)
        return frozenset(parts)

    @property
    def contracts(self) -> int:
        """Count the contracts: parts that are not ways of running, plus those bought by or kept apart."""
        ways = sum(bool(part.result.arrangement.buys_by) for part in self.parts)
        return self.interfaces + 1 - ways

    @property
    def interfaces(self) -> int:
        """Count the interfaces: between parts, and with contracts bought beside them."""
        beside = sum(len(part.apart) + (part.buys is not None) for part in self.parts)
        return len(self.parts) - 1 + beside

    @property
    def rank(self) -> tuple[Any, ...]:
        """Return the sort key: contracts to name first, then fewest parts, then the ranks of the parts."""
        ranks = sorted((part.rank for part in self.parts), reverse=True)
        return (not all(part.proposed for part in self.parts), len(ranks), ranks)

    def sentence(self, units: int, rules: Rules) -> Text:
        """Return the set-up in one sentence: how many contracts it is made of, then each part."""
        contracts, ways = self.contracts, len(self.parts)
        head = _ONE if contracts else _OWN
        if contracts > 1:
            head = in_both(lambda lang: _SEVERAL[lang].format(contracts))
        elif ways > 1:
            head = in_both(lambda lang: _PARTS[lang].format(ways))
        fr, en = ([_part_words(p, units, rules, x) for p in self.parts] for x in ("fr", "en"))
        return Text(f"{head.fr} : {' ; '.join(fr)}.", f"{head.en}: {'; '.join(en)}.")

    def to_json(self, rules: Rules, units: int, lang: str, *, brief: bool) -> dict[str, object]:
        """Return the composition as JSON; brief: without duties, points of attention and ordinary terms."""
        return {
            "sentence": self.sentence(units, rules)[lang],
            "verdict": self.verdict.value,
            "folded": any(part.of.folded for part in self.parts),
            "contracts": self.contracts,
            "interfaces": self.interfaces,
            "parts": [_part_json(part, rules, lang, brief) for part in self.parts],
        }


def _part_json(part: ContractPart, rules: Rules, lang: str, brief: bool) -> dict[str, Any]:
    arrangement = part.result.arrangement
    out: dict[str, Any] = {
        "contract": part.of.contract,
        "label": arrangement.label[lang],
        "row": part.row,
        "units": [u.unit.id for u in part.units],
        "verdict": part.result.verdict.value,
        "terms": _terms(part.result.terms, brief),
        "to_verify": _terms(part.result.to_verify, brief),
        "procedure": _around(part.procedure, lang) if part.procedure else None,
        "channels": [_around(channel, lang) for channel in part.channels],
        "vehicles": [_around(vehicle, lang) for vehicle in part.vehicles],
        "apart": [
            {
                "contract": gate.splits_into,
                "label": rules.book.arrangements[str(gate.splits_into)].label[lang],
                "because": gate.slug,
                "text": gate.reading[lang],
                "sources": [source_json(source, lang) for source in gate.sources],
            }
            for gate in part.apart
        ],
        "buys": _part_json(part.buys, rules, lang, brief) if part.buys else None,
    }
    if brief:
        return out
    return out | {
        "folded": part.of.folded,
        "duties": [
            {
                "requirement": duty.requirement.slug,
                "label": duty.requirement.label[lang],
                "when": duty.requirement.due_at,
                "state": duty.state.value,
            }
            for duty in part.duties
        ],
        "attention": [point.label[lang] for point in part.result.attention],
    }


def _around(result: ArrangementVerdict, lang: str) -> dict[str, str]:
    verdict = result.procedure.value if result.procedure else result.verdict.value
    return {
        "slug": result.arrangement.slug,
        "label": result.arrangement.label[lang],
        "verdict": verdict,
    }


def _terms(terms: Sequence[Term], brief: bool) -> list[TermEntry]:
    return [term.to_json() for term in terms if not (brief and term.ordinary)]


@dataclass(frozen=True, eq=False)
class Compositions(OneLine):
    """The best whole set-ups of a project and their count; `more`: the count is a minimum.

    `uncovered` are the units no contract is open for: if there are any, no whole set-up exists.
    None exists either if the law forbids the described project. `cut` says what was left out.
    `place` is the position of the set-up shown in a picture.
    """

    assessment: Assessment
    rules: Rules
    compositions: tuple[Composition, ...]
    count: int
    more: bool
    uncovered: tuple[str, ...]
    cut: tuple[Text, ...]
    place: int = 1

    @property
    def prohibition(self) -> Prohibition | None:
        """Return the prohibition that holds for any contract, None if there is none."""
        return self.assessment.answer.prohibition

    def composition(self, number: int) -> Composition:
        """Return a whole set-up by its place (best: 1); raises UnknownName if there is none."""
        if not 1 <= number <= len(self.compositions):
            raise UnknownName(
                message(
                    "Whole set-up {number}: this project has {count}. Ask for a number that "
                    "there is.",
                    number=number,
                    count=len(self.compositions),
                )
            )
        return self.compositions[number - 1]

    def to_json(self, lang: str | None = None, *, brief: bool = False) -> dict[str, object]:
        """Return the JSON every entry point gives; brief: no duties or ordinary terms."""
        assessment, lang = self.assessment, lang or self.assessment.lang
        units = len(assessment.conclusions.units)
        return {
            **advice_head(assessment.premises, lang, brief=brief),
            "units": [
                {
                    "id": unit.unit.id,
                    "label": unit.unit.label[lang],
                    "layer": unit.unit.layer,
                    "perimeter": unit.unit.perimeter,
                    "mode": unit.unit.mode,
                }
                for unit in assessment.conclusions.units
            ],
            "count": self.count,
            "more": self.more,
            "compositions": [
                composition.to_json(self.rules, units, lang, brief=brief)
                for composition in self.compositions
            ],
            "uncovered": list(self.uncovered),
            "prohibited_by": [self.prohibition.slug] if self.prohibition else [],
            "cut": [sentence[lang] for sentence in self.cut],
            "scope": assessment.premises.scope[lang],
            "disclaimer": assessment.premises.disclaimer[lang],
        }


_ONE = message("One contract for all of it")
_SEVERAL = message("{} contracts")
_OWN = message("By your own means")
_PARTS = message("{} ways, one contract")
_FOR = message("for")
_APART = message("and apart:")
_BUYS = message("which buys by:")


def conditions(part: ContractPart, rules: Rules) -> list[Text]:
    """Return the terms attached to a part and what to verify first, leaving out empty ones."""
    both = (on_terms(part.result.terms, rules), once_verified(part.result.to_verify, rules))
    return [text for text in both if text.fr]


def contracts_apart(part: ContractPart, rules: Rules) -> list[Text]:
    """Return the contracts to be awarded separately from a part by law, each with the reason."""
    labels = ((rules.book.arrangements[str(g.splits_into)].label, g.label) for g in part.apart)
    return [
        Text(f"{lower(contract.fr)} ({lower(gate.fr)})", f"{lower(contract.en)} ({lower(gate.en)})")
        for contract, gate in labels
    ]


def _part_words(part: ContractPart, units: int, rules: Rules, lang: str) -> str:
    words = lower(part.result.arrangement.label[lang])
    if len(part.units) < units:
        names = enumerated([lower(u.unit.label[lang]) for u in part.units], lang)
        words += f" {_FOR[lang]} {names}"
    if part.procedure is not None and part.procedure.procedure is ProcedureVerdict.SUFFICIENT:
        words += f" ({lower(part.procedure.arrangement.label[lang])})"
    words += "".join(f", {condition[lang]}" for condition in conditions(part, rules))
    if part.buys is not None:
        words += f", {_BUYS[lang]} {lower(part.buys.result.arrangement.label[lang])}"
    words += "".join(
        f", {_APART[lang]} {contract[lang]}" for contract in contracts_apart(part, rules)
    )
    return words
