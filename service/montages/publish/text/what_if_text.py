"""What-ifs in the terminal: under each contract what would open it, and what that gains and loses."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType

from montages.advice.what_if.verdict_moves import VerdictMove
from montages.advice.what_if.what_ifs import ArrangementWhatIfs, WhatIf, WhatIfs
from montages.assessment.wording import enumerated, lower
from montages.bilingual import message
from montages.publish.text.messages import plural_of
from montages.publish.text.signs import VERDICT_SIGNS, VERDICT_TITLES
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import colon
from montages.publish.text.what_if_rows import telling

_TITLE = message("What would change the answer: your choices, never the facts")
_FITS = message("Fit the whole project already")
_NONE_FITS = message("No contract fits without anything to change or to verify.")
_GAINS = message("opens as well, or brings closer")
_LOSES = message("takes further away, or closes")
_NOT_OPEN = message("No choice opens")
_PROVISIONAL = message("rests on what we suppose")
# Without `whole`, so many changes are shown of each contract, and so many set-ups named.
_BRIEF, _NAMED = 1, 3
# All is shown of so many contracts.
_FEW = 2


def what_if_text(what_ifs: WhatIfs, lang: str, *, whole: bool) -> Group:
    """Return what would open each contract: all of it, or the lightest change of each of many."""
    whole = whole or len(what_ifs.arrangements) <= _FEW
    parts: list[RenderableType] = [
        Line(what_ifs.label[lang], style="bold"),
        Line(_TITLE[lang], style="dim"),
    ]
    if what_ifs.fitting:
        names = enumerated([a.label[lang] for a in what_ifs.fitting], lang)
        parts.append(Line(f"✓ {_FITS[lang]}{colon(lang)} {names}", style="green"))
    else:
        parts.append(Line(_NONE_FITS[lang]))
    if what_ifs.turn_to is not None:
        parts.append(Line(what_ifs.turn_to[lang]))
    for contract in what_ifs.nearest:
        sign = VERDICT_SIGNS[contract.verdict.value]
        line = Line(f"{sign.symbol} ", style=sign.colour)
        line.append(contract.arrangement.label[lang], style="bold")
        parts += [Line(""), line.append(f" ({sign.one[lang]})", style="dim")]
        changes = telling(contract.what_ifs)
        changes = changes if whole else changes[:_BRIEF]
        for one in changes:
            parts.append(indent(_lines(one, what_ifs, lang)))
        if contract.count > len(changes):
            ways = plural_of(contract.count - len(changes), "other-way", lang)
            others = f"{ways}{colon(lang)} --about {contract.arrangement.slug}"
            parts.append(indent([Line(others, style="dim")]))
    closed = [contract for contract in what_ifs.arrangements if not contract.what_ifs]
    if closed:
        parts.append(Line(""))
        parts.append(Line(f"{_NOT_OPEN[lang]}{colon(lang)}", style="bold"))
        parts += [indent([_closed(contract, what_ifs, lang)]) for contract in closed]
    parts += [Line(sentence[lang], style="dim") for sentence in what_ifs.cut if whole]
    return Group(*parts)


def _lines(one: WhatIf, what_ifs: WhatIfs, lang: str) -> list[RenderableType]:
    sign = VERDICT_SIGNS[one.verdict.value]
    sentence = one.sentence(what_ifs.rules)[lang]
    lines: list[RenderableType] = [
        Line(f"{sign.symbol} ", style=sign.colour).append(sentence, style="default")
    ]
    for title, moves in ((_GAINS, one.gains), (_LOSES, one.losses)):
        if moves:
            names = _names(moves, what_ifs, lang)
            lines.append(Line(f"  {title[lang]}{colon(lang)} {names}", style="dim"))
    lines += [Line(f"  ! {pair.reading[lang]}", style="yellow") for pair in one.incoherent]
    if one.unlikely:
        folded = VERDICT_TITLES["folded"][lang]
        why = " ".join(preference.reading[lang] for preference in one.unlikely)
        lines.append(Line(f"  {folded}{colon(lang)} {lower(why)}", style="dim"))
    if one.provisional:
        lines.append(Line(f"  {_PROVISIONAL[lang]}", style="dim"))
    return lines


def _names(moves: Sequence[VerdictMove], what_ifs: WhatIfs, lang: str) -> str:
    """Return the names of the set-ups that move, the last ones counted."""
    arrangements = what_ifs.rules.book.arrangements
    names = [lower(arrangements[move.arrangement].label[lang]) for move in moves]
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" (+ {more})" if more > 0 else "")


def _closed(contract: ArrangementWhatIfs, what_ifs: WhatIfs, lang: str) -> Line:
    why = contract.why_none(what_ifs.rules)[lang]
    return Line(f"{contract.arrangement.label[lang]}{colon(lang)} {lower(why)}")
