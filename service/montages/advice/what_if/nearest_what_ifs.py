"""What would change the answer: for each contract that does not fit, the choices that open it (R21)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from montages.advice.counts_shown import WHAT_IFS
from montages.advice.request import premises_of, set_ups_named
from montages.advice.what_if.project_search import ProjectSearch
from montages.advice.what_if.what_ifs import ArrangementWhatIfs, WhatIfs
from montages.assessment.naming import prohibitions
from montages.bilingual import Text, message, plural
from montages.description.description import Description
from montages.engine.protocol import Engine
from montages.knowledge.model import Arrangement
from montages.knowledge.periods import Rules, rules_at


def what_ifs_of(
    description: Description,
    engine: Engine,
    *,
    as_of: date,
    lang: str = "fr",
    about: Sequence[str] = (),
    top: int = WHAT_IFS,
    anyway: bool = False,
) -> WhatIfs:
    """Return what would open each contract that does not fit the whole project, some of them if named.

    So many changes of each are worked out, the lightest ones; all are counted.

    Raises Refused with the findings of a description that does not conform, unless `anyway`; UnknownName for
    an arrangement that is not in the rules.
    """
    rules = rules_at(as_of)
    possible = {a.slug: a for a in rules.arrangements.values() if not a.abstract}
    scope = set_ups_named(about, possible) or list(_contracts(rules))
    premises = premises_of(description, engine, as_of, anyway=anyway)
    search = ProjectSearch(premises, engine, top)
    set_ups = [search.of(arrangement) for arrangement in scope]
    listed = sorted((set_up for set_up in set_ups if set_up is not None), key=_nearness)
    open_to_some = any(search.board.verdict(a.slug).open for a in _contracts(rules))
    end = None if open_to_some else prohibitions(search.board.answers.bits, rules).first
    return WhatIfs(
        project=premises.project,
        label=premises.label,
        as_of=as_of,
        lang=lang,
        rules=rules,
        arrangements=tuple(listed),
        fitting=tuple(a for a, set_up in zip(scope, set_ups, strict=True) if set_up is None),
        turn_to=end.reading if end else None,
        cut=tuple(_cut(listed, top)),
    )


def _contracts(rules: Rules) -> Iterator[Arrangement]:
    return (a for a in rules.arrangements.values() if a.kind == "contract" and not a.abstract)


def _nearness(set_up: ArrangementWhatIfs) -> tuple[Any, ...]:
    """Return what sorts set-ups: those of the cheapest change first, those that no choice opens last.

    Before these last come those that the change would leave hardly sensible (R34b).
    """
    cost = set_up.what_ifs[0].cost if set_up.what_ifs else ()
    return (
        not set_up.what_ifs,
        bool(set_up.what_ifs and set_up.what_ifs[0].unlikely),
        cost,
        set_up.verdict.rank,
        set_up.arrangement.simplicity,
        set_up.arrangement.order,
    )


_HAVE_MORE = plural("{n} contract has more", "{n} contracts have more")


def _cut(listed: Sequence[ArrangementWhatIfs], top: int) -> Iterator[Text]:
    """Yield a sentence where changes were left out."""
    long = [set_up for set_up in listed if set_up.count > len(set_up.what_ifs)]
    if long:
        more = _HAVE_MORE.fill(n=len(long))
        yield message(
            "{top} changes at most are shown for a contract, the lightest first; “count” says "
            "how many there are ({more}).",
            top=top,
            more=more,
        )
