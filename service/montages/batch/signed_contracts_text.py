"""The contracts signed and their verdicts, for the terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType

from montages.batch.signed_contracts import SignedContracts
from montages.bilingual import Text
from montages.knowledge.rulebook import rulebook
from montages.publish.text.messages import plural_of
from montages.publish.text.signs import VERDICT_SIGNS
from montages.publish.text.tables import grid, heading, verdict
from montages.publish.text.typeset import Line, indent

_TITLE = Text("Ce que valent les contrats signés", "What the contracts signed are worth")
_BY_CONTRACT = Text("Par contrat", "By contract")
_CLOSED = Text("Fermés par un fait, à relire", "Closed by a fact, to be read again")
_UNTOLD = Text(
    "{} sans contrat retenu : la nature déclarée n'en dit aucun.",
    "{} without a contract retained: the nature declared tells none.",
)
_ERRORS = Text("Non évalués : {}.", "Not assessed: {}.")
_PERCENT = Text("\u00a0%", "%")
_MOST = 5


def signed_contracts_text(signed: SignedContracts, lang: str) -> RenderableType:
    """Return the share of contracts of each verdict, then the same by contract, and those to read again."""
    shares = grid(1, None, None)
    for name in VERDICT_SIGNS:
        number = sum(count for (_, v), count in signed.verdicts.items() if v == name)
        if number:
            share = f"{100 * signed.share(name):.1f}".replace(".", "," if lang == "fr" else ".")
            shares.add_row(
                indent(verdict(name, lang)), Line(str(number)), Line(share + _PERCENT[lang])
            )
    parts: list[RenderableType] = [heading(_TITLE[lang]), shares, heading(_BY_CONTRACT[lang])]
    table, arrangements = grid(1, None, None), rulebook().arrangements
    order = list(VERDICT_SIGNS)
    pairs = sorted(
        signed.verdicts, key=lambda pair: (arrangements[pair[0]].order, order.index(pair[1]))
    )
    for contract, name in pairs:
        label = indent(Line(arrangements[contract].label[lang]))
        table.add_row(label, verdict(name, lang), Line(str(signed.verdicts[contract, name])))
    parts.append(table)
    if signed.closed:
        parts.append(heading(_CLOSED[lang]))
        parts += [indent(Line(f"{name} — {why}")) for name, why in signed.closed[:_MOST]]
        if more := len(signed.closed) - _MOST:
            parts += [indent(Line(f"… + {more}", "dim"))] if more > 0 else []
    if signed.untold:
        parts.append(Line(_UNTOLD[lang].format(plural_of(signed.untold, "project", lang)), "dim"))
    if signed.errors:
        parts.append(Line(_ERRORS[lang].format(signed.errors), "dim"))
    return Group(*parts)
