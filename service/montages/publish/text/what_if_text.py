"""What-ifs as rows that one reads, what all wait for said apart, and in the terminal, under each contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from rich.console import Group, RenderableType

from montages.advice.what_if.verdict_moves import VerdictMove
from montages.advice.what_if.what_ifs import ArrangementWhatIfs, WhatIf, WhatIfs, change_sentence
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.wording import enumerated, facts_text, lower
from montages.bilingual import NO_TEXT, Text, joined, message
from montages.knowledge.model import Arrangement
from montages.publish.text.messages import plural_of
from montages.publish.text.signs import VERDICT_SIGNS, VERDICT_TITLES
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import colon

# So many changes of a contract are shown, and so many more folded.
SHOWN, FOLDED = 3, 5
_SEVERAL = 2


@dataclass(frozen=True)
class ChangeRow:
    """One way of opening contracts: the what-if, in words, and the set-ups that it moves."""

    of: ArrangementWhatIfs
    what_if: WhatIf
    sentence: Text
    gains: tuple[Arrangement, ...]
    losses: tuple[Arrangement, ...]


@dataclass(frozen=True)
class WhatIfRow:
    """Contracts that the same changes open, the lightest first; whether there are more than one tells."""

    contracts: tuple[ArrangementWhatIfs, ...]
    changes: tuple[ChangeRow, ...]
    more: bool


@dataclass(frozen=True)
class WhatIfRows:
    """What would change an answer, as one reads it.

    `common` are the facts that every change waits for, in words. `ready` needs no choice that is out of the
    ordinary; `open` a choice still to be made; `against` goes back on one; `unlikely` would be lawful, and
    hardly sensible all the same; `none` no choice opens.
    """

    common: Text
    ready: tuple[WhatIfRow, ...]
    open: tuple[WhatIfRow, ...]
    against: tuple[WhatIfRow, ...]
    unlikely: tuple[WhatIfRow, ...]
    none: tuple[ArrangementWhatIfs, ...]


def what_if_rows(what_ifs: WhatIfs) -> WhatIfRows:
    """Return what-ifs as rows: contracts that read alike together, a kind that adds nothing left out."""
    ways = {contract.arrangement.slug: telling(contract.what_ifs) for contract in what_ifs.nearest}
    common = _common([one for contract_ways in ways.values() for one in contract_ways])
    groups: dict[object, list[ArrangementWhatIfs]] = {}
    for contract in what_ifs.nearest:
        contract_ways = ways[contract.arrangement.slug]
        if not _is_a_kind(contract, contract_ways, what_ifs.nearest, ways):
            groups.setdefault(tuple(map(_choices, contract_ways)), []).append(contract)
    rows = [
        _row(tuple(members), ways[members[0].arrangement.slug], common, what_ifs)
        for members in groups.values()
    ]
    unlikely = [row for row in rows if row.changes[0].what_if.unlikely]
    likely = [row for row in rows if row not in unlikely]
    ready = [row for row in likely if _is_ready(row, common)]
    rest = [row for row in likely if row not in ready]
    # Of what no choice opens, without those of which another kind fits or can be opened.
    open_rows = {_law(contract.arrangement) for contract in what_ifs.nearest}
    open_rows |= {_law(arrangement) for arrangement in what_ifs.fitting}
    return WhatIfRows(
        facts_text(common.values(), what_ifs.rules),
        tuple(ready),
        tuple(row for row in rest if not row.changes[0].what_if.cost[0]),
        tuple(row for row in rest if row.changes[0].what_if.cost[0]),
        tuple(unlikely),
        tuple(
            contract
            for contract in what_ifs.arrangements
            if not contract.what_ifs and _law(contract.arrangement) not in open_rows
        ),
    )


def telling(what_ifs: Sequence[WhatIf]) -> list[WhatIf]:
    """Return changes without those that read as one before them, with more to choose or to verify."""
    distinct: list[tuple[WhatIf, frozenset[Term], set[str]]] = []
    for one in what_ifs:
        terms = _terms(one)
        facts = {term.criterion for term in one.to_verify}
        if not any(terms >= before and facts >= less for _, before, less in distinct):
            distinct.append((one, terms, facts))
    return [one for one, _, _ in distinct]


def _terms(one: WhatIf) -> frozenset[Term]:
    return frozenset(change.term for change in one.changes if not change.term.ordinary)


def _choices(one: WhatIf) -> tuple[object, ...]:
    taken = frozenset((change.criterion.slug, change.to) for change in one.changes)
    return (taken, frozenset(one.to_verify), one.verdict)


def _common(ways: Sequence[WhatIf]) -> dict[str, Term]:
    """Return the facts that all changes wait for alike, none where there is one change only."""
    if len(ways) < _SEVERAL:
        return {}
    facts = [{term.criterion: term for term in one.to_verify} for one in ways]
    return {
        name: term
        for name, term in facts[0].items()
        if all(terms.get(name) == term for terms in facts)
    }


def _is_a_kind(
    contract: ArrangementWhatIfs,
    contract_ways: Sequence[WhatIf],
    nearest: Sequence[ArrangementWhatIfs],
    ways: Mapping[str, Sequence[WhatIf]],
) -> bool:
    """Tell whether a contract is a kind of a nearer one, whose lightest change it only makes narrower."""
    row = _law(contract.arrangement)
    for other in nearest:
        if other is contract:
            return False
        if _law(other.arrangement) == row:
            wider = {c.criterion.slug: c for c in ways[other.arrangement.slug][0].changes}
            mine = [change for change in contract_ways[0].changes if not change.term.ordinary]
            if all(
                change.criterion.slug in wider
                and set(change.to) <= set(wider[change.criterion.slug].to)
                for change in mine
            ):
                return True
    return False


def _law(arrangement: Arrangement) -> str:
    """Return the contract in law that an arrangement is a kind of, or is itself."""
    return arrangement.shown_as or arrangement.slug


def _row(
    contracts: tuple[ArrangementWhatIfs, ...],
    ways: Sequence[WhatIf],
    common: Mapping[str, Term],
    what_ifs: WhatIfs,
) -> WhatIfRow:
    own = {
        name
        for contract in contracts
        for name in (contract.arrangement.slug, _law(contract.arrangement))
    }
    book = what_ifs.rules.book.arrangements
    changes = []
    for one in ways[: SHOWN + FOLDED]:
        facts = [term for term in one.to_verify if common.get(term.criterion) != term]
        terms = [change.term for change in one.changes]
        moves = [
            _without_kinds([book[m.arrangement] for m in side], own)
            for side in (one.gains, one.losses)
        ]
        changes.append(
            ChangeRow(contracts[0], one, change_sentence(terms, facts, what_ifs.rules), *moves)
        )
    first = contracts[0]
    more = len(ways) > len(changes) or first.count > len(first.what_ifs)
    return WhatIfRow(contracts, tuple(changes), more)


def _without_kinds(moved: Sequence[Arrangement], own: Set[str]) -> tuple[Arrangement, ...]:
    """Return what moves, one contract in law once, without those that the change is about."""
    firsts = {
        _law(arrangement): arrangement
        for arrangement in reversed(moved)
        if _law(arrangement) not in own
    }
    return tuple(
        arrangement for arrangement in moved if firsts.get(_law(arrangement)) is arrangement
    )


def _is_ready(row: WhatIfRow, common: Mapping[str, Term]) -> bool:
    """Tell whether the first change of a row takes ordinary terms alone, and waits for nothing of its own."""
    one = row.changes[0].what_if
    return not _terms(one) and all(common.get(term.criterion) == term for term in one.to_verify)


def where_to_turn(contract: ArrangementWhatIfs, what_ifs: WhatIfs) -> Text:
    """Return who knows the facts that a set-up waits for, or those that are only supposed; "" for none."""
    names = dict.fromkeys((*(term.criterion for term in contract.facts), *contract.presumed))
    sentences = [what_ifs.rules.criteria[name].where_to_turn for name in names]
    return joined(dict.fromkeys(text for text in sentences if text != NO_TEXT), " ")


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
        parts += [Line(""), _head(contract, lang)]
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


def _head(contract: ArrangementWhatIfs, lang: str) -> Line:
    sign = VERDICT_SIGNS[contract.verdict.value]
    line = Line(f"{sign.symbol} ", style=sign.colour)
    line.append(contract.arrangement.label[lang], style="bold")
    return line.append(f" ({sign.one[lang]})", style="dim")


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
