"""A composition in words: how many contracts, which for which part of the project, on what terms."""

from __future__ import annotations

from collections.abc import Sequence

from montages.advice.compose.contract_part import ContractPart
from montages.assessment.words.wording import enumerated, lower, on_terms, once_verified
from montages.bilingual import Text
from montages.knowledge.logic import ProcedureVerdict
from montages.knowledge.periods import Rules

_ONE = Text("Un seul contrat pour tout", "One contract for all of it")
_SEVERAL = Text("{} contrats", "{} contracts")
_OWN = Text("Par vos moyens", "By your own means")
_PARTS = Text("{} façons de faire, un contrat", "{} ways, one contract")
_FOR = Text("pour", "for")
_APART = Text("et à part :", "and apart:")
_BUYS = Text("avec, pour ses achats :", "which buys by:")


def composition_sentence(parts: Sequence[ContractPart], units: int, rules: Rules) -> Text:
    """Return a whole set-up in one sentence."""
    contracts = contracts_of(parts)
    return Text(
        *(
            f"{_head(contracts, len(parts))[x]}{_colon(x)} "
            f"{(' ; ' if x == 'fr' else '; ').join(_part(p, units, rules, x) for p in parts)}."
            for x in ("fr", "en")
        )
    )


def conditions(part: ContractPart, rules: Rules) -> list[Text]:
    """Return on which terms a part is taken and what is to be verified before, each if there is any."""
    both = (on_terms(part.terms, rules), once_verified(part.to_verify, rules))
    return [text for text in both if text.fr]


def contracts_apart(part: ContractPart, rules: Rules) -> list[Text]:
    """Return the contracts that the law has awarded apart from a part, each with what asks for it."""
    labels = ((rules.book.arrangements[str(g.splits_into)].label, g.label) for g in part.apart)
    return [
        Text(*(f"{lower(contract[x])} ({lower(gate[x])})" for x in ("fr", "en")))
        for contract, gate in labels
    ]


def _head(contracts: int, parts: int) -> Text:
    """Return how many contracts a set-up is made of."""
    if contracts > 1:
        return Text(*(_SEVERAL[x].format(contracts) for x in ("fr", "en")))
    if parts > 1:
        return Text(*(_PARTS[x].format(parts) for x in ("fr", "en")))
    return _ONE if contracts else _OWN


def contracts_of(parts: Sequence[ContractPart]) -> int:
    """Return how many contracts there are: a way of running is none, what it buys by or has apart is one."""
    ways = sum(bool(part.result.arrangement.buys_by) for part in parts)
    beside = sum(len(part.apart) + (part.buys is not None) for part in parts)
    return len(parts) - ways + beside


def _colon(lang: str) -> str:
    return " :" if lang == "fr" else ":"


def _part(part: ContractPart, units: int, rules: Rules, lang: str) -> str:
    words = lower(part.result.arrangement.label[lang])
    if len(part.units) < units:
        names = enumerated([lower(each.unit.label[lang]) for each in part.units], lang)
        words += f" {_FOR[lang]} {names}"
    if part.procedure is not None and part.procedure.procedure is ProcedureVerdict.SUFFICIENT:
        words += f" ({lower(part.procedure.arrangement.label[lang])})"
    words += "".join(f", {condition[lang]}" for condition in conditions(part, rules))
    if part.buys is not None:
        words += f", {_BUYS[lang]} {lower(part.buys.result.arrangement.label[lang])}"
    words += "".join(f", {_APART[lang]} {each[lang]}" for each in contracts_apart(part, rules))
    return words
