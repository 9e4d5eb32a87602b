"""The contracts retained and their verdicts, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rich.console import Group, RenderableType

from montages.assessment.words.wording import lower
from montages.batch.retained_contracts import BUYER_VERIFIES, STATE_UNKNOWN, RetainedContracts
from montages.bilingual import Text
from montages.knowledge.labels import name_of as name_of_thing
from montages.knowledge.rulebook import rulebook
from montages.names import ID
from montages.publish.text.messages import plural_of
from montages.publish.text.signs import VERDICT_SIGNS, Sign
from montages.publish.text.tables import grid, heading, verdict
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import colon

_TITLE = Text("Ce que valent les contrats retenus", "What the contracts retained are worth")
_STATE_UNKNOWN = Text("Où en est le contrat : non dit", "Where the contract stands: not said")
_BY_VERDICT = Text("Par verdict", "By verdict")
_BY_CONTRACT = Text("Par contrat", "By contract")
_CLOSED = Text("Fermés par un fait, à relire", "Closed by a fact, to be read again")
_UNTOLD = Text(
    "{} sans contrat retenu : la nature déclarée n'en dit aucun.",
    "{} without a contract retained: the nature declared tells none.",
)
_ERRORS = Text("Non évalués : {}.", "Not assessed: {}.")
_PERCENT = Text("\u00a0%", "%")
_MOST = 5


def _signs() -> Iterator[tuple[str, Sign]]:
    """Yield the verdicts as they are told of contracts of others: choices and what is missing are theirs."""
    for name, sign in VERDICT_SIGNS.items():
        if name == "closed-by-choice":
            told = Text("fermé par les choix de l'acheteur", "closed by the buyer's choices")
            yield name, replace(sign, one=told)
            continue
        yield name, sign
        if name == "to-verify":
            told = Text("à vérifier par l'acheteur seul", "for the buyer alone to verify")
            yield BUYER_VERIFIES, replace(sign, one=told)


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
        name = _STATE_UNKNOWN if unknown else name_of_thing(str(ID[f"contract-state/{state}"]))
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
