"""What-ifs as rows that one reads: what reads alike stands once, and what all wait for is said apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from montages.advice.what_if.what_ifs import (
    ArrangementWhatIfs,
    ChoiceChange,
    WhatIf,
    WhatIfs,
    change_sentence,
)
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.wording import facts_text
from montages.bilingual import NO_TEXT, Text
from montages.knowledge.model import Arrangement

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
    ways = {each.arrangement.slug: telling(each.what_ifs) for each in what_ifs.nearest}
    common = _common([one for told in ways.values() for one in told])
    groups: dict[object, list[ArrangementWhatIfs]] = {}
    for each in what_ifs.nearest:
        told = ways[each.arrangement.slug]
        if not _is_a_kind(each, told, what_ifs.nearest, ways):
            groups.setdefault(tuple(map(_choices, told)), []).append(each)
    rows = [
        _row(tuple(members), ways[members[0].arrangement.slug], common, what_ifs)
        for members in groups.values()
    ]
    unlikely = [row for row in rows if row.changes[0].what_if.unlikely]
    likely = [row for row in rows if row not in unlikely]
    ready = [row for row in likely if _is_ready(row, common)]
    rest = [row for row in likely if row not in ready]
    return WhatIfRows(
        facts_text(common.values(), what_ifs.rules),
        tuple(ready),
        tuple(row for row in rest if not row.changes[0].what_if.cost[0]),
        tuple(row for row in rest if row.changes[0].what_if.cost[0]),
        tuple(unlikely),
        tuple(_without_choice(what_ifs)),
    )


def telling(what_ifs: Sequence[WhatIf]) -> list[WhatIf]:
    """Return changes without those that read as one before them, with more to choose or to verify."""
    shown: list[tuple[WhatIf, frozenset[Term], set[str]]] = []
    for one in what_ifs:
        told = _terms(one)
        facts = {term.criterion for term in one.to_verify}
        if not any(told >= before and facts >= less for _, before, less in shown):
            shown.append((one, told, facts))
    return [one for one, _, _ in shown]


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
        if all(each.get(name) == term for each in facts)
    }


def _is_a_kind(
    each: ArrangementWhatIfs,
    told: Sequence[WhatIf],
    nearest: Sequence[ArrangementWhatIfs],
    ways: Mapping[str, Sequence[WhatIf]],
) -> bool:
    """Tell whether a contract is a kind of a nearer one, whose lightest change it only makes narrower."""
    row = _law(each.arrangement)
    for other in nearest:
        if other is each:
            return False
        if _law(other.arrangement) == row:
            wider = {c.criterion.slug: c for c in ways[other.arrangement.slug][0].changes}
            mine = [change for change in told[0].changes if not change.term.ordinary]
            if all(_narrows(change, wider.get(change.criterion.slug)) for change in mine):
                return True
    return False


def _narrows(change: ChoiceChange, wider: ChoiceChange | None) -> bool:
    return wider is not None and set(change.to) <= set(wider.to)


def _law(arrangement: Arrangement) -> str:
    """Return the contract in law that an arrangement is a kind of, or is itself."""
    return arrangement.shown_as or arrangement.slug


def _row(
    contracts: tuple[ArrangementWhatIfs, ...],
    told: Sequence[WhatIf],
    common: Mapping[str, Term],
    what_ifs: WhatIfs,
) -> WhatIfRow:
    own = {name for each in contracts for name in (each.arrangement.slug, _law(each.arrangement))}
    book = what_ifs.rules.book.arrangements
    changes = []
    for one in told[: SHOWN + FOLDED]:
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
    more = len(told) > len(changes) or first.count > len(first.what_ifs)
    return WhatIfRow(contracts, tuple(changes), more)


def _without_kinds(moved: Sequence[Arrangement], own: Set[str]) -> tuple[Arrangement, ...]:
    """Return what moves, one contract in law once, without those that the change is about."""
    firsts = {_law(each): each for each in reversed(moved) if _law(each) not in own}
    return tuple(each for each in moved if firsts.get(_law(each)) is each)


def _is_ready(row: WhatIfRow, common: Mapping[str, Term]) -> bool:
    """Tell whether the first change of a row takes ordinary terms alone, and waits for nothing of its own."""
    one = row.changes[0].what_if
    return not _terms(one) and all(common.get(term.criterion) == term for term in one.to_verify)


def _without_choice(what_ifs: WhatIfs) -> Iterable[ArrangementWhatIfs]:
    """Yield the set-ups that no choice opens, without those of which another kind fits or can be opened."""
    open_rows = {_law(each.arrangement) for each in what_ifs.nearest}
    open_rows |= {_law(arrangement) for arrangement in what_ifs.fitting}
    return (
        each
        for each in what_ifs.arrangements
        if not each.what_ifs and _law(each.arrangement) not in open_rows
    )


def where_to_turn(each: ArrangementWhatIfs, what_ifs: WhatIfs) -> Text:
    """Return who knows the facts that a set-up waits for, or those that are only supposed; "" for none."""
    names = dict.fromkeys((*(term.criterion for term in each.facts), *each.presumed))
    told = [what_ifs.rules.criteria[name].where_to_turn for name in names]
    texts = dict.fromkeys(text for text in told if text != NO_TEXT)
    return Text(*(" ".join(text[x] for text in texts) for x in ("fr", "en")))
