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
from montages.bilingual import NO_TEXT, Text, joined
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


def _without_choice(what_ifs: WhatIfs) -> Iterable[ArrangementWhatIfs]:
    """Yield the set-ups that no choice opens, without those of which another kind fits or can be opened."""
    open_rows = {_law(contract.arrangement) for contract in what_ifs.nearest}
    open_rows |= {_law(arrangement) for arrangement in what_ifs.fitting}
    return (
        contract
        for contract in what_ifs.arrangements
        if not contract.what_ifs and _law(contract.arrangement) not in open_rows
    )


def where_to_turn(contract: ArrangementWhatIfs, what_ifs: WhatIfs) -> Text:
    """Return who knows the facts that a set-up waits for, or those that are only supposed; "" for none."""
    names = dict.fromkeys((*(term.criterion for term in contract.facts), *contract.presumed))
    sentences = [what_ifs.rules.criteria[name].where_to_turn for name in names]
    return joined(dict.fromkeys(text for text in sentences if text != NO_TEXT), " ")
